namespace CineLedger.Cli;

/// <summary>Estimates how long an activity will still take, from the share that is done.</summary>
internal sealed class RemainingTime
{
    /// <summary>The share after which the speed is known well enough.</summary>
    private const double MinShare = 0.03;

    /// <summary>The weight of a new estimate, so that a short pause does not move the shown time much.</summary>
    private const double Weight = 0.2;

    private static readonly TimeSpan MinElapsed = TimeSpan.FromSeconds(1);

    private string? _activity;
    private (TimeSpan Time, double Share) _start;
    private TimeSpan _last;
    private double? _seconds;

    /// <summary>Returns the remaining time; null as long as it is unknown.</summary>
    /// <param name="activity">The activity; each has its own speed.</param>
    /// <param name="share">The share that is done, from 0 to 1.</param>
    /// <param name="elapsed">The time since the program started.</param>
    public TimeSpan? Update(string activity, double share, TimeSpan elapsed)
    {
        if (activity != _activity)
        {
            (_activity, _start, _seconds) = (activity, (elapsed, share), null);
        }

        var (passed, done) = (elapsed - _start.Time, share - _start.Share);
        if (done < MinShare || passed < MinElapsed)
        {
            return null;
        }

        var estimate = passed.TotalSeconds * (1 - share) / done;
        _seconds = _seconds is { } before ? ((1 - Weight) * Math.Max(0, before - (elapsed - _last).TotalSeconds)) + (Weight * estimate) : estimate;
        _last = elapsed;
        return TimeSpan.FromSeconds(_seconds.Value);
    }

    /// <summary>Formats a remaining time: <c>12 s left</c>, <c>3 min left</c>.</summary>
    public static string Format(TimeSpan time) => time.TotalSeconds < 90
        ? FormattableString.Invariant($"{Math.Ceiling(time.TotalSeconds):N0} s left")
        : FormattableString.Invariant($"{Math.Ceiling(time.TotalMinutes):N0} min left");
}
