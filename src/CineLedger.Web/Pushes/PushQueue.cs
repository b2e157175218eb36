using System.Data.Common;
using System.Text.Json;
using System.Threading.Channels;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Streaming;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Pushes;

/// <summary>
/// Pushes that wait for their snapshot. Those that come within moments of each other become one; who pushes much waits for nobody. One
/// snapshot after the other is written, when nothing else writes to the ledger.
/// </summary>
internal sealed class PushQueue : IHostedService, IDisposable
{
    /// <summary>Records that are enough for a snapshot of their own: gathering more would make nothing cheaper.</summary>
    private const int MaxBatchRecords = 1_000;

    /// <summary>Records that may wait; beyond, senders are asked to come back.</summary>
    private const int MaxWaitingRecords = 200_000;

    private readonly LedgerPool _pool;
    private readonly WebOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PushQueue> _logger;
    private readonly Channel<Push> _waiting = Channel.CreateUnbounded<Push>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, Push> _byKey = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _stopping;
    private long _records;
    private Task _running = Task.CompletedTask;

    public PushQueue(LedgerPool pool, WebOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<PushQueue> logger)
    {
        (_pool, _options, _time, _logger) = (pool, options, time, logger);

        // What waits then is written at once: its senders are still there.
        _stopping = lifetime.ApplicationStopping.Register(_stop.Cancel);
    }

    /// <summary>Records of accepted pushes that have no answer yet.</summary>
    public long Records => Volatile.Read(ref _records);

    /// <summary>Takes a push, and returns its answer when the snapshot is there. Throws what went wrong; then nothing of it is in the ledger.</summary>
    public Task<PushResponse> SubmitAsync(Push push)
    {
        lock (_lock)
        {
            if (push.Key is not null && _byKey.TryGetValue(push.Key, out var same))
            {
                // The sender has lost his patience, not his push.
                return same.Hash == push.Hash ? same.Completion : throw PushProblems.KeyReused(push.Key);
            }

            if (_records + push.Changes.Records > MaxWaitingRecords && _records > 0)
            {
                throw PushProblems.TooManyWaiting(_records);
            }

            if (!_waiting.Writer.TryWrite(push))
            {
                throw PushProblems.ShuttingDown();
            }

            _records += push.Changes.Records;
            if (push.Key is not null)
            {
                _byKey[push.Key] = push;
            }
        }

        return push.Completion;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        _waiting.Writer.TryComplete();
        await _running;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var gathered = await CollectAsync();
            try
            {
                await WriteAsync(gathered);
            }
            catch (Exception error)
            {
                _logger.PushesFailed(gathered.Count, error.Message, error is LedgerException or ProblemException ? null : error);
                Fail(gathered, error);
            }

            lock (_lock)
            {
                foreach (var push in gathered)
                {
                    _records -= push.Changes.Records;
                    if (push.Key is not null)
                    {
                        _byKey.Remove(push.Key);
                    }
                }
            }
        }
    }

    /// <summary>Takes what waits and what comes within the window, as long as it is not enough already.</summary>
    private async Task<List<Push>> CollectAsync()
    {
        var (gathered, records) = (new List<Push>(), 0L);
        using var passed = new CancellationTokenSource(_options.PushWindow, _time);
        using var window = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, passed.Token);
        bool isOpen;
        do
        {
            // Pushes that arrived before the window closed still belong to this snapshot.
            isOpen = records < MaxBatchRecords && await WaitForMoreAsync(window.Token);
            while (records < MaxWaitingRecords && _waiting.Reader.TryRead(out var push))
            {
                gathered.Add(push);
                records += push.Changes.Records;
            }
        }
        while (isOpen);

        return gathered;
    }

    private async Task<bool> WaitForMoreAsync(CancellationToken window)
    {
        try
        {
            return await _waiting.Reader.WaitToReadAsync(window);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task WriteAsync(List<Push> gathered)
    {
        await using (var ledger = await OpenAsync())
        {
            // Another node may have answered a key, and this one before it was started.
            var newPushes = new List<Push>();
            foreach (var push in gathered)
            {
                if (push.Key is null || await PushResponseRows.FindAsync(ledger.Connection, push.Key, CancellationToken.None) is not { } known)
                {
                    newPushes.Add(push);
                }
                else if (known.BodyHash == push.Hash)
                {
                    push.SetResponse(new PushResponse(known.Answer, known.SnapshotId is 0 ? null : known.SnapshotId, IsRepeated: true));
                }
                else
                {
                    push.Fail(PushProblems.KeyReused(push.Key));
                }
            }

            if (newPushes.Count > 0)
            {
                var options = new ChangeOptions(ChangeSources.Push) { InSameTransaction = (connection, summary, cancellationToken) => StoreResponsesAsync(connection, newPushes, summary, cancellationToken) };
                var summary = await ChangeWriter.ApplyAsync(ledger, [.. newPushes.Select(push => push.Changes)], options, CancellationToken.None);
                _logger.PushesEnded(newPushes.Count, summary.Counts.Sum(counts => counts.Received), summary.Snapshot?.Id);
            }
        }

        await WaitUntilVisibleAsync();
        gathered.ForEach(push => push.Complete());
    }

    /// <summary>Waits for whoever writes, as long as a sender can wait.</summary>
    private async Task<Ledger> OpenAsync()
    {
        using var patience = new CancellationTokenSource(_options.PushTimeout);
        try
        {
            return await _pool.OpenForChangesAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw PushProblems.Busy(_options.PushTimeout);
        }
    }

    /// <summary>Makes the answers, and keeps those that may be asked for again, within the transaction.</summary>
    private static async Task StoreResponsesAsync(DbConnection connection, List<Push> newPushes, ChangeSummary summary, CancellationToken cancellationToken)
    {
        for (var i = 0; i < newPushes.Count; i++)
        {
            var push = newPushes[i];
            var record = PushResult.Create(push.Id, push.Changes, summary, summary.Counts[i]);
            var response = JsonSerializer.Serialize(new DataResponse<PushResult>(record), PushJson.Readable.DataResponsePushResult);
            push.SetResponse(new PushResponse(response, summary.Snapshot?.Id, IsRepeated: false));
            if (push.Key is not null)
            {
                await PushResponseRows.AddAsync(
                    connection, new StoredPushResponse(push.Key, push.Hash, DateTime.UtcNow, summary.Snapshot?.Id ?? 0, response), cancellationToken);
            }
        }
    }

    /// <summary>Who has his answer finds his movies here: standbys may lag behind, and are left to catch up.</summary>
    private async Task WaitUntilVisibleAsync()
    {
        try
        {
            await _pool.RefreshAsync(null, CancellationToken.None);
        }
        catch (Exception error) when (error is LedgerException or DbException)
        {
            _logger.PushNotVisible(error.Message);
        }
    }

    private static void Fail(List<Push> gathered, Exception error)
    {
        foreach (var push in gathered)
        {
            push.Fail(error);
        }
    }
}
