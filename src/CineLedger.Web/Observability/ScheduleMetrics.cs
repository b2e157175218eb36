using System.Diagnostics.Metrics;
using CineLedger.Loading;
using CineLedger.Loading.Schedules;
using CineLedger.Storage;
using CineLedger.Storage.Operations;

namespace CineLedger.Web.Observability;

/// <summary>Measures the state of a server's schedule. Times are by the ledger's clock.</summary>
internal sealed class ScheduleMetrics
{
    private readonly LedgerPool _pool;
    private volatile ScheduleState? _state;
    private readonly CachedProbe<DateTime?> _lastLoad;

    public ScheduleMetrics(IMeterFactory meters, LedgerPool pool)
    {
        _pool = pool;
        _lastLoad = new(FindLastLoadAsync, null);
        var meter = meters.Create(LedgerMetrics.MeterName);
        meter.CreateObservableGauge(
            "cineledger.load.last_success.timestamp",
            () => CreateMeasurements(GetLastSuccess()),
            "s",
            "Unix time of the last successful load by any server or command.");
        meter.CreateObservableGauge(
            "cineledger.schedule.next_due.timestamp",
            () => CreateMeasurements(_state?.GetNextDue()),
            "s",
            "Unix time of the next load due by this server's schedule.");
        meter.CreateObservableGauge(
            "cineledger.schedule.lag",
            () => _state is { } status ? (Measurement<double>[])[new(status.GetLag().TotalSeconds)] : [],
            "s",
            "How long a load has been due without success; 0 when none is due.");
    }

    /// <summary>Sets the latest state of the schedule.</summary>
    public void Update(LoadSchedule schedule, ScheduleStatus status, TimeProvider clock) => _state = new(schedule, status, clock);

    /// <summary>Waits until the last successful load by any process has been read.</summary>
    public Task ReadAsync(CancellationToken cancellationToken) => _lastLoad.ReadAsync(cancellationToken);

    /// <summary>
    /// Returns the time of the last success. Every published snapshot is a success; loads that found no changes are only recorded in the table of loads.
    /// </summary>
    private DateTime? GetLastSuccess() => new[] { _state?.Status.LastSuccess, _lastLoad.Latest, _pool.Newest?.PublishedAt }.Max();

    private async Task<DateTime?> FindLastLoadAsync()
    {
        await using var reader = await _pool.RentAsync(null, CancellationToken.None);
        return await LoadRows.ExistsAsync(reader.Connection, CancellationToken.None)
            ? await LoadRows.FindLastSuccessAsync(reader.Connection, CancellationToken.None)
            : null;
    }

    private static Measurement<double>[] CreateMeasurements(DateTime? time) => time is { } at ? [new((at - DateTime.UnixEpoch).TotalSeconds)] : [];

    private sealed record ScheduleState(LoadSchedule Schedule, ScheduleStatus Status, TimeProvider Clock)
    {
        private DateTime Now => Clock.GetUtcNow().UtcDateTime;

        public DateTime? GetNextDue() => Schedule.GetNext(Now);

        public TimeSpan GetLag() => Status.GetWaitingSince(Now) is { } since && Now > since ? Now - since : TimeSpan.Zero;
    }
}
