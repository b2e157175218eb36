using System.Data.Common;
using CineLedger.Kafka;
using CineLedger.Model;
using CineLedger.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Events;

/// <summary>Publishes the changes of each snapshot to a topic as soon as this server can read it. When several servers share a ledger, one publishes.</summary>
internal sealed class ChangePublishingService : BackgroundService
{
    /// <summary>The time between attempts, and between renewals of the server's lease: a third of the lease.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    private readonly SnapshotFeed _feed;
    private readonly ILogger<ChangePublishingService> _logger;
    private readonly string _topic;
    private readonly ChangePublisher? _publisher;
    private bool _hasFailed;

    public ChangePublishingService(LedgerPool pool, WebOptions options, SnapshotFeed feed, TimeProvider time, ILogger<ChangePublishingService> logger)
    {
        (_feed, _logger, _topic) = (feed, logger, options.Changes?.Topic ?? "");

        // Created here, so that a server with an invalid option does not start.
        _publisher = options.Changes is { } changes ? new ChangePublisher(changes.Brokers, changes.Topic, pool, time, logger) : null;
    }

    public override void Dispose()
    {
        _publisher?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_publisher is null)
        {
            return;
        }

        // Do not run on the thread that starts the server.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var published = await PublishAsync(_publisher, stoppingToken);
            var wait = published is { } last ? _feed.WaitAsync(last, RetryInterval, stoppingToken) : Task.Delay(RetryInterval, stoppingToken);
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await ReleaseAsync(_publisher);
    }

    /// <summary>Returns the newest snapshot that is completely in the topic; null when the attempt has to be repeated later.</summary>
    private async Task<int?> PublishAsync(ChangePublisher publisher, CancellationToken stoppingToken)
    {
        try
        {
            var published = await publisher.CatchUpAsync(stoppingToken);
            if (_hasFailed && published is { } last)
            {
                _hasFailed = false;
                _logger.ChangesPublishedAgain(_topic, last);
            }

            return published;
        }
        catch (OperationCanceledException)
        {
            // The server is stopping. The next one publishes an unfinished snapshot again.
            return null;
        }
        catch (Exception error) when (error is LedgerException or DbException or IOException)
        {
            if (!stoppingToken.IsCancellationRequested && !_hasFailed)
            {
                _hasFailed = true;
                _logger.ChangesNotPublished((StoreEngine.Explain(error) ?? error).Message);
            }

            return null;
        }
    }

    private static async Task ReleaseAsync(ChangePublisher publisher)
    {
        using var enough = new CancellationTokenSource(ShutdownTimeout);
        try
        {
            await publisher.ReleaseAsync(enough.Token);
        }
        catch (Exception error) when (error is LedgerException or DbException or IOException or OperationCanceledException)
        {
            // The lease expires by itself.
        }
    }
}
