using System.Globalization;
using CineLedger.Loading;
using CineLedger.Loading.Schedules;
using CineLedger.Model;
using CsCheck;

namespace CineLedger.Tests.Loading;

/// <summary>Tests when the times of a schedule are due.</summary>
public sealed class ScheduleTimesTests
{
    private static readonly DateTime Now = Utc("2024-05-15T12:00:00");
    private static readonly string[] Crons = ["0 6 1 * *", "30 2 * * *", "*/7 * * * *", "0 0 L * *", "15 1 29 2 *", "0 12 * * 7"];
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe"];

    [Theory]
    [InlineData("0 6 1 * *", null, "2024-06-01T06:00:00 2024-07-01T06:00:00 2024-08-01T06:00:00")]
    [InlineData("  0  6 1 * * ", "Europe/Berlin", "2024-06-01T04:00:00 2024-07-01T04:00:00 2024-08-01T04:00:00")]
    [InlineData("@monthly", null, "2024-06-01T00:00:00 2024-07-01T00:00:00 2024-08-01T00:00:00")]
    [InlineData("0 6 L * *", null, "2024-05-31T06:00:00 2024-06-30T06:00:00 2024-07-31T06:00:00")]
    [InlineData("0 6 31 * *", null, "2024-05-31T06:00:00 2024-07-31T06:00:00 2024-08-31T06:00:00")]
    [InlineData("0 6 29 2 *", null, "2028-02-29T06:00:00 2032-02-29T06:00:00 2036-02-29T06:00:00")]
    [InlineData("*/20 * * * * *", null, "2024-05-15T12:00:20 2024-05-15T12:00:40 2024-05-15T12:01:00")]
    public void Times_follow_crontab_rules_in_the_given_time_zone(string cron, string? zone, string times)
    {
        var schedule = Schedule(cron, zone);
        var next = new List<DateTime>();
        for (var at = Now; next.Count < 3; at = next[^1])
        {
            next.Add(schedule.GetNext(at)!.Value);
        }

        Assert.Equal(times.Split(' ').Select(Utc), next);
    }

    [Fact]
    public void A_time_skipped_when_clocks_go_forward_is_due_right_after_the_gap()
    {
        // On 2024-03-31, clocks in Berlin jump from 2:00 to 3:00.
        var schedule = Schedule("30 2 * * *", "Europe/Berlin");
        Assert.Equal(Utc("2024-03-31T01:00:00"), schedule.GetNext(Utc("2024-03-30T12:00:00")));
        Assert.Equal(Utc("2024-04-01T00:30:00"), schedule.GetNext(Utc("2024-03-31T01:00:00")));
    }

    [Theory]
    [InlineData("2024-03-31T00:59:59", "2024-03-30T01:30:00")]
    [InlineData("2024-03-31T01:00:00", "2024-03-31T01:00:00")]
    [InlineData("2024-03-31T12:00:00", "2024-03-31T01:00:00")]
    public void The_latest_due_time_is_unique_when_clocks_go_forward(string now, string last) =>
        Assert.Equal(Utc(last), Schedule("30 2 * * *", "Europe/Berlin").GetLatest(Utc("2024-01-01T00:00:00"), Utc(now)));

    [Fact]
    public void A_time_repeated_when_clocks_go_back_is_due_once()
    {
        var schedule = Schedule("30 2 * * *", "Europe/Berlin");
        Assert.Equal(Utc("2024-10-27T00:30:00"), schedule.GetNext(Utc("2024-10-26T12:00:00")));
        Assert.Equal(Utc("2024-10-28T01:30:00"), schedule.GetNext(Utc("2024-10-27T00:30:00")));
    }

    [Fact]
    public void The_latest_due_time_is_found_without_enumerating_earlier_ones()
    {
        var schedule = Schedule("* * * * * *");
        Assert.Equal(Utc("2024-05-15T12:00:00"), schedule.GetLatest(Utc("1994-05-15T12:00:00"), Now));
        Assert.Null(schedule.GetLatest(Now, Now));
        Assert.Equal(Utc("2024-05-01T06:00:00"), Schedule("0 6 1 * *").GetLatest(Utc("2024-01-01T00:00:00"), Now));
        Assert.Null(Schedule("0 6 1 * *").GetLatest(Utc("2024-05-01T06:00:00"), Now));
    }

