using CineLedger.Cli;

namespace CineLedger.Tests.CommandLine;

public sealed class RemainingTimeTests
{
    [Fact]
    public void The_remaining_time_of_a_steady_activity_falls_to_zero()
    {
        var remaining = new RemainingTime();
        var shown = Enumerable.Range(1, 40).Select(step => remaining.Update("Loading", step / 40d, TimeSpan.FromSeconds(step))).ToList();
        Assert.All(shown.Take(2), Assert.Null);
        Assert.All(shown.Skip(2).Select((time, i) => (time, i)), at => Assert.Equal(37 - at.i, at.time!.Value.TotalSeconds, 1.5));
    }

    [Fact]
    public void A_pause_moves_it_only_a_little()
    {
        var remaining = new RemainingTime();
        _ = remaining.Update("Loading", 0, TimeSpan.Zero);
        var before = remaining.Update("Loading", 0.5, TimeSpan.FromSeconds(10))!.Value;
        var after = remaining.Update("Loading", 0.5, TimeSpan.FromSeconds(14))!.Value;
        Assert.InRange(after.TotalSeconds, before.TotalSeconds - 4, before.TotalSeconds);
    }

    [Fact]
    public void Each_activity_has_its_own_speed()
    {
        var remaining = new RemainingTime();
        _ = remaining.Update("Fetching", 0, TimeSpan.Zero);
        _ = remaining.Update("Fetching", 1, TimeSpan.FromSeconds(100));
        Assert.Null(remaining.Update("Loading", 0.1, TimeSpan.FromSeconds(100)));
        Assert.Equal(16, remaining.Update("Loading", 0.2, TimeSpan.FromSeconds(102))!.Value.TotalSeconds, 0.1);
    }

    [Theory]
    [InlineData(0.2, "1 s left")]
    [InlineData(89, "89 s left")]
    [InlineData(125, "3 min left")]
    public void It_is_shown_in_seconds_or_minutes(double seconds, string text) => Assert.Equal(text, RemainingTime.Format(TimeSpan.FromSeconds(seconds)));
}
