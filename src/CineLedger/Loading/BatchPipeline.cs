using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CineLedger.Records;

namespace CineLedger.Loading;

/// <summary>
/// Reads a file of records: one task decompresses and finds records, as many as there are cores clean them, and the batches come out
/// in the order of the file. What waits between the stages is bounded, so memory does not grow with the file.
/// </summary>
/// <param name="read">Reads the batches of records, after any header. Its token ends with the reading.</param>
/// <param name="create">Makes a cleaner; each serves one task at a time.</param>
/// <param name="clean">What a cleaner makes of a batch. Its token ends with the reading.</param>
internal sealed class BatchPipeline<TCleaner, TResult>(
    Func<CancellationToken, IAsyncEnumerable<RecordBatch>> read, Func<TCleaner> create, Func<TCleaner, RecordBatch, CancellationToken, Task<TResult>> clean)
{
    private static readonly int Cleaners = Environment.ProcessorCount;

    /// <summary>Batches that may wait, of a quarter of a megabyte: enough to go on with while the store compresses what it has.</summary>
    private const int Waiting = 4;

    public async IAsyncEnumerable<TResult> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var idle = Channel.CreateUnbounded<TCleaner>();
        for (var i = 0; i < Cleaners; i++)
        {
            idle.Writer.TryWrite(create());
        }

        var cleaned = Channel.CreateBounded<Task<TResult>>(Waiting);
        var reading = Task.Run(() => ReadBatchesAsync(idle, cleaned.Writer, stop.Token), CancellationToken.None);
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

    private async Task ReadBatchesAsync(Channel<TCleaner> idle, ChannelWriter<Task<TResult>> cleaned, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var batch in read(cancellationToken).ConfigureAwait(false))
            {
                var cleaner = await idle.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                var task = Task.Run(
                    async () =>
                    {
                        using (batch)
                        {
                            var result = await clean(cleaner, batch, cancellationToken).ConfigureAwait(false);
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
}
