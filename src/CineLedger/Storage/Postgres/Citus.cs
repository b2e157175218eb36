using System.Data.Common;
using System.Globalization;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Writing;

namespace CineLedger.Storage.Postgres;

/// <summary>
/// A ledger over several machines by the Citus extension, where the database has it: movies and their links are distributed by movie, and
/// lie together, so that a report's joins and groups run on the workers; names and snapshots stand on every node.
/// </summary>
internal static class Citus
{
    /// <summary>Before the distributed ones: names are referred to.</summary>
    private static readonly string[] Reference = ["snapshot", "company", "genre", "country", "language", "person", "keyword"];

    private static readonly string[] Distributed = ["movie", .. RelatedWriter.LinkTables, .. RelatedTables.All];

    /// <summary>
    /// For every session; without the extension it means nothing. A load writes names, which stand on all nodes, and links, which are
    /// distributed, in one transaction: that is possible one shard after the other, not at once.
    /// </summary>
    public const string Settings = "-c citus.multi_shard_modify_mode=sequential";

    public static async Task<bool> IsInstalledAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync("SELECT 1 FROM pg_extension WHERE extname = 'citus'", cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Distributes the ledger's tables that are not yet.</summary>
    /// <param name="connection">To the coordinator.</param>
    /// <param name="shards">How many shards a distributed table gets; null for Citus's own number (citus.shard_count).</param>
    /// <param name="cancellationToken">Ends it early.</param>
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
