using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>
/// Starts reading before the ledger is ready: opens the dataset, selects its files, and starts the checksums and the first movies in parallel. Only a
/// few batches of movies are read ahead, and an error is thrown when its result is requested. Disposed after the load.
/// </summary>
public sealed class LoadPrefetch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task<Dataset> _opening;
    private readonly Task<LoadFiles> _selection;
    private readonly bool _ownsDataset;
    private OriginalChecksums? _checksums;
    private MoviePipeline? _firstPart;
    private bool _disposed;

    /// <param name="dataset">The dataset, which must stay open until this is disposed.</param>
    /// <param name="options">The options that select the files.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    internal LoadPrefetch(Dataset dataset, LoadOptions options, CancellationToken cancellationToken)
        : this(_ => Task.FromResult(dataset), false, options, cancellationToken)
    {
    }

    private LoadPrefetch(Func<CancellationToken, Task<Dataset>> open, bool ownsDataset, LoadOptions options, CancellationToken cancellationToken)
    {
        _ownsDataset = ownsDataset;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _opening = open(_stop.Token);
        _selection = SelectAsync(options);
    }

    /// <summary>
    /// Opens local sources and starts reading. Returns null when reading must wait for the ledger: only the ledger shows whether a remote source has
    /// changed, and a source that can be read only once is not touched before it can be stored.
    /// </summary>
    public static LoadPrefetch? Begin(IReadOnlyList<string> sources, LoadOptions options, SourceOptions fetching, CancellationToken cancellationToken)
    {
        options.Validate();
        return sources.All(source => SourceAddress.Parse(source).Path is { } path && IsLocal(path))
            ? new LoadPrefetch(
                stop => Task.Run(async () => (await SourceOpener.OpenIfChangedAsync(sources, null, fetching, stop).ConfigureAwait(false))!, CancellationToken.None),
                true, options, cancellationToken)
            : null;
    }

    /// <summary>Returns the dataset; throws when it cannot be opened.</summary>
    internal Task<Dataset> GetDatasetAsync() => _opening;

    /// <summary>Returns the selected files; throws like <see cref="LoadFiles.Select"/>.</summary>
    internal Task<LoadFiles> GetFilesAsync() => _selection;

    /// <summary>Returns the source files with checksums; throws like <see cref="OriginalChecksums.FinishAsync"/>.</summary>
    internal async Task<IReadOnlyList<SnapshotSource>> GetChecksumsAsync()
    {
        _checksums ??= OriginalChecksums.Begin(await _opening.ConfigureAwait(false), (await _selection.ConfigureAwait(false)).Selected, _stop.Token);
        return await _checksums.FinishAsync().ConfigureAwait(false);
    }

    /// <summary>Reads the movies of one part of their file. The first part has already been started.</summary>
    internal IAsyncEnumerable<CleanedBatch<(Movie Movie, long Hash)>> ReadMovies(Dataset dataset, DatasetFile part, CancellationToken cancellationToken) =>
        (_firstPart is { } started && started.File == part ? started : new MoviePipeline(dataset, part)).ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task)_selection).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

    /// <summary>Returns whether a path is a local folder or regular file. A pipe has a path too, often through a link (<c>/dev/fd/63</c>), but no length.</summary>
    private static bool IsLocal(string path)
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
            // A cycle of links, which is reported when the file is opened.
            return false;
        }
    }

    private async Task<LoadFiles> SelectAsync(LoadOptions options)
    {
        var dataset = await _opening.ConfigureAwait(false);
        var files = LoadFiles.Select(dataset, options);

        // An archive computes the checksums itself, so the files need not be read twice. A dry run records none.
        _checksums = options.Archive is null && !options.IsDryRun ? OriginalChecksums.Begin(dataset, files.Selected, _stop.Token) : null;
        if (files.Movies is { } movies)
        {
            _firstPart = new MoviePipeline(dataset, dataset.GetParts(movies)[0]);
            _firstPart.BeginPrefetch(_stop.Token);
        }

        return files;
    }
}
