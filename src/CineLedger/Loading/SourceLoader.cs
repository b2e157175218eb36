using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Sources.Archive;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Studios;

namespace CineLedger.Loading;

/// <summary>Opens a source if it has changed and loads it.</summary>
public static class SourceLoader
{
    /// <summary>Loads a single source.</summary>
    public static Task<(Snapshot Snapshot, LoadSummary? Summary)> RunAsync(
        Ledger ledger, string source, LoadOptions options, bool force, SourceOptions fetching, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(ledger, [source], options, force, fetching, progress, cancellationToken);

    /// <summary>Loads a source that is already being read with the same options.</summary>
    public static async Task<(Snapshot Snapshot, LoadSummary? Summary)> RunAsync(
        Ledger ledger, LoadPrefetch source, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        // A source that cannot be opened does not count as a failed load.
        await source.GetDatasetAsync().ConfigureAwait(false);
        var summary = await LoadAsync(ledger, source, options, progress, cancellationToken).ConfigureAwait(false);
        return (summary.Snapshot, summary);
    }

    /// <summary>
    /// Loads several sources as one dataset. Remote sources are not downloaded when the ledger already holds the server's version in full. Local files
    /// are always read, because their times may stay the same when their content changes.
    /// </summary>
    /// <returns>The ledger's current snapshot, and the summary unless nothing had to be read.</returns>
    /// <exception cref="LedgerException">A source cannot be read, a quality gate rejects it, or the store fails.</exception>
    public static async Task<(Snapshot Snapshot, LoadSummary? Summary)> RunAsync(
        Ledger ledger, IReadOnlyList<string> sources, LoadOptions options, bool force, SourceOptions fetching, IProgress<LoadProgress>? progress,
        CancellationToken cancellationToken)
    {
        options.Validate();
        var addresses = sources.Select(SourceAddress.Parse).ToList();
        var known = addresses.TrueForAll(place => place.IsRemote) && !force && options.IsWhole
            ? await SnapshotRows.FindKnownVersionAsync(ledger.Connection, SourceParts.JoinDisplayNames(addresses), cancellationToken).ConfigureAwait(false)
            : null;
        var dataset = await SourceOpener.OpenIfChangedAsync(sources, known, fetching, cancellationToken).ConfigureAwait(false);
        if (dataset is null)
        {
            return await LoadStudiosAsync(ledger, addresses, options, cancellationToken).ConfigureAwait(false);
        }

        await using (dataset.ConfigureAwait(false))
        {
            var summary = await RunAsync(ledger, dataset, options, progress, cancellationToken).ConfigureAwait(false);
            return (summary.Snapshot, summary);
        }
    }

    /// <summary>Loads an opened dataset.</summary>
    public static async Task<LoadSummary> RunAsync(
        Ledger ledger, Dataset dataset, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        options.Validate();
        var prefetch = new LoadPrefetch(dataset, options, cancellationToken);
        await using (prefetch.ConfigureAwait(false))
        {
            return await LoadAsync(ledger, prefetch, options, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Loads source files from an archive again: the newest or the selected ones, each as it was fetched.</summary>
    /// <param name="reading">Options for reading the files, such as their encoding.</param>
    /// <param name="onLoaded">Called after each load.</param>
    /// <exception cref="LedgerException">A source file is missing or damaged, or its load fails; earlier loads remain.</exception>
    public static async Task RunFromArchiveAsync(
        Ledger ledger, string archive, ArchiveSelection choice, LoadOptions options, SourceOptions reading, IProgress<LoadProgress>? progress,
        Func<LoadSummary, Task> onLoaded, CancellationToken cancellationToken)
    {
        options.Validate();
        var kept = new SourceArchive(archive);
        foreach (var manifest in await kept.SelectAsync(choice, cancellationToken).ConfigureAwait(false))
        {
            var dataset = await kept.OpenAsync(manifest, cancellationToken).ConfigureAwait(false);
            dataset.Options = reading;
            await using (dataset.ConfigureAwait(false))
            {
                await onLoaded(await Loader.LoadAsync(ledger, dataset, options, progress, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Publishes the list of studios of the options, if there is one and it is new; the source has not changed.</summary>
    private static async Task<(Snapshot Snapshot, LoadSummary? Summary)> LoadStudiosAsync(
        Ledger ledger, IReadOnlyList<SourceAddress> addresses, LoadOptions options, CancellationToken cancellationToken)
    {
        if (options.Studios is not { } lines
            || await StudioImport.RunAsync(ledger, lines, SourceParts.JoinDisplayNames(addresses), cancellationToken).ConfigureAwait(false) is not { } published)
        {
            return (await SnapshotRows.FindAsync(ledger.Connection, null, cancellationToken).ConfigureAwait(false), null);
        }

        var studios = await new ChosenStudioList(lines, options.StudiosName, null).CountAsync(ledger.Connection, published.Id, cancellationToken).ConfigureAwait(false);
        return (published, new LoadSummary(published, IsPublished: true, 0, 0, []) { Studios = studios, SkippedParts = DatasetParts.All });
    }

    private static Task<LoadSummary> LoadAsync(
        Ledger ledger, LoadPrefetch prefetch, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        options.Archive is { } folder
            ? LoadAndArchiveAsync(new SourceArchive(folder), ledger, prefetch, options, progress, cancellationToken)
            : Loader.LoadAsync(ledger, prefetch, options, progress, cancellationToken);

    /// <summary>Archives the source before the load, so that it can be examined when the load is not published.</summary>
    private static async Task<LoadSummary> LoadAndArchiveAsync(
        SourceArchive archive, Ledger ledger, LoadPrefetch prefetch, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var manifest = await archive.StoreAsync(await prefetch.GetDatasetAsync().ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        int? snapshot = null;
        try
        {
            var summary = await Loader.LoadAsync(ledger, prefetch, options, progress, cancellationToken).ConfigureAwait(false);
            snapshot = summary.Snapshot.Id;
            return summary;
        }
        finally
        {
            await archive.RecordAsync(manifest, snapshot, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
