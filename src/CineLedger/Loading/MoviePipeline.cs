using System.Runtime.CompilerServices;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>
/// Reads the dataset's films through a <see cref="BatchPipeline{TCleaner, TResult}"/>.
/// </summary>
internal sealed class MoviePipeline(Dataset dataset, DatasetFile file) : IAsyncDisposable
{
    /// <summary>
    /// Batches that may be read before anybody asks for them, each of a quarter of a megabyte of the file: what two cores clean while a server is
    /// connected to and its tables are made.
    /// </summary>
    private const int Ahead = 16;

    private readonly Lock _dating = new();
    private Task<DateOrder>? _dateOrder;
    private ReadAhead<CleanBatch<(Movie Movie, long Hash)>>? _begun;

    /// <summary>Reads the first films, for whoever calls <see cref="ReadAsync"/> later, as far as memory is meant for them.</summary>
    public void Begin(CancellationToken cancellationToken) => _begun ??= new ReadAhead<CleanBatch<(Movie Movie, long Hash)>>(ReadFileAsync(cancellationToken), Ahead, cancellationToken);

    /// <summary>The films of the file, in its order. Once.</summary>
    public IAsyncEnumerable<CleanBatch<(Movie Movie, long Hash)>> ReadAsync(CancellationToken cancellationToken) => _begun?.ReadAsync(cancellationToken) ?? ReadFileAsync(cancellationToken);

    /// <summary>Ends what was begun.</summary>
    public ValueTask DisposeAsync() => _begun?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async IAsyncEnumerable<CleanBatch<(Movie Movie, long Hash)>> ReadFileAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = dataset.Open(file);
        await using (stream.ConfigureAwait(false))
        {
            if (file.IsJson)
            {
                // No spreadsheet was at these dates: what they do not say by themselves, no other line will.
                var lines = new JsonLineReader(stream, dataset.Shown(file), MovieColumns.JsonFields());
                await foreach (var batch in CleanAllAsync(lines.ReadBatchesAsync, MovieColumns.Json, new DateOrder(), cancellationToken).ConfigureAwait(false))
                {
                    yield return batch;
                }

                yield break;
            }

            // The header first: it says what the columns are, and it is where most unusable files fail.
            MovieCleaner? judge = null;
            var reader = new RecordReader(stream, dataset.Shown(file), new RecordReaderOptions { IsWhole = record => judge!.ReadsAsMovie(record) });
            var columns = MovieColumns.Read(await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false), dataset.Shown(file));
            judge = new MovieCleaner(columns, file.Name);
            var unknown = file.IsShared ? [.. columns.Unknown.Where(column => !column.Equals("keywords", StringComparison.OrdinalIgnoreCase))] : columns.Unknown;
            List<Finding> fileFindings = [.. HeaderFindings.Of(reader, file.Name, unknown)];
            await foreach (var batch in CleanAllAsync(reader.ReadBatchesAsync, columns, order: null, cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }

            yield return CleanBatch<(Movie Movie, long Hash)>.End(fileFindings);
        }
    }

    private IAsyncEnumerable<CleanBatch<(Movie Movie, long Hash)>> CleanAllAsync(
        Func<CancellationToken, IAsyncEnumerable<RecordBatch>> read, MovieColumns columns, DateOrder? order, CancellationToken cancellationToken) =>
        new BatchPipeline<MovieCleaner, CleanBatch<(Movie Movie, long Hash)>>(
            read, () => new MovieCleaner(columns, file.Name) { DateOrder = order }, (cleaner, batch, stop) => CleanAsync(cleaner, batch, columns, stop)).ReadAsync(cancellationToken);

    private async Task<CleanBatch<(Movie Movie, long Hash)>> CleanAsync(MovieCleaner cleaner, RecordBatch batch, MovieColumns columns, CancellationToken cancellationToken)
    {
        var result = Clean(cleaner, batch);
        if (cleaner.NeedsDateOrder)
        {
            cleaner.DateOrder = await DateOrderAsync(columns, cancellationToken).ConfigureAwait(false);
            cleaner.TakeSpreadsheetTally();
            result = Clean(cleaner, batch);
        }

        return result with { Spreadsheet = cleaner.TakeSpreadsheetTally() };
    }

    /// <summary>Looked for once, by whoever needs it first.</summary>
    private Task<DateOrder> DateOrderAsync(MovieColumns columns, CancellationToken cancellationToken)
    {
        lock (_dating)
        {
            return _dateOrder ??= ObserveDatesAsync(columns, cancellationToken);
        }
    }

    private static CleanBatch<(Movie Movie, long Hash)> Clean(MovieCleaner cleaner, RecordBatch batch)
    {
        var hash = new ContentHash();
        return CleanBatch<(Movie Movie, long Hash)>.Clean(batch, (record, findings) => cleaner.Clean(record, findings) is { } movie ? (movie, hash.Of(movie)) : null);
    }

    private async Task<DateOrder> ObserveDatesAsync(MovieColumns columns, CancellationToken cancellationToken)
    {
        var stream = dataset.Open(file);
        await using (stream.ConfigureAwait(false))
        {
            return await DateOrder.ObserveAsync(stream, dataset.Shown(file), new MovieCleaner(columns, file.Name).ReadsAsMovie, cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
