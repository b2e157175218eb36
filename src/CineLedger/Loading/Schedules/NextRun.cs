using CineLedger.Model;

namespace CineLedger.Loading.Schedules;

/// <summary>The load that a schedule begins next.</summary>
/// <param name="DueAt">The schedule's time that it is for.</param>
/// <param name="Attempt">1, or more where it is tried again.</param>
/// <param name="BeginAt">When it begins: now, or later, or long ago where it was missed.</param>
public readonly record struct NextRun(DateTime DueAt, int Attempt, DateTime BeginAt)
{
    /// <summary>A time is tried so often; then the next one is waited for.</summary>
    public const int MostAttempts = 8;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>
    /// What comes next. Of times that were missed the last one is caught up, in place of all. What failed is tried again after a minute, two,
    /// four and so on up to an hour; what a server's end stopped, at once; what a quality gate held back is not, since the same data would be
    /// held back again. Null where no time ever comes any more.
    /// </summary>
    /// <param name="schedule">The times.</param>
    /// <param name="known">What the ledger knows of it.</param>
    /// <param name="last">The last load that it began; null where it never has.</param>
    /// <param name="ledger">The ledger's name, which its jitter comes from.</param>
    /// <param name="isEmpty">The ledger holds no snapshot: the first load need not wait for its time.</param>
    /// <param name="now">By the ledger's clock.</param>
    public static NextRun? Of(LoadSchedule schedule, ScheduleRow known, RunRecord? last, string ledger, bool isEmpty, DateTime now)
    {
        if (known.LastDue is null && isEmpty)
        {
            return new(known.Since, 1, known.Since);
        }

        if (schedule.Latest(known.LastDue ?? known.Since, now) is { } due)
        {
            return First(due);
        }

        // Not written down any more, or of an older time: nothing to try again.
        if (last is { DueAt: { } tried } && tried == known.LastDue && last.Attempt < MostAttempts && Again(last) is { } again)
        {
            return new(tried, last.Attempt + 1, again);
        }

        return schedule.Next(now) is { } next ? First(next) : null;

        NextRun First(DateTime time) => new(time, 1, time + schedule.JitterOf(time, ledger));
    }

    /// <summary>When a load that ended badly is tried again; null where it is not.</summary>
    private static DateTime? Again(RunRecord last) => last.State switch
    {
        RunState.Failed or RunState.Lost => last.EndedAt + WaitAfter(last.Attempt),
        RunState.Cancelled => last.EndedAt,
        _ => null,
    };

    internal static TimeSpan WaitAfter(int attempt) => FirstWait * Math.Pow(2, attempt - 1) is var wait && wait < LongestWait ? wait : LongestWait;
}
