using System.Data.Common;
using CineLedger.Kafka;
using CineLedger.Model;
using CineLedger.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Events;

/// <summary>Publishes what each snapshot changes to a topic, as soon as it can be read here; of several servers of a ledger one does.</summary>
internal sealed class ChangePublishingService : BackgroundService
{
    /// <summary>How soon it is tried again, and how often a server says that it is still there: a third of its lease.</summary>
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

        // Here, so that a server with a bad option does not even start.
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

        // Not on the thread that starts the server.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var published = await PublishAsync(_publisher, stoppingToken);
            var wait = published is { } last ? _feed.WaitAsync(last, RetryInterval, stoppingToken) : Task.Delay(RetryInterval, stoppingToken);
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await ReleaseAsync(_publisher);
    }

    /// <summary>The newest snapshot that the topic has everything of; null where it is to be looked again after a while.</summary>
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
            // The server ends. What it has begun is written once more by the next one.
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
            // The lease runs out by itself.
        }
    }
}
