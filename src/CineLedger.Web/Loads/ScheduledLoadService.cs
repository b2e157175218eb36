using System.Data.Common;
using CineLedger.Loading.Schedules;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Web.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Loads;

/// <summary>
/// Runs the loads that are due by the server's schedule. The ledger records which scheduled times have been loaded, and its clock decides when a load is
/// due. Thus, only one of several servers with the same schedule runs each load, and a restarted server continues the schedule.
/// </summary>
internal sealed class ScheduledLoadService(
    LedgerPool pool, BackgroundLoads loads, WebOptions options, ScheduleMetrics watch, TimeProvider time, ILogger<ScheduledLoadService> logger) : BackgroundService
{
    /// <summary>The longest wait between checks, because the clock may be changed and the machine may sleep.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    /// <summary>The delay before the next attempt while another load uses the ledger.</summary>
    private static readonly TimeSpan BusyRetryDelay = TimeSpan.FromSeconds(2);

    /// <summary>The delay before checking again whether another node's load has died or an unavailable store is back.</summary>
    private static readonly TimeSpan ErrorRetryDelay = TimeSpan.FromSeconds(10);

    private bool _hasFailed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Schedule is not { } schedule)
        {
            return;
        }

        // Do not run on the thread that starts the server.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = await RunDueAsync(schedule, stoppingToken);
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs the load that is due, if any. Returns the time to wait until the next check.</summary>
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
            if (wait > TimeSpan.Zero && !status.IsRunning)
            {
                return wait < MaxWait ? wait : MaxWait;
            }

            return await loads.TryRunAsync(schedule, clock) ? TimeSpan.Zero : status.IsRunning ? ErrorRetryDelay : BusyRetryDelay;
        }
        catch (OperationCanceledException)
        {
            // The server is stopping, and its loads are canceled shortly before this service.
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
