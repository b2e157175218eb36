using System.Diagnostics.Metrics;
using CineLedger.Loading;
using CineLedger.Loading.Schedules;
using CineLedger.Storage;
using CineLedger.Storage.Operations;

namespace CineLedger.Web.Observability;

/// <summary>How a server's schedule stands, for metrics. Times are by the ledger's clock.</summary>
internal sealed class ScheduleWatch
{
    private readonly LedgerPool _pool;
    private volatile Standing? _standing;
    private readonly Glance<DateTime?> _lastRun;

    public ScheduleWatch(IMeterFactory meters, LedgerPool pool)
    {
        _pool = pool;
        _lastRun = new(FindLastRunAsync, null);
        var meter = meters.Create(LedgerMetrics.MeterName);
        meter.CreateObservableGauge("cineledger.load.last_success.timestamp", () => Of(LastSuccess()), "s", "When a load last ended well, by any server or command, since 1970.");
        meter.CreateObservableGauge("cineledger.schedule.next_due.timestamp", () => Of(_standing?.NextDue()), "s", "When the next load is due by this server's schedule, since 1970.");
        meter.CreateObservableGauge(
            "cineledger.schedule.lag",
            () => _standing is { } standing ? (Measurement<double>[])[new(standing.Lag().TotalSeconds)] : [],
            "s",
            "How long a load that is due has not ended well; 0 where none is.");
    }

    /// <summary>It was looked up how the schedule stands.</summary>
    public void Tell(LoadSchedule schedule, ScheduleStanding standing, TimeProvider clock) => _standing = new(schedule, standing, clock);

    /// <summary>Waits until it has been looked up when a load last ended well, whoever ran it.</summary>
    public Task ReadAsync(CancellationToken cancellationToken) => _lastRun.ReadAsync(cancellationToken);

    /// <summary>What publishes is a success whoever did it; what finds nothing new is known from the table alone.</summary>
    private DateTime? LastSuccess() => new[] { _standing?.Known.LastSuccess, _lastRun.Known, _pool.Newest?.PublishedAt }.Max();

    private async Task<DateTime?> FindLastRunAsync()
    {
        await using var reader = await _pool.RentAsync(null, CancellationToken.None);
        return await RunRows.AreThereAsync(reader.Connection, CancellationToken.None) ? await RunRows.LastSuccessAsync(reader.Connection, CancellationToken.None) : null;
    }

    private static Measurement<double>[] Of(DateTime? time) => time is { } at ? [new((at - DateTime.UnixEpoch).TotalSeconds)] : [];

    private sealed record Standing(LoadSchedule Schedule, ScheduleStanding Known, TimeProvider Clock)
    {
        private DateTime Now => Clock.GetUtcNow().UtcDateTime;

        public DateTime? NextDue() => Schedule.Next(Now);

        public TimeSpan Lag() => Known.WaitsSince(Now) is { } since && Now > since ? Now - since : TimeSpan.Zero;
    }
}
