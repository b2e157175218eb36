using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;

namespace CineLedger.Loading;

/// <summary>From an address to a snapshot: opens a source, if it has changed, and loads it.</summary>
public static class SourceLoad
{
    /// <summary>
    /// Loads what a source holds. Over HTTP nothing is downloaded where the ledger is all of the version that the server has; local files are
    /// cheaper to read than to be wrong about: their times may stay when their content changes.
    /// </summary>
    /// <returns>The snapshot that the ledger is now at; no summary where nothing had to be read.</returns>
    /// <exception cref="LedgerException">The source cannot be read, a quality gate holds it back, or the store fails.</exception>
    public static async Task<(Snapshot Snapshot, LoadSummary? Summary)> RunAsync(
        Ledger ledger, string source, LoadOptions options, bool force, SourceOptions fetching, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var place = SourceAddress.Parse(source);
        var known = place.Uri is not null && !force && !options.Merge && options.Parts == DatasetParts.All
            ? await SnapshotRows.KnownVersionAsync(ledger.Connection, place.Shown, cancellationToken).ConfigureAwait(false)
            : null;
        var dataset = await SourceOpener.OpenIfChangedAsync(source, known, fetching, cancellationToken).ConfigureAwait(false);
        if (dataset is null)
        {
            return (await SnapshotRows.FindAsync(ledger.Connection, null, cancellationToken).ConfigureAwait(false), null);
        }

        await using (dataset.ConfigureAwait(false))
        {
            var summary = await Loader.LoadAsync(ledger, dataset, options, progress, cancellationToken).ConfigureAwait(false);
            return (summary.Snapshot, summary);
        }
    }
}
