using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>
/// What a load reads before it needs its ledger: the files are chosen, their checksums and the first films begun, beside whatever makes
/// the ledger ready. Only a few batches of films are read ahead.
/// </summary>
internal sealed class LoadReading : IAsyncDisposable
{
    private readonly MoviePipeline? _begun;

    private LoadReading(Dataset dataset, LoadFiles files, CancellationToken cancellationToken)
    {
        (Dataset, Files) = (dataset, files);
        Checksums = OriginalChecksums.Begin(dataset, files.Read, cancellationToken);
        if (files.Movies is { } movies)
        {
            _begun = new MoviePipeline(dataset, dataset.PartsOf(movies)[0]);
            _begun.Begin(cancellationToken);
        }
    }

    public Dataset Dataset { get; }

    public LoadFiles Files { get; }

    public OriginalChecksums Checksums { get; }

    /// <param name="dataset">Open, and to stay so until this is disposed.</param>
    /// <param name="options">Which files are read. Throws as <see cref="LoadFiles.Choose"/> does.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static LoadReading Begin(Dataset dataset, LoadOptions options, CancellationToken cancellationToken) =>
        new(dataset, LoadFiles.Choose(dataset, options), cancellationToken);

    /// <summary>Reads the films of one part after the other; each is to be read to its end before the next.</summary>
    public IEnumerable<(DatasetFile Part, MoviePipeline Films)> Parts() =>
        Files.Movies is { } movies ? Dataset.PartsOf(movies).Select((part, i) => (part, i == 0 ? _begun! : new MoviePipeline(Dataset, part))) : [];

    public async ValueTask DisposeAsync()
    {
        await Checksums.DisposeAsync().ConfigureAwait(false);
        if (_begun is not null)
        {
            await _begun.DisposeAsync().ConfigureAwait(false);
        }
    }
}
