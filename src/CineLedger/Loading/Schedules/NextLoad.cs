using CineLedger.Model;

namespace CineLedger.Loading.Schedules;

/// <summary>The next load of a schedule.</summary>
/// <param name="DueAt">The scheduled time.</param>
/// <param name="Attempt">1 for the first attempt; higher for retries.</param>
/// <param name="BeginAt">When to begin; in the past when the load is overdue.</param>
public readonly record struct NextLoad(DateTime DueAt, int Attempt, DateTime BeginAt)
{
    /// <summary>The maximum number of attempts for one scheduled time.</summary>
    public const int MaxAttempts = 8;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxWait = TimeSpan.FromHours(1);

    /// <summary>
    /// Determines the next load. If several scheduled times were missed, only the last one is made up. A failed load is retried after one minute, two, four and so on up
    /// to an hour; a load canceled by a server's shutdown is retried at once; a load that a caller canceled is not, and neither is one rejected by a quality gate,
    /// because the same data would be rejected again. Returns null when the schedule has no further times.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="known">The ledger's record of the schedule.</param>
    /// <param name="last">The last load of the schedule; null when there was none.</param>
    /// <param name="ledger">The ledger's name, which determines the jitter.</param>
    /// <param name="isEmpty">Whether the ledger holds no snapshot; then the first load does not wait for its scheduled time.</param>
    /// <param name="now">The time of the ledger's clock.</param>
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

        // When the record is gone or belongs to an older time, there is nothing to retry.
        if (last is { DueAt: { } tried } && tried == known.LastDue && last.Attempt < MaxAttempts && GetRetryTime(last) is { } again)
        {
            return new(tried, last.Attempt + 1, again);
        }

        return schedule.GetNext(now) is { } next ? CreateFirst(next) : null;

        NextLoad CreateFirst(DateTime time) => new(time, 1, time + schedule.GetJitter(time, ledger));
    }

    /// <summary>Returns when an unsuccessful load is retried; null when it is not.</summary>
    private static DateTime? GetRetryTime(LoadRecord last) => last.State switch
    {
        LoadState.Failed or LoadState.Lost => last.EndedAt + GetWait(last.Attempt),
        LoadState.Cancelled when !last.IsCanceledByCaller => last.EndedAt,
        _ => null,
    };

    internal static TimeSpan GetWait(int attempt) => FirstWait * Math.Pow(2, attempt - 1) is var wait && wait < MaxWait ? wait : MaxWait;
}
