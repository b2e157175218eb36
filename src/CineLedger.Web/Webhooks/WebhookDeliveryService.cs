using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Threading.Channels;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Storage.Snapshots;
using CineLedger.Web.Loads;
using CineLedger.Web.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Webhooks;

/// <summary>
/// Tells webhooks of new snapshots and of loads that ended badly. What is to be told stands in the ledger: it goes on where it was after a restart, and of several
/// servers of a ledger one tells each. A receiver is told one thing at a time by a server, so that a slow one holds up nobody else.
/// </summary>
internal sealed class WebhookDeliveryService : BackgroundService
{
    private readonly LedgerPool _pool;
    private readonly BackgroundLoads _loads;
    private readonly WebhookOptions _options;
    private readonly WebhookSender _sender;
    private readonly WebMetrics _metrics;
    private readonly ILogger<WebhookDeliveryService> _logger;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, Task> _pending = new();
    private bool _hasFailed;

    public WebhookDeliveryService(
        LedgerPool pool, BackgroundLoads loads, WebOptions options, WebhookSender sender, WebMetrics metrics, ILogger<WebhookDeliveryService> logger)
    {
        (_pool, _loads, _options, _sender, _metrics, _logger) = (pool, loads, options.Webhooks, sender, metrics, logger);
        pool.Published += Wake;
        loads.Ended += Wake;
    }

    public override void Dispose()
    {
        _pool.Published -= Wake;
        _loads.Ended -= Wake;
        base.Dispose();
    }

