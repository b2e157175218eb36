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
/// Sends new snapshots and failed loads to webhooks. The deliveries are stored in the ledger, so that they continue after a restart, and so that only
/// one of several servers of a ledger sends each. A server sends one message at a time to a receiver, so that a slow receiver does not delay others.
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

    /// <summary>How long a server holds a delivery: longer than an attempt takes.</summary>
    private TimeSpan Lease => _options.Timeout + TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_pool.IsReadOnly)
        {
            return;
        }

        // Do not run on the thread that starts the server.
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

    /// <summary>Starts the deliveries that are due. Returns the time to wait until the next ones.</summary>
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
                if (_pool.Newest is { } newest && newest.Id > webhook.QueuedSnapshotId && webhook.Events.Contains(WebhookEvents.Published))
                {
                    await DeliveryRows.QueueAsync(writer.Connection, webhook, newest.Id, DateTime.UtcNow, stoppingToken);
                }
            }

            foreach (var (delivery, webhook) in await DeliveryRows.ReadDueAsync(writer.Connection, DateTime.UtcNow, stoppingToken))
            {
                if (_pending.Count < _options.MaxConcurrency && !_pending.ContainsKey(webhook.Id)
                    && await DeliveryRows.ClaimAsync(writer.Connection, delivery, DateTime.UtcNow + Lease, stoppingToken) is { } claimed)
                {
                    // The task removes itself from _pending when it ends, so it must not begin before it is added.
                    var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    _pending[webhook.Id] = DeliverAsync(begin.Task, claimed, webhook, stoppingToken);
                    begin.SetResult();
                }
            }

            var next = await DeliveryRows.FindNextAsync(writer.Connection, stoppingToken);
            _hasFailed = false;

            // At the limit, the end of a delivery wakes the loop.
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

            // Record it even when the server is stopping, so that the next server does not send it again.
            await using var writer = await _pool.RentWriterAsync(CancellationToken.None);
            await DeliveryRows.RecordAsync(writer.Connection, ended, CancellationToken.None);
        }
        catch (Exception error) when (error is LedgerException or DbException)
        {
            // The lease expires, and the delivery is tried again.
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
                return delivery with
                {
                    State = DeliveryState.GivenUp,
                    NextAttemptAt = null,
                    EndedAt = DateTime.UtcNow,
                    Error = $"{DescribeSubject(delivery)} is no longer in the ledger",
                };
            }

            (status, failure) = await _sender.SendAsync(webhook, message, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next server tries again at once, because this attempt may not have arrived.
            return delivery with { NextAttemptAt = DateTime.UtcNow, Error = "the server stopped" };
        }

        _metrics.RecordDelivery(delivered: failure is null);
        var now = DateTime.UtcNow;
        var target = WebhookUrlValidator.Redact(webhook.Url);
        if (failure is null)
        {
            _logger.Delivered(webhook.Id, target, DescribeSubject(delivery), delivery.Attempts);
            return delivery with { State = DeliveryState.Delivered, NextAttemptAt = null, EndedAt = now, Status = status, Error = null };
        }

        var next = now + _options.GetRetryDelay(delivery.Attempts);
        if (delivery.Attempts >= _options.MaxAttempts || next > delivery.QueuedAt + _options.GiveUpAfter)
        {
            _logger.DeliveryAbandoned(webhook.Id, target, DescribeSubject(delivery), delivery.Attempts, failure);
            return delivery with { State = DeliveryState.GivenUp, NextAttemptAt = null, EndedAt = now, Status = status, Error = failure };
        }

        _logger.DeliveryFailed(webhook.Id, target, DescribeSubject(delivery), delivery.Attempts, failure, next);
        return delivery with { NextAttemptAt = next, Status = status, Error = failure };
    }

    private static string DescribeSubject(WebhookDelivery delivery) =>
        delivery.LoadId.Length > 0 ? $"load {delivery.LoadId}" : string.Create(CultureInfo.InvariantCulture, $"snapshot {delivery.SnapshotId}");

    /// <summary>Returns the message to send, or null when the ledger no longer has its snapshot or load.</summary>
    private async Task<WebhookPayload?> ReadAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.LoadId.Length > 0)
        {
            // Read from the primary: a load has no snapshot that shows whether a standby is up to date.
            await using var writer = await _pool.RentWriterAsync(cancellationToken);
            return await LoadRows.FindAsync(writer.Connection, delivery.LoadId, cancellationToken) is { } run ? WebhookPayload.Create(run) : null;
        }

        await using var reader = await _pool.RentAsync(delivery.SnapshotId, cancellationToken);
        return await SnapshotRows.TryFindAsync(reader.Connection, delivery.SnapshotId, cancellationToken) is { } snapshot ? WebhookPayload.Create(snapshot) : null;
    }
}
