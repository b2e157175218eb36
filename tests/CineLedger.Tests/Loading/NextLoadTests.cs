using CineLedger.Loading.Schedules;
using CineLedger.Model;
using static CineLedger.Tests.Loading.ScheduleTimesTests;

namespace CineLedger.Tests.Loading;

/// <summary>Tests which load a schedule starts next, given the loads recorded in the ledger.</summary>
public sealed class NextLoadTests
{
    private static readonly LoadSchedule Monthly = Schedule("0 6 1 * *");
    private static readonly DateTime Since = Utc("2024-05-15T12:00:00");
    private static readonly DateTime June = Utc("2024-06-01T06:00:00");
    private static readonly DateTime July = Utc("2024-07-01T06:00:00");

    [Fact]
    public void A_new_schedule_waits_for_its_first_time_and_replays_nothing_that_was_due_before() =>
        Assert.Equal(new NextLoad(June, 1, June), Next(Since.AddDays(1)));

    [Fact]
    public void A_new_schedule_of_an_empty_ledger_loads_at_once() =>
        Assert.Equal(new NextLoad(Since, 1, Since), NextLoad.Determine(Monthly, new(Since, null), null, "ledger", isEmpty: true, Since.AddSeconds(1)));

    [Fact]
    public void Only_the_latest_of_many_missed_times_is_caught_up()
    {
        var late = Utc("2024-11-20T00:00:00");
        Assert.Equal(new NextLoad(Utc("2024-11-01T06:00:00"), 1, Utc("2024-11-01T06:00:00")), Next(late, June));
        Assert.Equal(Utc("2024-12-01T06:00:00"), Next(late, Utc("2024-11-01T06:00:00"))!.Value.DueAt);
    }

    [Fact]
    public void A_due_load_starts_within_its_jitter()
    {
        var schedule = Schedule("0 6 1 * *", jitter: 3600);
        var next = NextLoad.Determine(schedule, new(Since, null), null, "ledger", isEmpty: false, June.AddSeconds(1))!.Value;
        Assert.Equal(June, next.DueAt);
        Assert.InRange(next.BeginAt, June, June.AddHours(1));
    }

    [Theory]
    [InlineData(LoadState.Failed, 1, 60)]
    [InlineData(LoadState.Failed, 2, 120)]
    [InlineData(LoadState.Lost, 3, 240)]
    [InlineData(LoadState.Failed, 7, 3600)]
    [InlineData(LoadState.Cancelled, 1, 0)]
    public void Failed_and_lost_loads_are_retried_with_backoff_and_cancelled_ones_at_once(LoadState state, int attempt, int seconds)
    {
        var ended = June.AddMinutes(5);
        Assert.Equal(new NextLoad(June, attempt + 1, ended.AddSeconds(seconds)), Next(ended.AddSeconds(1), June, Run(state, attempt, ended)));
    }

    [Theory]
    [InlineData(LoadState.Published, 1)]
    [InlineData(LoadState.Unchanged, 1)]
    [InlineData(LoadState.Gated, 1)]
    [InlineData(LoadState.Running, 1)]
    [InlineData(LoadState.Failed, NextLoad.MaxAttempts)]
    public void Published_gated_running_and_repeatedly_failed_loads_wait_for_the_next_time(LoadState state, int attempt) =>
        Assert.Equal(new NextLoad(July, 1, July), Next(June.AddMinutes(5), June, Run(state, attempt, June.AddMinutes(1))));

    [Fact]
    public void A_load_that_a_caller_canceled_waits_for_the_next_time()
    {
        var canceled = Run(LoadState.Cancelled, 1, June.AddMinutes(1)) with { Error = LoadRecord.DescribeCancellation("Ada") };
        Assert.Equal(new NextLoad(July, 1, July), Next(June.AddMinutes(5), June, canceled));
        Assert.Equal(2, Next(June.AddMinutes(5), June, canceled with { Error = LoadRecord.DescribeCancellation(null) })!.Value.Attempt);
    }

    [Fact]
    public void A_new_due_time_takes_precedence_over_a_retry() =>
        Assert.Equal(new NextLoad(July, 1, July), Next(July.AddSeconds(1), June, Run(LoadState.Failed, 1, July)));

    private static NextLoad? Next(DateTime now, DateTime? lastDue = null, LoadRecord? last = null) =>
        NextLoad.Determine(Monthly, new(Since, lastDue), last, "ledger", isEmpty: false, now);

    private static LoadRecord Run(LoadState state, int attempt, DateTime ended) =>
        LoadRecord.Begin(LoadTrigger.Schedule, "a.zip", June) with { Schedule = Monthly.Key, DueAt = June, Attempt = attempt, State = state, EndedAt = ended };
}
