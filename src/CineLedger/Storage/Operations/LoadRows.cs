using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Operations;

/// <summary>The table of loads: a row is inserted when a load starts, under the ledger's lock, and completed when it ends.</summary>
public static class LoadRows
{
    /// <summary>
    /// The number of loads kept per trigger, or slightly more. Counted per trigger so that many small loads do not push out the monthly ones.
    /// </summary>
    internal const int MaxKept = 1_000;

    internal const string Columns =
        "run_id, trigger, node, source, source_version, state, schedule, due_at, attempt, started_at, ended_at, snapshot_id, records, movies, added, changed, removed, "
        + "findings, error";

    private const string LostReason = "its process ended without recording a result: it was killed or the machine failed. Nothing was published.";

    /// <summary>Whether a ledger records its loads. An older ledger does not until it is next written to.</summary>
    public static Task<bool> ExistsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Migrations.HasLoadsAsync(connection, cancellationToken);

    /// <summary>
    /// Records the start of a load. The caller holds the ledger's lock, so any other load marked as running has died and is marked as lost.
    /// </summary>
    public static async Task BeginAsync(DbConnection connection, LoadRecord load, CancellationToken cancellationToken)
    {
        await MarkLostAsync(connection, load.StartedAt, cancellationToken).ConfigureAwait(false);
        await InsertAsync(connection, load, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Marks all running loads as lost. The caller must hold the ledger's lock, so that none of them can still be running.</summary>
    public static async Task MarkLostAsync(DbConnection connection, DateTime now, CancellationToken cancellationToken)
    {
        foreach (var run in await ReadAsync(connection, "WHERE state = 'running'", cancellationToken).ConfigureAwait(false))
        {
            await EndAsync(connection, run with { State = LoadState.Lost, EndedAt = now, Error = LostReason }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Records a load's outcome, queues webhook deliveries about it, and occasionally deletes the oldest loads.</summary>
    public static async Task EndAsync(DbConnection connection, LoadRecord load, CancellationToken cancellationToken)
    {
        if (WebhookEvents.FromState(load.State) is null && !ShouldDeleteOldest(load) && !GateRows.HasRows(load))
        {
            // One statement without a transaction in the common case, because a small load takes hardly longer than that statement.
            await UpdateAsync(connection, load, cancellationToken).ConfigureAwait(false);
            return;
        }

        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await UpdateAsync(connection, load, cancellationToken).ConfigureAwait(false);
            await GateRows.InsertAsync(connection, load, cancellationToken).ConfigureAwait(false);
            await AfterEndAsync(connection, load, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Records a load whose start was not recorded: it ended before it acquired the ledger's lock, or is a batch of changes.</summary>
    public static async Task RecordAsync(DbConnection connection, LoadRecord load, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await InsertEndedAsync(connection, load, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Does the same in the caller's transaction.</summary>
    internal static async Task InsertEndedAsync(DbConnection connection, LoadRecord load, CancellationToken cancellationToken)
    {
        await InsertAsync(connection, load, cancellationToken).ConfigureAwait(false);
        await UpdateAsync(connection, load, cancellationToken).ConfigureAwait(false);
        await GateRows.InsertAsync(connection, load, cancellationToken).ConfigureAwait(false);
        await AfterEndAsync(connection, load, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Inserts the row of a load.</summary>
    internal static Task InsertAsync(DbConnection connection, LoadRecord load, CancellationToken cancellationToken) => connection.ExecuteAsync(
        """
        INSERT INTO load_run (run_id, trigger, node, source, state, schedule, due_at, attempt, started_at, ended_at, error)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        cancellationToken,
        [
            load.Id, LoadNames.GetName(load.Trigger!.Value), load.Node, load.Source, LoadNames.GetName(load.State), load.Schedule, load.DueAt, load.Attempt, load.StartedAt,
            load.EndedAt, load.Error,
        ]);

    /// <summary>Returns the load with an ID, or null.</summary>
    public static async Task<LoadRecord?> FindAsync(DbConnection connection, string id, CancellationToken cancellationToken) =>
        await ReadAsync(connection, "WHERE run_id = $1", cancellationToken, id).ConfigureAwait(false) is [var run, ..] ? run : null;

    /// <summary>Returns the last load that a schedule started, or null.</summary>
    public static async Task<LoadRecord?> FindLastAsync(DbConnection connection, string schedule, CancellationToken cancellationToken) =>
        await ReadAsync(connection, "WHERE schedule = $1 ORDER BY due_at DESC, attempt DESC LIMIT 1", cancellationToken, schedule).ConfigureAwait(false) is [var run, ..]
            ? run
            : null;

    /// <summary>Returns when a load last succeeded, whatever triggered it, or null. Pushes and streams say nothing about the source of loads.</summary>
    public static async Task<DateTime?> FindLastSuccessAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync(
            "SELECT MAX(ended_at) FROM load_run WHERE state IN ('published', 'unchanged') AND trigger NOT IN ('push', 'stream')", cancellationToken).ConfigureAwait(false) is DateTime ended
            ? DateTime.SpecifyKind(ended, DateTimeKind.Utc)
            : null;

    internal static async Task<IReadOnlyList<LoadRecord>> ReadAsync(DbConnection connection, string condition, CancellationToken cancellationToken, params object?[] parameters) =>
        await AddDetailsAsync(
            connection, await connection.QueryAsync($"SELECT {Columns} FROM load_run {condition}", Read, cancellationToken, parameters).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);

    /// <summary>Returns loads with related rows of other tables: gate violations, and columns that were not in the source.</summary>
    internal static async Task<IReadOnlyList<LoadRecord>> AddDetailsAsync(DbConnection connection, IReadOnlyList<LoadRecord> loads, CancellationToken cancellationToken) =>
        await MissingColumnRows.AddAsync(
            connection, await GateRows.AddViolationsAsync(connection, loads, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    internal static LoadRecord Read(DbDataReader row) => new(
        row.GetString(0), row.IsDBNull(1) ? null : LoadNames.ParseTrigger(row.GetString(1)), row.GetText(2), row.GetString(3), GetUtc(row, 9) ?? default)
    {
        SourceVersion = row.GetText(4),
        State = LoadNames.ParseState(row.GetString(5)),
        Schedule = row.GetText(6),
        DueAt = GetUtc(row, 7),
        Attempt = row.GetInt32(8),
        EndedAt = GetUtc(row, 10),
        SnapshotId = row.IsDBNull(11) ? null : row.GetInt32(11),
        Counts = row.IsDBNull(12)
            ? null
            : new(row.GetInt64(12), row.GetInt64(13), row.GetInt64(14), row.GetInt64(15), row.GetInt64(16), ParseFindings(row.GetText(17) ?? "")),
        Error = row.GetText(18),
    };

    /// <summary>True for one load in sixteen, so that old rows are not looked for after every load.</summary>
    private static bool ShouldDeleteOldest(LoadRecord load) => load.Id.EndsWith('0');

    private static Task<int> UpdateAsync(DbConnection connection, LoadRecord load, CancellationToken cancellationToken) => connection.ExecuteAsync(
        """
        UPDATE load_run SET state = $2, ended_at = $3, snapshot_id = $4, source_version = $5, records = $6, movies = $7, added = $8, changed = $9,
            removed = $10, finding_count = $11, findings = $12, error = $13
        WHERE run_id = $1
        """,
        cancellationToken,
        [
            load.Id, LoadNames.GetName(load.State), load.EndedAt, load.SnapshotId, load.SourceVersion, load.Counts?.Records, load.Counts?.Movies, load.Counts?.Added,
            load.Counts?.Changed, load.Counts?.Removed, load.Counts?.Findings.Sum(finding => finding.Count), FormatFindings(load.Counts), load.Error,
        ]);

    private static async Task AfterEndAsync(DbConnection connection, LoadRecord load, CancellationToken cancellationToken)
    {
        if (WebhookEvents.FromState(load.State) is { } eventName)
        {
            await DeliveryRows.QueueAsync(connection, load, eventName, cancellationToken).ConfigureAwait(false);
        }

        if (!ShouldDeleteOldest(load))
        {
            return;
        }

        // The IDs are version 7 UUIDs, which sort by time.
        await connection.ExecuteAsync(
            """
            DELETE FROM load_run WHERE trigger = $1 AND state <> 'running'
              AND run_id < (SELECT run_id FROM load_run WHERE trigger = $1 ORDER BY run_id DESC LIMIT 1 OFFSET $2)
            """,
            cancellationToken, LoadNames.GetName(load.Trigger!.Value), MaxKept - 1).ConfigureAwait(false);
        foreach (var table in GateRows.Tables)
        {
            await connection.ExecuteAsync($"DELETE FROM {table} WHERE run_id NOT IN (SELECT run_id FROM load_run)", cancellationToken).ConfigureAwait(false);
        }
    }

    private static string? FormatFindings(LoadCounts? counts) => counts is null
        ? null
        : string.Join(", ", counts.Findings.Select(finding => string.Create(CultureInfo.InvariantCulture, $"{finding.Kind} {finding.Rule} {finding.Count}")));

    private static IReadOnlyList<LoadFindingCount> ParseFindings(string text) =>
    [
        .. text.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(finding => finding.Split(' '))
            .Select(words => new LoadFindingCount(words[0], words[1], long.Parse(words[2], CultureInfo.InvariantCulture))),
    ];

    private static DateTime? GetUtc(DbDataReader row, int column) => row.IsDBNull(column) ? null : DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);
}
