using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Loading.Schedules;

/// <summary>What a schedule does next on a ledger, as all nodes see it.</summary>
public static class ScheduledLoad
{
    /// <summary>Where things stand.</summary>
    /// <param name="connection">Of <see cref="LedgerPool.RentWriterAsync"/>, or the ledger's own.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="ledger">The ledger's name.</param>
    /// <param name="now">By the ledger's clock.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<ScheduleStatus> ReadAsync(
        DbConnection connection, LoadSchedule schedule, string ledger, DateTime now, CancellationToken cancellationToken)
    {
        var known = await ScheduleRows.ReadAsync(connection, schedule, now, cancellationToken).ConfigureAwait(false);
        var last = await LoadRows.FindLastAsync(connection, schedule.Key, cancellationToken).ConfigureAwait(false);
        var isEmpty = known.LastDue is null && await SnapshotRows.FindLatestAsync(connection, cancellationToken).ConfigureAwait(false) is null;
        return new ScheduleStatus(NextLoad.Determine(schedule, known, last, ledger, isEmpty, now), last, known.LastDue)
        {
            LastSuccess = await LoadRows.FindLastSuccessAsync(connection, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>
    /// Takes the load that is due in hand, in the name of all nodes; null where none is due by now. The ledger is locked for this load, so that
    /// no other node does the same, and whatever is still running by its row has died.
    /// </summary>
    public static async Task<LoadRecord?> ClaimAsync(Ledger ledger, LoadSchedule schedule, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await LoadRows.MarkLostAsync(ledger.Connection, now, cancellationToken).ConfigureAwait(false);
        var status = await ReadAsync(ledger.Connection, schedule, ledger.Name, now, cancellationToken).ConfigureAwait(false);
        if (status.Next is not { } next || next.BeginAt > now)
        {
            return null;
        }

        var run = LoadRecord.Begin(LoadTrigger.Schedule, schedule.DisplayName, now) with { Schedule = schedule.Key, DueAt = next.DueAt, Attempt = next.Attempt };
        return await ScheduleRows.ClaimAsync(ledger.Connection, run, cancellationToken).ConfigureAwait(false) ? run : null;
    }
}

/// <summary>Where a schedule stands.</summary>
/// <param name="Next">What it begins next; null where no time ever comes any more.</param>
/// <param name="Last">The last load that it began; null where it never has, or nobody remembers.</param>
/// <param name="LastDue">The newest time that a load was begun for; null before the first.</param>
public sealed record ScheduleStatus(NextLoad? Next, LoadRecord? Last, DateTime? LastDue)
{
    /// <summary>When a load last ended well, whatever began it.</summary>
    public DateTime? LastSuccess { get; init; }

    /// <summary>The last load is under way on some node, or has died there.</summary>
    public bool IsUnderWay => Last is { State: LoadState.Running };

    /// <summary>Since when the ledger waits for a load of this schedule to end well: the newest time that has come; null where it does not.</summary>
    public DateTime? GetWaitingSince(DateTime now) => Next is { Attempt: 1 } next && next.DueAt <= now
        ? next.DueAt
        : Last is { State: LoadState.Published or LoadState.Unchanged } ? null : LastDue;
}
