using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;

namespace CineLedger.Loading;

/// <summary>
/// Runs a dataset through the stages into a ledger and publishes it as one snapshot. What fails on the way, a quality gate or a
/// cancellation included, leaves the ledger as it was.
/// </summary>
public static class Loader
{
    /// <summary>What a film takes in the original dataset: good enough to make room for them all at once.</summary>
    private const int BytesPerFilm = 760;

    /// <summary>
    /// Loads the films of <paramref name="dataset"/>. Throws <see cref="QualityGateException"/> where a gate holds it back, and
    /// <see cref="LedgerException"/> where it cannot be read.
    /// </summary>
    public static async Task<LoadSummary> LoadAsync(
        Ledger ledger, Dataset dataset, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(ledger, dataset, options, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (ledger.OnWrite(error) is not null)
        {
            // An interrupted statement fails like any other.
            cancellationToken.ThrowIfCancellationRequested();
            throw ledger.OnWrite(error)!;
        }
    }

    private static async Task<LoadSummary> RunAsync(
        Ledger ledger, Dataset dataset, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var startedAt = DateTime.UtcNow;
        var file = dataset.Files.FirstOrDefault(file => file.Name == DatasetFiles.Movies)
            ?? throw new LedgerException($"{dataset.Address} holds no {DatasetFiles.Movies}.");
        var before = await SnapshotRows.LatestAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);

        var load = await ledger.BeginLoadAsync(file.Length ?? 0, cancellationToken).ConfigureAwait(false);
        await using (load.ConfigureAwait(false))
        {
            var run = new LoadRun(load, file.Name);
            await run.ReadKnownAsync(Math.Max(before?.Movies ?? 0, (file.Length ?? 0) / BytesPerFilm), cancellationToken).ConfigureAwait(false);
            await run.ReadAsync(new MoviePipeline(dataset, file), file.Length, progress, cancellationToken).ConfigureAwait(false);
            QualityGates.CheckRejects(run.RejectedRecords, run.Records, options.MaxRejects);
            if (run.MoviesRead == 0)
            {
                throw new LedgerException(
                    $"{dataset.Shown(file)} holds no film: it has a header and {(run.Records > 0 ? "no usable record" : "nothing below it")}. Get the dataset again.");
            }

            if (!options.Merge && !options.AllowShrink)
            {
                QualityGates.CheckShrink(run.Missing, run.KnownMovies);
            }

            var changes = run.CountChanges(options.Merge);
            if (before is not null && changes.None)
            {
                run.TallyBeaten();
                await load.DisposeAsync().ConfigureAwait(false);
                await SnapshotRows.RememberVersionAsync(
                    ledger.Connection, before with { Source = dataset.Address, SourceVersion = dataset.Version }, cancellationToken).ConfigureAwait(false);
                return new LoadSummary(before, Published: false, run.Records, run.MoviesRead, run.Findings);
            }

            await load.CommitRowsAsync(cancellationToken).ConfigureAwait(false);
            await run.SettleAsync(options.Merge, cancellationToken).ConfigureAwait(false);
            var (movies, undated) = await load.CountAsync(cancellationToken).ConfigureAwait(false);
            var snapshot = new Snapshot(
                load.SnapshotId, dataset.Address, dataset.Version, dataset.IsSynthetic || (options.Merge && before is { Synthetic: true }), startedAt,
                DateTime.UtcNow, run.Records, movies, undated, changes.Added, changes.Changed, changes.Removed);
            await load.PublishAsync(snapshot, options.Merge, cancellationToken).ConfigureAwait(false);
            return new LoadSummary(snapshot, Published: true, run.Records, run.MoviesRead, run.Findings);
        }
    }
}
