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
/// Queues pushes and writes them to snapshots, one snapshot at a time, when nothing else writes to the ledger. Pushes that arrive within a short time
/// share a snapshot; large pushes are written at once.
/// </summary>
internal sealed class PushQueue : IHostedService, IDisposable
{
    /// <summary>The number of records at which a snapshot is written without waiting for more, which would save nothing.</summary>
    private const int MaxBatchRecords = 1_000;

    /// <summary>The maximum number of waiting records, or those of one larger push. Beyond it, senders have to try again later.</summary>
    public const int MaxWaitingRecords = 200_000;

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

        // Waiting pushes are written at once when the server stops, because their senders are still connected.
        _stopping = lifetime.ApplicationStopping.Register(_stop.Cancel);
    }

    /// <summary>The records of accepted pushes that are not completed yet.</summary>
    public long WaitingRecords => Volatile.Read(ref _records);

    /// <summary>Queues a push and returns its response when its snapshot is readable. When it throws, nothing of the push has been written.</summary>
    public Task<PushResponse> SubmitAsync(Push push)
    {
        lock (_lock)
        {
            if (push.Key is not null && _byKey.TryGetValue(push.Key, out var same))
            {
                // The sender has repeated a push that is still waiting.
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
                LogAndFail(gathered, error);
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

    /// <summary>Collects the waiting pushes and those that arrive within the window, until there are enough.</summary>
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
            // A push with the same key may already be written, by another node or before this server was started.
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

            foreach (var pushes in GroupByAcceptedGates(newPushes))
            {
                await ApplyAsync(ledger, pushes);
            }
        }

        await WaitUntilVisibleAsync();
        gathered.ForEach(push => push.Complete());
    }

    /// <summary>Splits pushes, in their order, so that a snapshot contains only those that accept the same gates.</summary>
    private static List<List<Push>> GroupByAcceptedGates(List<Push> pushes)
    {
        var groups = new List<List<Push>>();
        foreach (var push in pushes)
        {
            if (groups is [.., [.., var last] group] && last.AcceptedBy == push.AcceptedBy && last.AcceptedGates.SetEquals(push.AcceptedGates))
            {
                group.Add(push);
            }
            else
            {
                groups.Add([push]);
            }
        }

        return groups;
    }

    /// <summary>Writes pushes as one snapshot. When a gate stops several together, each is written and judged alone.</summary>
    private async Task ApplyAsync(Ledger ledger, List<Push> pushes)
    {
        var options = new ChangeOptions(ChangeSources.Push, pushes.Count == 1 ? LoadTrigger.Push : null)
        {
            AcceptedGates = pushes[0].AcceptedGates,
            AcceptedBy = pushes[0].AcceptedBy,
            Advice = gates => $"If the movies are correct, send the push again with ?accept={gates}.",
            InSameTransaction = (connection, summary, cancellationToken) => StoreResponsesAsync(connection, pushes, summary, cancellationToken),
        };
        try
        {
            var summary = await ChangeWriter.ApplyAsync(ledger, [.. pushes.Select(push => push.Changes)], options, CancellationToken.None);
            _logger.PushesEnded(pushes.Count, summary.Counts.Sum(counts => counts.Received), summary.Snapshot?.Id);
        }
        catch (QualityGateException) when (pushes.Count > 1)
        {
            foreach (var push in pushes)
            {
                await ApplyAsync(ledger, [push]);
            }
        }
        catch (Exception error)
        {
            // Only these pushes failed; others may already be in a snapshot.
            LogAndFail(pushes, error);
        }
    }

    /// <summary>Opens the ledger. Waits for other writers up to the time limit of pushes.</summary>
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

    /// <summary>Creates the responses, and stores those of pushes with a key in the same transaction.</summary>
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

    /// <summary>Waits until this server can read the snapshot, so that the sender finds its movies here even if standbys lag behind.</summary>
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

    private void LogAndFail(List<Push> pushes, Exception error)
    {
        _logger.PushesFailed(pushes.Count, error.Message, error is LedgerException or ProblemException ? null : error);
        foreach (var push in pushes)
        {
            push.Fail(error);
        }
    }
}
