using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;

namespace CineLedger.Reports;

/// <summary>
/// Reads all known loads of a ledger: the recorded loads, and those known only from their snapshots because they are older than the records or come
/// from the ledger that this one was copied from. Pushes and stream batches are included only if a quality gate fired.
/// </summary>
public static class LoadHistory
{
    private const string SnapshotIdPrefix = "snapshot-";

    private static readonly string SelectLoads = $"SELECT {LoadRows.Columns}, finding_count FROM load_run";

    private const string SelectSnapshots =
        $"""
        SELECT 'snapshot-' || snapshot_id AS run_id, CAST(NULL AS TEXT) AS trigger, CAST(NULL AS TEXT) AS node, source, source_version, state,
               CAST(NULL AS TEXT) AS schedule, CAST(NULL AS TIMESTAMP) AS due_at, 1 AS attempt, started_at, published_at AS ended_at, snapshot_id,
               records, movies, added, changed, removed, CAST(NULL AS TEXT) AS findings, CAST(NULL AS TEXT) AS error, CAST(NULL AS BIGINT) AS finding_count
        FROM snapshot WHERE state = 'published' AND {ChangeSources.IsLoad}
        """;

    /// <summary>Lists the loads, the newest first.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="filter">Selects the loads.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<IReadOnlyList<LoadRecord>> ListAsync(DbConnection connection, LoadFilter filter, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder();
        sql.Text = $"SELECT {LoadRows.Columns} FROM ({await BuildSelectAsync(connection, cancellationToken).ConfigureAwait(false)}) r{BuildWhere(sql, filter)}";
        var loads = await connection.QueryAsync(sql.Text, LoadRows.Read, cancellationToken, [.. sql.Parameters]).ConfigureAwait(false);
        return await LoadRows.AddDetailsAsync(connection, loads, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the load with this ID, <c>snapshot-7</c> for the unrecorded load that created snapshot 7; null when it is unknown.</summary>
    public static async Task<LoadRecord?> FindAsync(DbConnection connection, string id, CancellationToken cancellationToken)
    {
        if (await LoadRows.ExistsAsync(connection, cancellationToken).ConfigureAwait(false)
            && await LoadRows.FindAsync(connection, id, cancellationToken).ConfigureAwait(false) is { } run)
        {
            return run;
        }

        if (!id.StartsWith(SnapshotIdPrefix, StringComparison.Ordinal) || !int.TryParse(id.AsSpan(SnapshotIdPrefix.Length), out var number))
        {
            return null;
        }

        var loads = await connection.QueryAsync($"SELECT {LoadRows.Columns} FROM ({SelectSnapshots}) r WHERE snapshot_id = $1", LoadRows.Read, cancellationToken, number)
            .ConfigureAwait(false);
        return await LoadRows.AddDetailsAsync(connection, loads, cancellationToken).ConfigureAwait(false) is [var made, ..] ? made : null;
    }

    /// <summary>Builds a SELECT of all loads that also works on ledgers without load records.</summary>
    internal static async Task<string> BuildSelectAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await LoadRows.ExistsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? $"""
               {SelectLoads}
               UNION ALL
               {SelectSnapshots} AND NOT EXISTS (SELECT 1 FROM load_run l WHERE l.state = 'published' AND l.snapshot_id = snapshot.snapshot_id)
               """
            : SelectSnapshots;

    /// <summary>Builds the clauses for the filter, the order and the limit.</summary>
    internal static string BuildWhere(SqlBuilder sql, LoadFilter filter)
    {
        List<string> conditions = [];
        if (filter.State is { } state)
        {
            conditions.Add($"state = {sql.Add(state)}");
        }

        if (filter.Trigger is { } trigger)
        {
            conditions.Add($"trigger = {sql.Add(trigger)}");
        }

        if (filter.Before is { } before)
        {
            var at = sql.Add(before.StartedAt);
            conditions.Add($"(started_at < {at} OR (started_at = {at} AND run_id < {sql.Add(before.Id)}))");
        }

        return $"{(conditions.Count > 0 ? $"\nWHERE {string.Join(" AND ", conditions)}" : "")}\nORDER BY started_at DESC, run_id DESC{sql.BuildPage(filter.Limit, 0)}";
    }
}

/// <summary>Selects loads; a null property matches any value.</summary>
public sealed record LoadFilter
{
    /// <summary>One of <see cref="LoadNames.States"/>.</summary>
    public string? State { get; init; }

    /// <summary>One of <see cref="LoadNames.Triggers"/>.</summary>
    public string? Trigger { get; init; }

    /// <summary>Only loads older than this one.</summary>
    public (DateTime StartedAt, string Id)? Before { get; init; }

    public int? Limit { get; init; }
}
