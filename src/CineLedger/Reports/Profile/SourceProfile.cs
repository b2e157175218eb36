using CineLedger.Loading;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Reports.Profile;

/// <summary>What a dataset is like, without a ledger to load it into.</summary>
public static class SourceProfile
{
    /// <summary>
    /// Loads the dataset into a ledger of its own, whatever its quality, and looks at that. The ledger lies in the temporary folder and is
    /// gone when this ends, however it ends; only a process that is killed leaves it behind.
    /// </summary>
    /// <exception cref="Model.LedgerException">The dataset cannot be read, or holds no movie.</exception>
    public static async Task<LedgerProfile> ReadAsync(Dataset dataset, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("cineledger-profile-");
        try
        {
            var path = Path.Combine(folder.FullName, "profile.duckdb");
            var ledger = await StoreEngine.Get(path).OpenAsync(path, wait: false, cancellationToken).ConfigureAwait(false);
            await using (ledger.ConfigureAwait(false))
            {
                await Loader.LoadAsync(ledger, dataset, new LoadOptions { MaxRejects = 1 }, progress, cancellationToken).ConfigureAwait(false);
            }

            // Opened anew: what is only read may use more memory and threads.
            ledger = await StoreEngine.Get(path).OpenReadOnlyAsync(path, null, cancellationToken).ConfigureAwait(false);
            await using (ledger.ConfigureAwait(false))
            {
                var snapshot = await SnapshotRows.FindAsync(ledger.Connection, null, cancellationToken).ConfigureAwait(false);
                var profile = await Profiler.ReadAsync(ledger.Connection, snapshot, cancellationToken).ConfigureAwait(false);
                var zeros = await SourceZeros.CountAsync(dataset, ledger.Connection, cancellationToken).ConfigureAwait(false);
                return profile with
                {
                    IsOfSource = true,
                    Columns = [.. profile.Columns.Select(column => column with { Zeros = zeros.TryGetValue(column.Name, out var count) ? count : null })],
                };
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
