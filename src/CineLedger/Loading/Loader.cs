using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;

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
        options.Check();
        var prefetch = new LoadPrefetch(dataset, options, cancellationToken);
        await using (prefetch.ConfigureAwait(false))
        {
            return await LoadAsync(ledger, prefetch, options, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The same of a dataset that is being read already, with the same options.</summary>
    internal static async Task<LoadSummary> LoadAsync(
        Ledger ledger, LoadPrefetch prefetch, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await LedgerMetrics.CountAsync(() => RunAsync(ledger, prefetch, options, progress, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception error) when (ledger.OnWrite(error) is not null)
        {
            // An interrupted statement fails like any other.
            cancellationToken.ThrowIfCancellationRequested();
            throw ledger.OnWrite(error)!;
        }
    }

    private static async Task<LoadSummary> RunAsync(
        Ledger ledger, LoadPrefetch prefetch, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var startedAt = DateTime.UtcNow;
        var dataset = await prefetch.OpenedAsync().ConfigureAwait(false);
        var files = await prefetch.FilesAsync().ConfigureAwait(false);
        var before = await SnapshotRows.LatestAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);

        var load = await ledger.BeginLoadAsync(files.StoredBytes, cancellationToken).ConfigureAwait(false);
        await using (load.ConfigureAwait(false))
        {
            string[] parts = files.Movies is { } movies ? [.. dataset.PartsOf(movies).Select(part => part.Name)] : [];
            var lines = new FilmLines(parts);
            var run = new MovieFileLoad(load, parts, options.Merge, options.Years, lines, new MovieDuplicates(lines));
            await run.ReadKnownAsync(Math.Max(before?.Movies ?? 0, (files.Movies?.Length ?? 0) / BytesPerFilm), cancellationToken).ConfigureAwait(false);
            await ReadMoviesAsync(run, prefetch, dataset, files.Movies, options, progress, cancellationToken).ConfigureAwait(false);
            await load.EndFilmsAsync(cancellationToken).ConfigureAwait(false);
            var sides = new RelatedLoads(load, run, files);
            await sides.ReadAsync(dataset, options.MaxRejects, progress, cancellationToken).ConfigureAwait(false);

            var changes = run.CountChanges();
            changes = changes with { Changed = changes.Changed + sides.ChangedMovies };
            if (before is not null && changes.None)
            {
                run.TallyBeaten();
                await load.DisposeAsync().ConfigureAwait(false);
                if (options.IsWhole)
                {
                    await SnapshotRows.RememberVersionAsync(
                        ledger.Connection, before with { Source = dataset.Source, SourceVersion = dataset.Version }, cancellationToken).ConfigureAwait(false);
                }

                return Summary(before, published: false);
            }

            await load.CommitRowsAsync(cancellationToken).ConfigureAwait(false);
            await run.FinishAsync(cancellationToken).ConfigureAwait(false);
            await sides.FinishAsync(cancellationToken).ConfigureAwait(false);
            var (films, undated) = await load.CountAsync(cancellationToken).ConfigureAwait(false);
            var keepsOthers = options.Merge || files.Movies is null;
            var snapshot = new Snapshot(
                load.SnapshotId, dataset.Source, dataset.Version, dataset.IsSynthetic || (keepsOthers && before is { Synthetic: true }), startedAt,
                DateTime.UtcNow, run.Records, films, undated, changes.Added, changes.Changed, changes.Removed);
            await load.PublishAsync(snapshot, !options.IsWhole, files.Names, await prefetch.ChecksumsAsync().ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return Summary(snapshot, published: true);

            LoadSummary Summary(Snapshot result, bool published) => new(result, published, run.Records, run.MoviesRead, run.Findings)
            {
                Ratings = sides.Ratings,
                Credits = sides.Credits,
                Keywords = sides.Keywords,
                LeftOut = files.LeftOut,
            };
        }
    }

    private static async Task ReadMoviesAsync(
        MovieFileLoad run, LoadPrefetch prefetch, Dataset dataset, DatasetFile? file, LoadOptions options, IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (file is null)
        {
            if (run.KnownMovies == 0)
            {
                throw new LedgerException(
                    "the ledger holds no film yet, and ratings, credits and keywords say something of films alone: load movies first, without --only and --skip.");
            }

            return;
        }

        foreach (var part in dataset.PartsOf(file))
        {
            await run.ReadPartAsync(part.Name, prefetch.ReadMovies(dataset, part, cancellationToken), file.Length, progress, cancellationToken).ConfigureAwait(false);
        }

        QualityGates.CheckRejects(file.Name, run.RejectedRecords, run.Records, options.MaxRejects);
        if (run.MoviesRead == 0 && options.Years is { } years && run.Records > 0)
        {
            throw new LedgerException($"{dataset.Shown(file)} holds no film released in {years}. Check the years (--years), or the source.");
        }

        if (run.MoviesRead == 0)
        {
            throw new LedgerException(
                $"{dataset.Shown(file)} holds no film: it has a header and {(run.Records > 0 ? "no usable record" : "nothing below it")}. Get the dataset again.");
        }

        if (!options.Merge && !options.AllowShrink)
        {
            QualityGates.CheckShrink(run.Missing, run.KnownMovies);
        }
    }
}
