using CineLedger.Cleaning;
using CineLedger.Loading.Gates;
using CineLedger.Loading.Statistics;
using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Studios;
using CineLedger.Storage.Writing;

namespace CineLedger.Loading;

/// <summary>
/// Runs a dataset through the stages into a ledger and publishes it as one snapshot. Any failure, including a quality gate or a cancellation,
/// leaves the ledger unchanged.
/// </summary>
public static class Loader
{
    /// <summary>The approximate size of a movie in the original dataset, used to reserve space for all movies at once.</summary>
    private const int BytesPerMovie = 760;

    /// <summary>
    /// Loads <paramref name="dataset"/>. Throws <see cref="QualityGateException"/> when a quality gate rejects it, and
    /// <see cref="LedgerException"/> when it cannot be read.
    /// </summary>
    public static async Task<LoadSummary> LoadAsync(
        Ledger ledger, Dataset dataset, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        var prefetch = new LoadPrefetch(dataset, options, cancellationToken);
        await using (prefetch.ConfigureAwait(false))
        {
            return await LoadAsync(ledger, prefetch, options, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Loads a dataset that is already being read with the same options.</summary>
    internal static async Task<LoadSummary> LoadAsync(
        Ledger ledger, LoadPrefetch prefetch, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return options.IsDryRun
                ? await RunAsync(ledger, prefetch, options, progress, cancellationToken).ConfigureAwait(false)
                : await LedgerMetrics.CountAsync(() => RunAsync(ledger, prefetch, options, progress, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception error) when (ledger.TranslateWriteFailure(error) is not null)
        {
            // An interrupted statement fails like any other.
            cancellationToken.ThrowIfCancellationRequested();
            throw ledger.TranslateWriteFailure(error)!;
        }
    }

    private static async Task<LoadSummary> RunAsync(
        Ledger ledger, LoadPrefetch prefetch, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var startedAt = DateTime.UtcNow;
        var dataset = await prefetch.GetDatasetAsync().ConfigureAwait(false);
        var files = await prefetch.GetFilesAsync().ConfigureAwait(false);
        var before = await SnapshotRows.FindLatestAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
        var load = await ledger.BeginLoadAsync(files.StoredBytes, cancellationToken).ConfigureAwait(false);
        await using (load.ConfigureAwait(false))
        {
            string[] parts = files.Movies is { } moviesFile ? [.. dataset.GetParts(moviesFile).Select(part => part.Name)] : [];
            var lines = new RecordLocations(parts);
            var known = before is null ? null : new KnownValues(ledger, before);
            var movies = new MovieFileLoad(load, parts, options.IsMerge, options.Years, known, lines, new MovieDuplicates(lines));
            var gates = new GateDecision(options);
            try
            {
                return await RunAsync(ledger, load, movies, new(prefetch, dataset, files, before, startedAt, gates), options, progress, cancellationToken).ConfigureAwait(false);
            }
            catch (LedgerException) when (gates.Refusal is { } refusal)
            {
                // A load would have stopped before.
                refusal.Findings = movies.Examples.First;
                throw refusal;
            }
            catch (QualityGateException error)
            {
                error.Findings = movies.Examples.First;

                // The rows need not wait for the next load, which would delete them first.
                await load.DisposeAsync().ConfigureAwait(false);
                await UnpublishedSnapshots.ClearAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
                throw;
            }
            finally
            {
                if (known is not null)
                {
                    await known.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
    }

    private static async Task<LoadSummary> RunAsync(
        Ledger ledger, LedgerLoad load, MovieFileLoad run, LoadInput input, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var (prefetch, dataset, files, before, startedAt, gates) = input;
        await run.ReadKnownAsync(Math.Max(before?.Movies ?? 0, (files.Movies?.Length ?? 0) / BytesPerMovie), cancellationToken).ConfigureAwait(false);
        await ReadMoviesAsync(run, prefetch, dataset, files.Movies, gates, progress, cancellationToken).ConfigureAwait(false);
        await load.CompleteMoviesAsync(cancellationToken).ConfigureAwait(false);
        var relatedLoads = new RelatedLoads(load, run, files);
        await relatedLoads.ReadAsync(dataset, gates, progress, cancellationToken).ConfigureAwait(false);

        var changes = run.CountChanges();
        changes = changes with { Changed = changes.Changed + relatedLoads.ChangedMovies };
        if (before is not null && changes.IsEmpty)
        {
            run.CountSuperseded();
            await load.DisposeAsync().ConfigureAwait(false);
            if (options.IsWhole)
            {
                await SnapshotRows.RecordVersionAsync(
                    ledger.Connection, before with { Source = dataset.Source, SourceVersion = dataset.Version }, cancellationToken).ConfigureAwait(false);
            }

            var changed = options.Studios is { } list ? await StudioImport.RunAsync(ledger, list, dataset.Source, cancellationToken).ConfigureAwait(false) : null;
            return await CreateSummaryAsync(changed ?? before, published: changed is not null, new(options.Studios, options.StudiosName, null)).ConfigureAwait(false);
        }

        await load.CommitRowsAsync(cancellationToken).ConfigureAwait(false);
        await load.RenameCompaniesAsync(run.NewCompanyNames, cancellationToken).ConfigureAwait(false);
        await run.FinishAsync(cancellationToken).ConfigureAwait(false);
        await relatedLoads.FinishAsync(cancellationToken).ConfigureAwait(false);
        var (movies, undated) = await load.CountAsync(cancellationToken).ConfigureAwait(false);
        var keepsOthers = options.IsMerge || files.Movies is null;
        var snapshot = new Snapshot(
            load.SnapshotId, dataset.Source, dataset.Version, dataset.IsSynthetic || (keepsOthers && before is { Synthetic: true }), startedAt,
            DateTime.UtcNow, run.Records, movies, undated, changes.Added, changes.Changed, changes.Removed);
        if (files.Movies is not null)
        {
            await PublicationGates.CheckAsync(ledger.Connection, before, snapshot.Id, run.CountChanges().Total, run.MissingColumns, run.Profile, gates, cancellationToken)
                .ConfigureAwait(false);
        }

        if (!options.IsDryRun)
        {
            await StoredProfile.WriteAsync(ledger.Connection, load, run, relatedLoads, before, snapshot, cancellationToken).ConfigureAwait(false);
        }

        var studios = await ChosenStudioList.ChooseAsync(options, dataset, isFirstLoad: before is null, cancellationToken).ConfigureAwait(false);
        await load.PublishAsync(
            snapshot, !options.IsWhole, files.Names, options.IsDryRun ? [] : await prefetch.GetChecksumsAsync().ConfigureAwait(false), studios.Lines, cancellationToken)
            .ConfigureAwait(false);
        return await CreateSummaryAsync(snapshot, published: true, studios).ConfigureAwait(false);

        async Task<LoadSummary> CreateSummaryAsync(Snapshot result, bool published, ChosenStudioList studios) => new(result, published, run.Records, run.MoviesRead, run.Findings)
        {
            Ratings = relatedLoads.Ratings,
            Credits = relatedLoads.Credits,
            Keywords = relatedLoads.Keywords,
            SkippedParts = files.Omitted,
            Accepted = gates.Accepted,
            MissingColumns = run.MissingColumns,
            Studios = published ? await studios.CountAsync(ledger.Connection, result.Id, cancellationToken).ConfigureAwait(false) : null,
            Refused = gates.Refused,
            Refusal = gates.Refusal,
            Examples = options.IsDryRun ? run.Examples.First : [],
        };
    }

    private static async Task ReadMoviesAsync(
        MovieFileLoad movieLoad, LoadPrefetch prefetch, Dataset dataset, DatasetFile? file, GateDecision gates, IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken)
    {
        var options = gates.Options;
        if (file is null)
        {
            if (movieLoad.KnownMovies == 0)
            {
                throw new LedgerException(
                    "the ledger contains no movies yet, and ratings, credits and keywords need movies: load movies first, without --only and --skip.");
            }

            return;
        }

        foreach (var part in dataset.GetParts(file))
        {
            await movieLoad.ReadPartAsync(part.Name, prefetch.ReadMovies(dataset, part, cancellationToken), file, gates, progress, cancellationToken).ConfigureAwait(false);
        }

        movieLoad.AddCompanyFindings();
        movieLoad.CompleteProfile();

        if (movieLoad.MoviesRead == 0 && movieLoad.RejectedRecords == 0 && options.Years is { } years && movieLoad.Records > 0)
        {
            throw new LedgerException($"{dataset.GetDisplayName(file)} contains no movie released in {years}. Check --years or the source.");
        }

        gates.Decide(
        [
            .. RecordGates.CheckMovieRejects(file.Name, movieLoad, options.MaxRejects), .. RecordGates.CheckFields(file.Name, movieLoad.Records, movieLoad.Examples),
            .. RecordGates.CheckKind(file.Name, movieLoad), .. RecordGates.CheckConflicts(file.Name, movieLoad),
        ]);
        if (movieLoad.MoviesRead == 0 && gates.Refusal is null)
        {
            throw new LedgerException(
                $"{dataset.GetDisplayName(file)} contains no movie: it has a header and {(movieLoad.Records > 0 ? "no usable record" : "nothing below it")}. Get the dataset again.");
        }

        if (!options.IsMerge)
        {
            gates.Decide(
            [
                .. RecordGates.CheckShrink(movieLoad.Missing, movieLoad.KnownMovies),
                .. await movieLoad.CheckMissingColumnsAsync(cancellationToken).ConfigureAwait(false),
            ]);
        }
    }

    /// <summary>The state from which a load starts.</summary>
    private sealed record LoadInput(LoadPrefetch Prefetch, Dataset Dataset, LoadFiles Files, Snapshot? Before, DateTime StartedAt, GateDecision Gates);
}
