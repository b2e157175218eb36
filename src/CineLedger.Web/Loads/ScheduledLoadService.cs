using System.Data.Common;
using CineLedger.Loading.Schedules;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Loads;

/// <summary>
/// Loads what is due by the server's schedule. What was loaded for which time stands in the ledger, and when it is due is told by the ledger's
/// clock: of several servers with the same schedule one loads each time, and after a restart it goes on where it was.
/// </summary>
internal sealed class ScheduledLoadService(
    LedgerPool pool, BackgroundLoads loads, WebOptions options, ScheduleMetrics watch, TimeProvider time, ILogger<ScheduledLoadService> logger) : BackgroundService
{
    /// <summary>The clock may be set, and the machine may sleep: no wait is longer.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    /// <summary>How soon it is looked again whether the ledger, which something else loads, is free.</summary>
    private static readonly TimeSpan BusyRetryDelay = TimeSpan.FromSeconds(2);

    /// <summary>How soon it is looked whether a load of another node has died, and whether a store that does not answer is back.</summary>
    private static readonly TimeSpan ErrorRetryDelay = TimeSpan.FromSeconds(10);

    private bool _hasFailed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Schedule is not { } schedule)
        {
            return;
        }

        // Not on the thread that starts the server.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = await RunDueAsync(schedule, stoppingToken);
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Loads what is due now; how long to wait for the next look.</summary>
    private async Task<TimeSpan> RunDueAsync(LoadSchedule schedule, CancellationToken stoppingToken)
    {
        try
        {
            TimeProvider clock;
            ScheduleStatus status;
            await using (var writer = await pool.RentWriterAsync(stoppingToken))
            {
                clock = await pool.ReadClockAsync(writer.Connection, time, stoppingToken);
                status = await ScheduledLoad.ReadAsync(writer.Connection, schedule, pool.Name, clock.GetUtcNow().UtcDateTime, stoppingToken);
            }

            _hasFailed = false;
            watch.Update(schedule, status, clock);
            if (status.Next is not { } next)
            {
                return MaxWait;
            }

            var wait = next.BeginAt - clock.GetUtcNow().UtcDateTime;
            if (wait > TimeSpan.Zero && !status.IsUnderWay)
            {
                return wait < MaxWait ? wait : MaxWait;
            }

            return await loads.TryRunAsync(schedule, clock) ? TimeSpan.Zero : status.IsUnderWay ? ErrorRetryDelay : BusyRetryDelay;
        }
        catch (OperationCanceledException)
        {
            // The server ends, which its loads hear of a moment before this does.
            return ErrorRetryDelay;
        }
        catch (Exception error) when (error is LedgerException or DbException or IOException)
        {
            if (!stoppingToken.IsCancellationRequested && !_hasFailed)
            {
                _hasFailed = true;
                logger.ScheduleNotRead((StoreEngine.Explain(error) ?? error).Message);
            }

            return ErrorRetryDelay;
        }
    }
}
