using CineLedger.Model;

namespace CineLedger.Loading.Schedules;

/// <summary>The load that a schedule begins next.</summary>
/// <param name="DueAt">The schedule's time that it is for.</param>
/// <param name="Attempt">1, or more where it is tried again.</param>
/// <param name="BeginAt">When it begins: now, or later, or long ago where it was missed.</param>
public readonly record struct NextLoad(DateTime DueAt, int Attempt, DateTime BeginAt)
{
    /// <summary>A time is tried so often; then the next one is waited for.</summary>
    public const int MaxAttempts = 8;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

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
    public static NextLoad? Determine(LoadSchedule schedule, ScheduleRecord known, LoadRecord? last, string ledger, bool isEmpty, DateTime now)
    {
        if (known.LastDue is null && isEmpty)
        {
            return new(known.Since, 1, known.Since);
        }

        if (schedule.GetLatest(known.LastDue ?? known.Since, now) is { } due)
        {
            return CreateFirst(due);
        }

        // Not written down any more, or of an older time: nothing to try again.
        if (last is { DueAt: { } tried } && tried == known.LastDue && last.Attempt < MaxAttempts && GetRetryTime(last) is { } again)
        {
            return new(tried, last.Attempt + 1, again);
        }

        return schedule.GetNext(now) is { } next ? CreateFirst(next) : null;

        NextLoad CreateFirst(DateTime time) => new(time, 1, time + schedule.GetJitter(time, ledger));
    }

    /// <summary>When a load that ended badly is tried again; null where it is not.</summary>
    private static DateTime? GetRetryTime(LoadRecord last) => last.State switch
    {
        LoadState.Failed or LoadState.Lost => last.EndedAt + GetWait(last.Attempt),
        LoadState.Cancelled => last.EndedAt,
        _ => null,
    };

    internal static TimeSpan GetWait(int attempt) => FirstWait * Math.Pow(2, attempt - 1) is var wait && wait < MaxWait ? wait : MaxWait;
}