    /// <summary>How long a server has a delivery in hand: longer than a try takes.</summary>
    private TimeSpan Lease => _options.Timeout + TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_pool.IsReadOnly)
        {
            return;
        }

        // Not on the thread that starts the server.
        await Task.Yield();
        while (true)
        {
            await WaitAsync(await DeliverDueAsync(stoppingToken), stoppingToken);
            if (stoppingToken.IsCancellationRequested)
            {
                await Task.WhenAll(_pending.Values);
                return;
            }
        }
    }

    private void Wake(Snapshot snapshot) => Wake();

    private void Wake() => _wake.Writer.TryWrite(true);

    private async Task WaitAsync(TimeSpan wait, CancellationToken stoppingToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        enough.CancelAfter(wait);
        Task woken = _wake.Reader.ReadAsync(enough.Token).AsTask();
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Does what there is to do now; how long to wait for the next time.</summary>
    private async Task<TimeSpan> DeliverDueAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (!await ExistsAsync(stoppingToken))
            {
                return _options.PollInterval;
            }

            await using var writer = await _pool.RentWriterAsync(stoppingToken);
            foreach (var webhook in await WebhookRows.ListAsync(writer.Connection, stoppingToken))
            {
                if (_pool.Newest is { } newest && newest.Id > webhook.Queued && webhook.Events.Contains(WebhookEvents.Published))
                {
                    await DeliveryRows.QueueAsync(writer.Connection, webhook, newest.Id, DateTime.UtcNow, stoppingToken);
                }
            }

            foreach (var (delivery, webhook) in await DeliveryRows.ReadDueAsync(writer.Connection, DateTime.UtcNow, stoppingToken))
            {
                if (_pending.Count < _options.MaxConcurrency && !_pending.ContainsKey(webhook.Id)
                    && await DeliveryRows.ClaimAsync(writer.Connection, delivery, DateTime.UtcNow + Lease, stoppingToken) is { } claimed)
                {
                    // Its end wakes this loop, and must not come before it stands there.
                    var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    _pending[webhook.Id] = DeliverAsync(begin.Task, claimed, webhook, stoppingToken);
                    begin.SetResult();
                }
            }

            var next = await DeliveryRows.FindNextAsync(writer.Connection, stoppingToken);
            _hasFailed = false;

            // Where as many are under way as may be, the end of one wakes.
            var wait = next is null || _pending.Count >= _options.MaxConcurrency ? _options.PollInterval : next.Value - DateTime.UtcNow;
            return TimeSpan.FromTicks(Math.Clamp(wait.Ticks, TimeSpan.FromMilliseconds(20).Ticks, _options.PollInterval.Ticks));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }
        catch (Exception error) when (error is LedgerException or DbException or IOException)
        {
            if (!stoppingToken.IsCancellationRequested && !_hasFailed)
            {
                _hasFailed = true;
                _logger.WebhooksNotRead((StoreEngine.Explain(error) ?? error).Message);
            }

            return _options.PollInterval;
        }
    }

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var reader = await _pool.RentAsync(null, cancellationToken);
        return await WebhookRows.ExistsAsync(reader.Connection, cancellationToken);
    }

    private async Task DeliverAsync(Task begin, WebhookDelivery delivery, Webhook webhook, CancellationToken stoppingToken)
    {
        await begin;
        try
        {
            var ended = await TryAsync(delivery, webhook, stoppingToken);

            // Also at the end of the server: the next one need not try again what has arrived.
            await using var writer = await _pool.RentWriterAsync(CancellationToken.None);
            await DeliveryRows.RecordAsync(writer.Connection, ended, CancellationToken.None);
        }
        catch (Exception error) when (error is LedgerException or DbException)
        {
            // The lease runs out, and it is tried again.
            _logger.DeliveryNotRecorded(webhook.Id, DescribeSubject(delivery), error.Message);
        }
        finally
        {
            _pending.TryRemove(webhook.Id, out _);
            _wake.Writer.TryWrite(true);
        }
    }

    private async Task<WebhookDelivery> TryAsync(WebhookDelivery delivery, Webhook webhook, CancellationToken stoppingToken)
    {
        int? status;
        string? failure;
        try
        {
            if (await ReadAsync(delivery, stoppingToken) is not { } message)
            {
                return delivery with { State = DeliveryState.GivenUp, NextTryAt = null, EndedAt = DateTime.UtcNow, Error = $"{DescribeSubject(delivery)} is not in the ledger any more" };
            }

            (status, failure) = await _sender.SendAsync(webhook, message, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Whoever comes next tries it at once. Whether this try arrived nobody knows.
            return delivery with { NextTryAt = DateTime.UtcNow, Error = "the server ended" };
        }

        _metrics.RecordDelivery(delivered: failure is null);
        var now = DateTime.UtcNow;
        var target = WebhookUrlValidator.Redact(webhook.Url);
        if (failure is null)
        {
            _logger.Delivered(webhook.Id, target, DescribeSubject(delivery), delivery.Tries);
            return delivery with { State = DeliveryState.Delivered, NextTryAt = null, EndedAt = now, Status = status, Error = null };
        }

        var next = now + _options.GetRetryDelay(delivery.Tries);
        if (delivery.Tries >= _options.MaxTries || next > delivery.QueuedAt + _options.GiveUpAfter)
        {
            _logger.DeliveryAbandoned(webhook.Id, target, DescribeSubject(delivery), delivery.Tries, failure);
            return delivery with { State = DeliveryState.GivenUp, NextTryAt = null, EndedAt = now, Status = status, Error = failure };
        }

        _logger.DeliveryFailed(webhook.Id, target, DescribeSubject(delivery), delivery.Tries, failure, next);
        return delivery with { NextTryAt = next, Status = status, Error = failure };
    }

    private static string DescribeSubject(WebhookDelivery delivery) =>
        delivery.LoadId.Length > 0 ? $"load {delivery.LoadId}" : string.Create(CultureInfo.InvariantCulture, $"snapshot {delivery.SnapshotId}");

    /// <summary>What is to be told; null where the ledger does not have it any more.</summary>
    private async Task<WebhookPayload?> ReadAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.LoadId.Length > 0)
        {
            // No snapshot says whether a standby has it already.
            await using var writer = await _pool.RentWriterAsync(cancellationToken);
            return await LoadRows.FindAsync(writer.Connection, delivery.LoadId, cancellationToken) is { } run ? WebhookPayload.Create(run) : null;
        }

        await using var reader = await _pool.RentAsync(delivery.SnapshotId, cancellationToken);
        return await SnapshotRows.TryFindAsync(reader.Connection, delivery.SnapshotId, cancellationToken) is { } snapshot ? WebhookPayload.Create(snapshot) : null;
    }
}
