using System.Data.Common;
using System.Globalization;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;

namespace CineLedger.Storage.Postgres;

/// <summary>
/// Distributes a ledger over several machines if the database has the Citus extension. Movies and their links are distributed by movie and colocated,
/// so that a report's joins and groups run on the workers; names and snapshots are reference tables on every node.
/// </summary>
internal static class Citus
{
    /// <summary>Created before the distributed tables, which refer to the names.</summary>
    private static readonly string[] Reference = ["snapshot", "company", "genre", "country", "language", "person", "keyword"];

    private static readonly string[] Distributed = ["movie", .. RelatedWriter.LinkTables, .. RelatedTables.All];

    /// <summary>
    /// The settings of every session; without the extension they have no effect. A load writes names, which are on all nodes, and links, which are
    /// distributed, in one transaction. Citus allows that only if the shards are written sequentially.
    /// </summary>
    public const string Settings = "-c citus.multi_shard_modify_mode=sequential";

    public static async Task<bool> IsInstalledAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync("SELECT 1 FROM pg_extension WHERE extname = 'citus'", cancellationToken).ConfigureAwait(false) is not null;

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
}