    [Fact]
    public void The_last_time_is_the_one_that_is_followed_by_a_later_one_in_any_zone() =>
        Gen.Select(
            Gen.Int[0, Crons.Length - 1].Select(i => Crons[i]),
            Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]),
            Gen.Int[0, 40 * 365 * 24 * 60]).Sample((cron, zone, minute) =>
        {
            var schedule = Schedule(cron, zone);
            var now = Utc("1995-01-01T00:00:00").AddMinutes(minute);
            var last = schedule.GetLatest(now.AddYears(-9), now)!.Value;
            Assert.True(last <= now && schedule.GetNext(last) > now, $"{last:o}");
        });

    [Theory]
    [InlineData("", "it has 0 fields")]
    [InlineData("monthly", "it has 1 field;")]
    [InlineData("0 6 1 *", "it has 4 fields")]
    [InlineData("0 6 1 * * * *", "it has 7 fields")]
    [InlineData("60 6 1 * *", "minutes: Value must be a number between 0 and 59")]
    [InlineData("0 6 1 * funday", "days of week")]
    [InlineData("@sometimes", "is not a schedule")]
    [InlineData("0 6 31 2 *", "never occurs")]
    [InlineData("0 6 1 * *\n", null)]
    public void An_invalid_schedule_is_a_one_line_error_with_an_example(string cron, string? reason)
    {
        if (reason is null)
        {
            Schedule(cron);
            return;
        }

        var error = Assert.Throws<UsageException>(() => Schedule(cron));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("\"0 6 1 * *\" is 6:00 on the first of every month", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void An_unknown_zone_a_too_long_jitter_and_standard_input_are_refused()
    {
        Assert.Contains("unknown time zone 'Mars/Olympus'", Assert.Throws<UsageException>(() => Schedule("0 6 1 * *", "Mars/Olympus")).Message, StringComparison.Ordinal);
        Assert.Contains("300 seconds must be less than the 300", Assert.Throws<UsageException>(() => Schedule("*/5 * * * *", jitter: 300)).Message, StringComparison.Ordinal);
        Assert.Contains("standard input", Assert.Throws<UsageException>(() => LoadSchedule.Parse("0 6 1 * *", null, default, "-", new(), Now)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Jitter_is_equal_on_all_nodes_of_a_ledger_and_never_exceeds_its_limit()
    {
        var schedule = Schedule("*/10 * * * *", jitter: 599);
        var waits = Enumerable.Range(0, 500).Select(i => schedule.GetJitter(Now.AddMinutes(10 * i), "ledger").TotalSeconds).ToList();
        Assert.All(waits, wait => Assert.InRange(wait, 0, 599));
        Assert.InRange(waits.Average(), 200, 400);
        Assert.Equal(waits[0], Schedule("*/10 * * * *", jitter: 599).GetJitter(Now, "ledger").TotalSeconds);
        Assert.NotEqual(waits[0], schedule.GetJitter(Now, "another").TotalSeconds);
        Assert.Equal(TimeSpan.Zero, Schedule("*/10 * * * *").GetJitter(Now, "ledger"));
    }

    [Fact]
    public void A_schedule_with_other_times_source_or_options_is_a_different_schedule()
    {
        var keys = new[]
        {
            Schedule("0 6 1 * *"), Schedule("0 7 1 * *"), Schedule("0 6 1 * *", "Europe/Berlin"), LoadSchedule.Parse("0 6 1 * *", null, default, "b.zip", new(), Now),
            LoadSchedule.Parse("0 6 1 * *", null, default, "a.zip", new() { IsMerge = true }, Now),
        }.Select(schedule => schedule.Key).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Equal(keys[0], Schedule(" 0 6  1 * *", jitter: 60).Key);
    }

    internal static LoadSchedule Schedule(string cron, string? zone = null, int jitter = 0) =>
        LoadSchedule.Parse(cron, zone, TimeSpan.FromSeconds(jitter), "a.zip", new LoadOptions(), Now);

    internal static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
