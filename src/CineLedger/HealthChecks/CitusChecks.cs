using System.Data.Common;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;

namespace CineLedger.HealthChecks;

/// <summary>Checks a cluster with the Citus extension (version 11 or later) from its coordinator: every worker, and the sizes of all nodes.</summary>
internal static class CitusChecks
{
    private const string Advice = "start it, or replace it with citus_update_node: reports, loads and pushes need every worker";

    /// <summary>Returns the results for a ledger on a cluster; null if the database does not have the extension.</summary>
    public static async Task<IReadOnlyList<CheckResult>?> RunAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (!await Citus.IsInstalledAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var workers = await connection.QueryAsync(
            "SELECT nodename || ':' || nodeport, isactive FROM pg_dist_node WHERE groupid <> 0 AND noderole = 'primary' ORDER BY nodeid",
            row => (Name: row.GetString(0), IsActive: row.GetBoolean(1)),
            cancellationToken).ConfigureAwait(false);

        // Rows from a node that does not respond have no result.
        var connections = await connection.QueryAsync(
            "SELECT from_nodename || ':' || from_nodeport, to_nodename || ':' || to_nodeport, result FROM citus_check_cluster_node_health() WHERE result IS NOT NULL",
            row => (From: row.GetString(0), To: row.GetString(1), Succeeds: row.GetBoolean(2)),
            cancellationToken).ConfigureAwait(false);
        List<CheckResult> results =
        [
            .. workers.Select(worker => !worker.IsActive
                ? CheckResult.Unhealthy("worker", $"{worker.Name} is disabled", "start it and run citus_activate_node: until then, reports, loads and pushes fail")
                : CheckWorker(worker.Name, [.. connections.Where(pair => pair.To == worker.Name)])),
            await CheckSizeAsync(connection, cancellationToken).ConfigureAwait(false),
        ];
        return results;
    }

    private static CheckResult CheckWorker(string name, IReadOnlyList<(string From, string To, bool Succeeds)> connections)
    {
        var failed = connections.Where(pair => !pair.Succeeds).Select(pair => pair.From).ToList();
        return failed.Count == 0 ? CheckResult.Healthy("worker", $"{name} responds")
            : failed.Count == connections.Count ? CheckResult.Unhealthy("worker", $"{name} does not respond", Advice)
            : CheckResult.Unhealthy("worker", $"{name} cannot be reached from {string.Join(", ", failed)}", "allow connections between all nodes (pg_hba.conf, firewall)");
    }

    /// <summary>Sums the sizes of the database on the coordinator and all workers.</summary>
    private static async Task<CheckResult> CheckSizeAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var sizes = await connection.QueryAsync(
            "SELECT CASE WHEN success THEN result::bigint END FROM run_command_on_all_nodes('SELECT pg_database_size(current_database())', true, true)",
            row => row.IsDBNull(0) ? (long?)null : row.GetInt64(0),
            cancellationToken).ConfigureAwait(false);
        var unknown = sizes.Count(size => size is null);
        var total = CheckFormatting.FormatSize(sizes.Sum() ?? 0);
        return unknown == 0
            ? CheckResult.Healthy("size", FormattableString.Invariant($"the database uses {total} on {sizes.Count} nodes"))
            : CheckResult.Warning(
                "size", FormattableString.Invariant($"the database uses {total} on {sizes.Count - unknown} of {sizes.Count} nodes"), "the size is incomplete until every node responds");
    }
}
