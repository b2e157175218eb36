using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Writing;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>
/// Distributes a ledger over several machines if the database has the Citus extension. Movies and their links are distributed by movie and colocated,
/// so that a report's joins and groups run on the workers; names and snapshots are reference tables on every node.
/// </summary>
internal static partial class Citus
{
    /// <summary>Created before the distributed tables, which refer to the names.</summary>
    private static readonly string[] Reference = ["snapshot", "company", "genre", "country", "language", "person", "keyword", "studio", "studio_line", "company_studio", TotalRows.Table];

    private static readonly string[] Distributed = ["movie", .. RelatedWriter.LinkTables, .. RelatedTables.All];

    /// <summary>
    /// The settings of every session; without the extension they have no effect. A load writes names, which are on all nodes, and links, which are
    /// distributed, in one transaction. Citus allows that only if the shards are written sequentially.
    /// </summary>
    public const string Settings = "-c citus.multi_shard_modify_mode=sequential";

    public static async Task<bool> IsInstalledAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync("SELECT 1 FROM pg_extension WHERE extname = 'citus'", cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Returns the worker, as <c>host:port</c>, whose connection was lost or refused. Returns null if another failure caused the error.</summary>
    public static string? FindUnreachableWorker(PostgresException error)
    {
        // An error of libpq has no code, so that the coordinator reports an internal one, or an I/O error at the end of a COPY.
        var isLost = error.SqlState is ['0', '8', ..] or "57P01" or "57P02" or "57P03"
            || (error.SqlState == PostgresErrorCodes.InternalError && error.MessageText.Contains("connection", StringComparison.OrdinalIgnoreCase))
            || (error.SqlState == PostgresErrorCodes.IoError && error.MessageText.StartsWith("failed to COPY", StringComparison.Ordinal));
        return isLost && Worker().Match($"{error.MessageText}\n{error.Where}") is { Success: true } match ? match.Groups["node"].Value : null;
    }

    /// <summary>Distributes those of the ledger's tables that are not distributed yet.</summary>
    /// <param name="connection">A connection to the coordinator.</param>
    /// <param name="shards">The number of shards of a distributed table; null for Citus's default (citus.shard_count).</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task DistributeAsync(DbConnection connection, int? shards, CancellationToken cancellationToken)
    {
        var done = await connection.QueryAsync(
            "SELECT logicalrelid::TEXT FROM pg_dist_partition", row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        foreach (var table in Reference.Except(done))
        {
            await connection.ExecuteAsync($"SELECT create_reference_table('{table}')", cancellationToken).ConfigureAwait(false);
        }

        foreach (var table in Distributed.Except(done))
        {
            var how = table == "movie"
                ? shards is { } count ? string.Create(CultureInfo.InvariantCulture, $", shard_count => {count}") : ""
                : ", colocate_with => 'movie'";
            await connection.ExecuteAsync($"SELECT create_distributed_table('{table}', 'movie_id'{how})", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Matches a node in the extension's errors about connections: <c>user@host:port</c> or <c>host:port</c>.</summary>
    [GeneratedRegex(@"(?:^|[\s@])(?<node>[A-Za-z0-9._-]+:\d+)\b")]
    private static partial Regex Worker();
}
