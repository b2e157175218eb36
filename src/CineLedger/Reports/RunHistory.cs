using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;

namespace CineLedger.Reports;

/// <summary>
/// All loads that a ledger knows of: those that were written down, and where nobody did, before the ledger kept them or in the ledger that
/// it is a copy of, what their snapshots tell. Pushes and batches of a stream are none.
/// </summary>
public static class RunHistory
{
    private const string OfSnapshot = "snapshot-";

    private static readonly string OfRuns = $"SELECT {RunRows.Columns}, finding_count FROM load_run";

    private const string OfSnapshots =
        $"""
        SELECT 'snapshot-' || snapshot_id AS run_id, CAST(NULL AS TEXT) AS trigger, CAST(NULL AS TEXT) AS node, source, source_version, state,
               CAST(NULL AS TEXT) AS schedule, CAST(NULL AS TIMESTAMP) AS due_at, 1 AS attempt, started_at, published_at AS ended_at, snapshot_id,
               records, movies, added, changed, removed, CAST(NULL AS TEXT) AS findings, CAST(NULL AS TEXT) AS error, CAST(NULL AS BIGINT) AS finding_count
        FROM snapshot WHERE state = 'published' AND {ChangeSources.IsLoad}
        """;

    /// <summary>The loads, the newest first.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<IReadOnlyList<RunRecord>> ListAsync(DbConnection connection, RunFilter filter, CancellationToken cancellationToken)
    {
        var sql = new SqlText();
        sql.Text = $"SELECT {RunRows.Columns} FROM ({await AllAsync(connection, cancellationToken).ConfigureAwait(false)}) r{Where(sql, filter)}";
        return await connection.QueryAsync(sql.Text, RunRows.Read, cancellationToken, [.. sql.Parameters]).ConfigureAwait(false);
    }

    /// <summary>The load of that name, <c>snapshot-7</c> for the one that made snapshot 7; null where none is known.</summary>
    public static async Task<RunRecord?> FindAsync(DbConnection connection, string id, CancellationToken cancellationToken)
    {
        if (await RunRows.AreThereAsync(connection, cancellationToken).ConfigureAwait(false)
            && await RunRows.FindAsync(connection, id, cancellationToken).ConfigureAwait(false) is { } run)
        {
            return run;
        }

        return id.StartsWith(OfSnapshot, StringComparison.Ordinal) && int.TryParse(id.AsSpan(OfSnapshot.Length), out var number)
            ? await connection.QueryAsync($"SELECT {RunRows.Columns} FROM ({OfSnapshots}) r WHERE snapshot_id = $1", RunRows.Read, cancellationToken, number)
                .ConfigureAwait(false) is [var made, ..] ? made : null
            : null;
    }

    /// <summary>A SELECT of all, whatever the ledger's age.</summary>
    internal static async Task<string> AllAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await RunRows.AreThereAsync(connection, cancellationToken).ConfigureAwait(false)
            ? $"""
               {OfRuns}
               UNION ALL
               {OfSnapshots} AND NOT EXISTS (SELECT 1 FROM load_run l WHERE l.state = 'published' AND l.snapshot_id = snapshot.snapshot_id)
               """
            : OfSnapshots;

    /// <summary>What of them, in which order, and how many.</summary>
    internal static string Where(SqlText sql, RunFilter filter)
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

        return $"{(conditions.Count > 0 ? $"\nWHERE {string.Join(" AND ", conditions)}" : "")}\nORDER BY started_at DESC, run_id DESC{sql.Page(filter.Limit, 0)}";
    }
}

/// <summary>Which loads; null for any.</summary>
public sealed record RunFilter
{
    /// <summary>One of <see cref="RunWords.States"/>.</summary>
    public string? State { get; init; }

    /// <summary>One of <see cref="RunWords.Triggers"/>.</summary>
    public string? Trigger { get; init; }

    /// <summary>Those that come after this one in a list, the newest first.</summary>
    public (DateTime StartedAt, string Id)? Before { get; init; }

    public int? Limit { get; init; }
}
