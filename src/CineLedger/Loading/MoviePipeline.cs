using System.Runtime.CompilerServices;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>Reads the movies of a file through a <see cref="BatchPipeline{TCleaner, TResult}"/>, which may begin before anyone asks for them.</summary>
internal sealed class MoviePipeline : IAsyncDisposable
{
    /// <summary>
    /// Batches that may be read before anyone asks for them, each of a quarter of a megabyte of the file: what two cores clean while a server is
    /// connected to and its tables are made.
    /// </summary>
    private const int PrefetchedBatches = 16;

    private readonly Dataset _dataset;
    private readonly BatchPipeline<MovieCleaner, CleanedBatch<(Movie Movie, long Hash)>> _pipeline;
    private readonly Lock _dateOrderLock = new();
    private Task<DateOrder>? _dateOrder;
    private MovieColumns _columns = MovieColumns.Json;
    private IReadOnlyList<Finding> _headerFindings = [];

    public MoviePipeline(Dataset dataset, DatasetFile file)
    {
        (_dataset, File) = (dataset, file);
        _pipeline = new(ReadRecordsAsync, CreateCleaner, CleanAsync);
    }

    public DatasetFile File { get; }

    /// <summary>Reads the first movies for a later call of <see cref="ReadAsync"/>, as far as memory is meant for them.</summary>
    public void BeginPrefetch(CancellationToken cancellationToken) => _pipeline.Begin(PrefetchedBatches, cancellationToken);

    /// <summary>The movies of the file, in its order. Once.</summary>
    public async IAsyncEnumerable<CleanedBatch<(Movie Movie, long Hash)>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in _pipeline.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return batch;
        }

        yield return CleanedBatch<(Movie Movie, long Hash)>.End(_headerFindings);
    }

    /// <summary>Ends what was begun.</summary>
    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    private async IAsyncEnumerable<RecordBatch> ReadRecordsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = await MovieFileReader.OpenAsync(_dataset, File, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            (_columns, _headerFindings) = (reader.Columns, reader.HeaderFindings);
            await foreach (var batch in reader.ReadBatchesAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }
        }
    }

    /// <summary>JSON has no dates that a spreadsheet wrote: what they do not say by themselves, no other line will.</summary>
    private MovieCleaner CreateCleaner() => new(_columns, File.Name) { DateOrder = File.IsJson ? new DateOrder() : null };

    private async Task<CleanedBatch<(Movie Movie, long Hash)>> CleanAsync(MovieCleaner cleaner, RecordBatch batch, CancellationToken cancellationToken)
    {
        var result = Clean(cleaner, batch);
        if (cleaner.NeedsDateOrder)
        {
            cleaner.DateOrder = await GetDateOrderAsync(cancellationToken).ConfigureAwait(false);
            cleaner.DetachSpreadsheetFindings();
            result = Clean(cleaner, batch);
        }

        return result with { Spreadsheet = cleaner.DetachSpreadsheetFindings() };
    }

    private static CleanedBatch<(Movie Movie, long Hash)> Clean(MovieCleaner cleaner, RecordBatch batch)
    {
        var hash = new ContentHasher();
        return CleanedBatch<(Movie Movie, long Hash)>.Clean(batch, (record, findings) => cleaner.Clean(record, findings) is { } movie ? (movie, hash.Compute(movie)) : null);
    }

    /// <summary>The order of the numbers in dates, looked for in the whole file by the first cleaner that needs it.</summary>
    private Task<DateOrder> GetDateOrderAsync(CancellationToken cancellationToken)
    {
        lock (_dateOrderLock)
        {
            return _dateOrder ??= ObserveDatesAsync(cancellationToken);
        }
    }

    private async Task<DateOrder> ObserveDatesAsync(CancellationToken cancellationToken)
    {
        var reader = await MovieFileReader.OpenAsync(_dataset, File, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await DateOrder.ObserveAsync(reader.ReadBatchesAsync(cancellationToken), reader.Columns).ConfigureAwait(false);
        }
    }
}
