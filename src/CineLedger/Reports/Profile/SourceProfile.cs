using CineLedger.Files;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Reports.Profile;

/// <summary>Profiles a dataset without loading it into a permanent ledger.</summary>
public static class SourceProfile
{
    private static readonly LoadOptions AnyQuality = new() { MaxRejects = 1, AcceptedGates = QualityGates.AllNames.ToHashSet() };

    /// <summary>
    /// Loads the dataset, whatever its quality, into a ledger in the temporary folder and profiles that. The ledger is deleted afterwards, even
    /// after an error; only a killed process leaves it behind.
    /// </summary>
    /// <exception cref="Model.LedgerException">The dataset cannot be read, or contains no movies.</exception>
    public static async Task<LedgerProfile> ReadAsync(Dataset dataset, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var folder = TemporaryPaths.CreateFolder();
        try
        {
            var path = Path.Combine(folder.FullName, "profile.duckdb");
            var ledger = await StoreEngine.Get(path).OpenAsync(path, wait: false, cancellationToken).ConfigureAwait(false);
            await using (ledger.ConfigureAwait(false))
            {
                await Loader.LoadAsync(ledger, dataset, AnyQuality, progress, cancellationToken).ConfigureAwait(false);
            }

            // A ledger opened read-only may use more memory and threads.
            ledger = await StoreEngine.Get(path).OpenReadOnlyAsync(path, null, cancellationToken).ConfigureAwait(false);
            await using (ledger.ConfigureAwait(false))
            {
                var snapshot = await SnapshotRows.FindAsync(ledger.Connection, null, cancellationToken).ConfigureAwait(false);
                var profile = await Profiler.ReadAsync(ledger.Connection, snapshot, cancellationToken).ConfigureAwait(false);
                var zeros = await SourceZeros.CountAsync(dataset, ledger.Connection, cancellationToken).ConfigureAwait(false);
                return profile with
                {
                    IsFromSource = true,
                    Files = dataset.Interpretations,
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
