using CineLedger.Loading.Schedules;
using CineLedger.Model;
using static CineLedger.Tests.Loading.ScheduleTimesTests;

namespace CineLedger.Tests.Loading;

/// <summary>Which load a schedule begins next, by what the ledger knows.</summary>
public sealed class NextRunTests
{
    private static readonly LoadSchedule Monthly = Schedule("0 6 1 * *");
    private static readonly DateTime Since = Utc("2024-05-15T12:00:00");
    private static readonly DateTime June = Utc("2024-06-01T06:00:00");
    private static readonly DateTime July = Utc("2024-07-01T06:00:00");

    [Fact]
    public void A_new_schedule_waits_for_its_first_time_and_replays_nothing_that_was_due_before() =>
        Assert.Equal(new NextRun(June, 1, June), Next(Since.AddDays(1)));

    [Fact]
    public void A_new_schedule_of_an_empty_ledger_loads_at_once() =>
        Assert.Equal(new NextRun(Since, 1, Since), NextRun.Of(Monthly, new(Since, null), null, "ledger", isEmpty: true, Since.AddSeconds(1)));

    [Fact]
    public void Of_many_missed_times_the_last_is_caught_up_once()
    {
        var late = Utc("2024-11-20T00:00:00");
        Assert.Equal(new NextRun(Utc("2024-11-01T06:00:00"), 1, Utc("2024-11-01T06:00:00")), Next(late, June));
        Assert.Equal(Utc("2024-12-01T06:00:00"), Next(late, Utc("2024-11-01T06:00:00"))!.Value.DueAt);
    }

    [Fact]
    public void A_time_that_has_come_begins_within_its_jitter()
    {
        var schedule = Schedule("0 6 1 * *", jitter: 3600);
        var next = NextRun.Of(schedule, new(Since, null), null, "ledger", isEmpty: false, June.AddSeconds(1))!.Value;
        Assert.Equal(June, next.DueAt);
        Assert.InRange(next.BeginAt, June, June.AddHours(1));
    }

    [Theory]
    [InlineData(RunState.Failed, 1, 60)]
    [InlineData(RunState.Failed, 2, 120)]
    [InlineData(RunState.Lost, 3, 240)]
    [InlineData(RunState.Failed, 7, 3600)]
    [InlineData(RunState.Cancelled, 1, 0)]
    public void What_failed_or_died_is_tried_again_later_and_later_and_what_was_stopped_at_once(RunState state, int attempt, int seconds)
    {
        var ended = June.AddMinutes(5);
        Assert.Equal(new NextRun(June, attempt + 1, ended.AddSeconds(seconds)), Next(ended.AddSeconds(1), June, Run(state, attempt, ended)));
    }

    [Theory]
    [InlineData(RunState.Published, 1)]
    [InlineData(RunState.Unchanged, 1)]
    [InlineData(RunState.Gated, 1)]
    [InlineData(RunState.Running, 1)]
    [InlineData(RunState.Failed, NextRun.MostAttempts)]
    public void What_ended_well_was_held_back_goes_on_or_failed_too_often_waits_for_the_next_time(RunState state, int attempt) =>
        Assert.Equal(new NextRun(July, 1, July), Next(June.AddMinutes(5), June, Run(state, attempt, June.AddMinutes(1))));

    [Fact]
    public void The_next_time_comes_before_a_further_try_of_the_last() =>
        Assert.Equal(new NextRun(July, 1, July), Next(July.AddSeconds(1), June, Run(RunState.Failed, 1, July)));

    private static NextRun? Next(DateTime now, DateTime? lastDue = null, RunRecord? last = null) =>
        NextRun.Of(Monthly, new(Since, lastDue), last, "ledger", isEmpty: false, now);

    private static RunRecord Run(RunState state, int attempt, DateTime ended) =>
        RunRecord.Begin(RunTrigger.Schedule, "a.zip", June) with { Schedule = Monthly.Key, DueAt = June, Attempt = attempt, State = state, EndedAt = ended };
}
