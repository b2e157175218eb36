using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Storage.Postgres;

namespace CineLedger.Loading.Schedules;

/// <summary>A ledger's record of a schedule. Times are UTC, by the ledger's clock.</summary>
/// <param name="Since">When a server first used the schedule; earlier times are not due.</param>
/// <param name="LastDue">The latest scheduled time for which a load was begun; null before the first.</param>
public sealed record ScheduleRecord(DateTime Since, DateTime? LastDue);

/// <summary>Reads and writes the table of schedules, which holds the latest time of each for which any node began a load.</summary>
internal static class ScheduleRows
{
    /// <summary>Reads the record of a schedule, and creates it for a new schedule.</summary>
    public static async Task<ScheduleRecord> ReadAsync(DbConnection connection, LoadSchedule schedule, DateTime now, CancellationToken cancellationToken)
    {
        if (await FindAsync(connection, schedule, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        try
        {
            await connection.ExecuteAsync(
                "INSERT INTO load_schedule (schedule, cron, time_zone, source, since) VALUES ($1, $2, $3, $4, $5)",
                cancellationToken, schedule.Key, schedule.Cron, schedule.Zone.Id, schedule.DisplayName, now).ConfigureAwait(false);
        }
        catch (DbException error) when (PostgresErrors.IsUniqueViolation(error))
        {
            // Another node inserted it first.
        }

        return (await FindAsync(connection, schedule, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>
    /// Claims the load of a scheduled time for this node; returns false when another node has claimed it. The claim is a row that is unique by schedule,
    /// time and attempt.
    /// </summary>
    public static async Task<bool> ClaimAsync(DbConnection connection, LoadRecord load, CancellationToken cancellationToken)
    {
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var isOurs = await connection.ExecuteAsync(
                    "UPDATE load_schedule SET last_due = $2 WHERE schedule = $1 AND (last_due IS NULL OR last_due < $2 OR (last_due = $2 AND $3 > 1))",
                    cancellationToken, load.Schedule, load.DueAt, load.Attempt).ConfigureAwait(false) == 1;
                if (isOurs)
                {
                    await LoadRows.InsertAsync(connection, load, cancellationToken).ConfigureAwait(false);
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                }

                return isOurs;
            }
        }
        catch (DbException error) when (PostgresErrors.IsUniqueViolation(error))
        {
            return false;
        }
    }

    private static async Task<ScheduleRecord?> FindAsync(DbConnection connection, LoadSchedule schedule, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            "SELECT since, last_due FROM load_schedule WHERE schedule = $1",
            row => new ScheduleRecord(ToUtc(row.GetDateTime(0)), row.IsDBNull(1) ? null : ToUtc(row.GetDateTime(1))),
            cancellationToken,
            schedule.Key).ConfigureAwait(false) is [var known, ..] ? known : null;

    private static DateTime ToUtc(DateTime plain) => DateTime.SpecifyKind(plain, DateTimeKind.Utc);
}
