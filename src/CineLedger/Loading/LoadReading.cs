using System.Runtime.ExceptionServices;
using CineLedger.Model;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>
/// What a load reads before it needs its ledger: the files are chosen, their checksums and the first films begun, beside whatever makes
/// the ledger ready. Only a few batches of films are read ahead, and what fails is told when it is asked for.
/// </summary>
internal sealed class LoadReading : IAsyncDisposable
{
    private readonly LoadFiles? _files;
    private readonly MoviePipeline? _begun;
    private readonly ExceptionDispatchInfo? _failure;
    private readonly CancellationToken _cancellationToken;
    private OriginalChecksums? _checksums;

    /// <param name="dataset">Open, and to stay so until this is disposed.</param>
    /// <param name="options">Which files are read.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public LoadReading(Dataset dataset, LoadOptions options, CancellationToken cancellationToken)
    {
        Dataset = dataset;
        _cancellationToken = cancellationToken;
        try
        {
            _files = LoadFiles.Choose(dataset, options);
        }
        catch (LedgerException error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            return;
        }

        // An archive takes the checksums of what it keeps, and need not be followed by a second reader.
        _checksums = options.Archive is null ? OriginalChecksums.Begin(dataset, _files.Read, cancellationToken) : null;
        if (_files.Movies is { } movies)
        {
            _begun = new MoviePipeline(dataset, dataset.PartsOf(movies)[0]);
            _begun.Begin(cancellationToken);
        }
    }

    public Dataset Dataset { get; }

    /// <summary>Throws as <see cref="LoadFiles.Choose"/> does.</summary>
    public LoadFiles Files
    {
        get
        {
            _failure?.Throw();
            return _files!;
        }
    }

    /// <summary>As <see cref="OriginalChecksums.EndAsync"/>.</summary>
    public Task<IReadOnlyList<SnapshotSource>> ChecksumsAsync() =>
        (_checksums ??= OriginalChecksums.Begin(Dataset, Files.Read, _cancellationToken)).EndAsync();

    /// <summary>Reads the films of one part after the other; each is to be read to its end before the next.</summary>
    public IEnumerable<(DatasetFile Part, MoviePipeline Films)> Parts() =>
        Files.Movies is { } movies ? Dataset.PartsOf(movies).Select((part, i) => (part, i == 0 ? _begun! : new MoviePipeline(Dataset, part))) : [];

    public async ValueTask DisposeAsync()
    {
        if (_checksums is not null)
        {
            await _checksums.DisposeAsync().ConfigureAwait(false);
        }

        if (_begun is not null)
        {
            await _begun.DisposeAsync().ConfigureAwait(false);
        }
    }
}
