using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;

namespace CineLedger.Loading;

/// <summary>
/// Reads the dataset's films: one task decompresses and finds records, as many as there are cores clean them, and the batches come
/// out in the order of the file. What waits between the stages is bounded, so memory does not grow with the dataset.
/// </summary>
internal sealed class MoviePipeline(Dataset dataset, DatasetFile file)
{
    private static readonly int Cleaners = Environment.ProcessorCount;

    /// <summary>Batches that may wait, of a quarter of a megabyte: enough to go on with while the store compresses what it has.</summary>
    private const int Waiting = 6;

    /// <summary>Findings about the file as a whole, good after the first batch has come.</summary>
    public List<Finding> FileFindings { get; } = [];

    public async IAsyncEnumerable<CleanBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stream = dataset.Open(file);
        await using (stream.ConfigureAwait(false))
        {
            // The header first: it says what the columns are, and it is where most unusable files fail.
            MovieCleaner? judge = null;
            var reader = new RecordReader(stream, dataset.Shown(file), new RecordReaderOptions { IsWhole = record => judge!.ReadsAsMovie(record) });
            var columns = MovieColumns.Read(await reader.ReadHeaderAsync(cancellationToken).ConfigureAwait(false), dataset.Shown(file));
            judge = new MovieCleaner(columns, file.Name);
            NoteFile(reader, columns);

            var dateOrder = new Lazy<Task<DateOrder>>(() => ObserveDatesAsync(columns, stop.Token));
            var idle = Channel.CreateUnbounded<MovieCleaner>();
            for (var i = 0; i < Cleaners; i++)
            {
                idle.Writer.TryWrite(new MovieCleaner(columns, file.Name));
            }

            var cleaned = Channel.CreateBounded<Task<CleanBatch>>(Waiting);
            var reading = Task.Run(() => ReadBatchesAsync(reader, idle, cleaned.Writer, dateOrder, stop.Token), CancellationToken.None);
            try
            {
                await foreach (var batch in cleaned.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    yield return await batch.ConfigureAwait(false);
                }
            }
            finally
            {
                await stop.CancelAsync().ConfigureAwait(false);
                await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                while (cleaned.Reader.TryRead(out var left))
                {
                    await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }

            await reading.ConfigureAwait(false);
        }
    }

    private static async Task ReadBatchesAsync(
        RecordReader reader,
        Channel<MovieCleaner> idle,
        ChannelWriter<Task<CleanBatch>> cleaned,
        Lazy<Task<DateOrder>> dateOrder,
        CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var batch in reader.ReadBatchesAsync(cancellationToken).ConfigureAwait(false))
            {
                var cleaner = await idle.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                var task = Task.Run(
                    async () =>
                    {
                        using (batch)
                        {
                            var result = await CleanAsync(cleaner, batch, dateOrder).ConfigureAwait(false);
                            idle.Writer.TryWrite(cleaner);
                            return result;
                        }
                    },
                    CancellationToken.None);
                await cleaned.WriteAsync(task, cancellationToken).ConfigureAwait(false);
            }

            cleaned.Complete();
        }
        catch (Exception error)
        {
            cleaned.Complete(error);
            throw;
        }
    }

    private static async Task<CleanBatch> CleanAsync(MovieCleaner cleaner, RecordBatch batch, Lazy<Task<DateOrder>> dateOrder)
    {
        var result = Clean(cleaner, batch);
        if (cleaner.NeedsDateOrder)
        {
            cleaner.DateOrder = await dateOrder.Value.ConfigureAwait(false);
            cleaner.TakeSpreadsheetTally();
            result = Clean(cleaner, batch);
        }

        return result with { Spreadsheet = cleaner.TakeSpreadsheetTally() };
    }

    private static CleanBatch Clean(MovieCleaner cleaner, RecordBatch batch)
    {
        var movies = new List<(Movie, long)>(batch.Count);
        var findings = new List<Finding>();
        var hash = new ContentHash();
        var (records, bytes) = (0, 0L);
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            records += record.IsEmpty ? 0 : 1;
            bytes += record.Raw.Length + 1;
            if (cleaner.Clean(record, findings) is { } movie)
            {
                movies.Add((movie, hash.Of(movie)));
            }
        }

        return new CleanBatch(movies, findings, new SpreadsheetTally(""), records, bytes);
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

    private void NoteFile(RecordReader reader, MovieColumns columns)
    {
        if (reader.HasByteOrderMark)
        {
            FileFindings.Add(new(FindingKind.Repair, Rules.SpreadsheetValue, file.Name, 1, null, null, "byte order mark"));
        }

        if (reader.HasCarriageReturns)
        {
            FileFindings.Add(new(FindingKind.Repair, Rules.SpreadsheetValue, file.Name, 1, null, null, "lines end in CR LF"));
        }

        foreach (var column in columns.Unknown)
        {
            FileFindings.Add(new(FindingKind.Flag, Rules.UnknownColumn, file.Name, 1, null, column, null));
        }
    }
}
