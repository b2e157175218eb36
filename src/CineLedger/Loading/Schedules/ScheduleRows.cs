using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Storage.Operations;

namespace CineLedger.Loading.Schedules;

/// <summary>What a ledger knows of a schedule. Times are UTC, by the ledger's clock.</summary>
/// <param name="Since">When a server first had it: what was due before is not its own.</param>
/// <param name="LastDue">The newest time that a load was begun for; null before the first.</param>
public sealed record ScheduleRecord(DateTime Since, DateTime? LastDue);

/// <summary>The table of schedules: which time of each was the last that a load was begun for, whichever node did.</summary>
internal static class ScheduleRows
{
    /// <summary>What is known of a schedule, which is written down where it is new.</summary>
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
            // Another node was quicker.
        }

        return (await FindAsync(connection, schedule, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>
    /// Begins the load of a time in the name of all nodes; false where another has. The row that says so is unique by schedule, time and
    /// attempt.
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
