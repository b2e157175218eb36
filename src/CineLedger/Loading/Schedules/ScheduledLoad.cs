using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Loading.Schedules;

/// <summary>Reads and claims the next load of a schedule, shared by all nodes of a ledger.</summary>
public static class ScheduledLoad
{
    /// <summary>Reads the status of a schedule.</summary>
    /// <param name="connection">A connection from <see cref="LedgerPool.RentWriterAsync"/> or the ledger's own.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="ledger">The ledger's name.</param>
    /// <param name="now">The time of the ledger's clock.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
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
    /// Claims the due load for this node; returns null when none is due. The ledger is locked for this load, so no other node can claim it, and any
    /// load still recorded as running has died.
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

/// <summary>The status of a schedule.</summary>
/// <param name="Next">The next load; null when the schedule has no further times.</param>
/// <param name="Last">The last load; null when there was none or its record is gone.</param>
/// <param name="LastDue">The latest scheduled time for which a load was begun; null before the first.</param>
public sealed record ScheduleStatus(NextLoad? Next, LoadRecord? Last, DateTime? LastDue)
{
    /// <summary>Gets when a load last succeeded, regardless of its trigger.</summary>
    public DateTime? LastSuccess { get; init; }

    /// <summary>Gets whether the last load is running on a node or has died there.</summary>
    public bool IsRunning => Last is { State: LoadState.Running };

    /// <summary>Returns the scheduled time since which the ledger has been waiting for a successful load; null when it is not waiting.</summary>
    public DateTime? GetWaitingSince(DateTime now) => Next is { Attempt: 1 } next && next.DueAt <= now
        ? next.DueAt
        : Last is { State: LoadState.Published or LoadState.Unchanged } ? null : LastDue;
}
