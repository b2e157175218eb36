using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>
/// What a load reads before it needs its ledger: the dataset is opened, its files are chosen, and the checksums and the first movies are begun, beside whatever makes the ledger ready.
/// Only a few batches of movies are read ahead, and a failure is thrown when its result is asked for. Dispose it after the load.
/// </summary>
public sealed class LoadPrefetch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task<Dataset> _opening;
    private readonly Task<LoadFiles> _choosing;
    private readonly bool _ownsDataset;
    private OriginalChecksums? _checksums;
    private MoviePipeline? _firstPart;
    private bool _disposed;

    /// <param name="dataset">Open, and to stay so until this is disposed.</param>
    /// <param name="options">Which files are read.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    internal LoadPrefetch(Dataset dataset, LoadOptions options, CancellationToken cancellationToken)
        : this(_ => Task.FromResult(dataset), false, options, cancellationToken)
    {
    }

    private LoadPrefetch(Func<CancellationToken, Task<Dataset>> open, bool ownsDataset, LoadOptions options, CancellationToken cancellationToken)
    {
        _ownsDataset = ownsDataset;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _opening = open(_stop.Token);
        _choosing = ChooseAsync(options);
    }

    /// <summary>
    /// Opens sources that lie on this machine, and begins to read. Null where that has to wait for the ledger: it knows whether a remote source has changed, and what can be read only
    /// once is not touched before it is certain that it can be stored.
    /// </summary>
    public static LoadPrefetch? Begin(IReadOnlyList<string> sources, LoadOptions options, SourceOptions fetching, CancellationToken cancellationToken)
    {
        options.Check();
        return sources.All(source => SourceAddress.Parse(source).Path is { } path && LiesHere(path))
            ? new LoadPrefetch(
                stop => Task.Run(async () => (await SourceOpener.OpenIfChangedAsync(sources, null, fetching, stop).ConfigureAwait(false))!, CancellationToken.None),
                true, options, cancellationToken)
            : null;
    }

    /// <summary>The dataset; throws when it cannot be opened.</summary>
    internal Task<Dataset> OpenedAsync() => _opening;

    /// <summary>The files that are read; throws as <see cref="LoadFiles.Choose"/> does.</summary>
    internal Task<LoadFiles> FilesAsync() => _choosing;

    /// <summary>The originals of what is read; throws as <see cref="OriginalChecksums.FinishAsync"/> does.</summary>
    internal async Task<IReadOnlyList<SnapshotSource>> ChecksumsAsync()
    {
        _checksums ??= OriginalChecksums.Begin(await _opening.ConfigureAwait(false), (await _choosing.ConfigureAwait(false)).Selected, _stop.Token);
        return await _checksums.FinishAsync().ConfigureAwait(false);
    }

    /// <summary>Reads the movies of one part of their file. The first part has been begun.</summary>
    internal IAsyncEnumerable<CleanedBatch<(Movie Movie, long Hash)>> ReadMovies(Dataset dataset, DatasetFile part, CancellationToken cancellationToken) =>
        (_firstPart is { } begun && begun.File == part ? begun : new MoviePipeline(dataset, part)).ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)_choosing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_checksums is not null)
        {
            await _checksums.DisposeAsync().ConfigureAwait(false);
        }

        if (_firstPart is not null)
        {
            await _firstPart.DisposeAsync().ConfigureAwait(false);
        }

        if (_ownsDataset && _opening.IsCompletedSuccessfully)
        {
            await (await _opening.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    /// <summary>A pipe has a name too, and often a link to it (<c>/dev/fd/63</c>), but no length.</summary>
    private static bool LiesHere(string path)
    {
        if (Directory.Exists(path))
        {
            return true;
        }

        try
        {
            var file = new FileInfo(path);
            return (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)) is FileInfo { Exists: true, Length: > 0 };
        }
        catch (IOException)
        {
            // Links in a circle: opening it reports that.
            return false;
        }
    }

    private async Task<LoadFiles> ChooseAsync(LoadOptions options)
    {
        var dataset = await _opening.ConfigureAwait(false);
        var files = LoadFiles.Choose(dataset, options);

        // An archive takes the checksums of what it keeps, and need not be followed by a second reader.
        _checksums = options.Archive is null ? OriginalChecksums.Begin(dataset, files.Selected, _stop.Token) : null;
        if (files.Movies is { } movies)
        {
            _firstPart = new MoviePipeline(dataset, dataset.GetParts(movies)[0]);
            _firstPart.BeginPrefetch(_stop.Token);
        }

        return files;
    }
}
