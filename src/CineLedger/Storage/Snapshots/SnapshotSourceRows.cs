using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Snapshots;

/// <summary>The table of the original files that each snapshot's load read, with their checksums.</summary>
public static class SnapshotSourceRows
{
    /// <summary>Returns the original files that a snapshot's load read, in order. Empty if it read no file or is older than this table.</summary>
    public static async Task<IReadOnlyList<SnapshotSource>> ReadAsync(DbConnection connection, int snapshotId, CancellationToken cancellationToken) =>
        await Migrations.HasSourcesAsync(connection, cancellationToken).ConfigureAwait(false)
            ? await connection.QueryAsync(
                "SELECT address, version, bytes, sha256, fetched_at FROM snapshot_source WHERE snapshot_id = $1 ORDER BY position",
                row => new SnapshotSource(row.GetString(0), row.GetText(1), row.GetInt64(2), row.GetString(3), DateTime.SpecifyKind(row.GetDateTime(4), DateTimeKind.Utc)),
                cancellationToken,
                snapshotId).ConfigureAwait(false)
            : [];

    /// <param name="connection">The connection, in the transaction that publishes.</param>
    /// <param name="snapshotId">The new snapshot.</param>
    /// <param name="sources">The original files that its load read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static async Task InsertAsync(
        DbConnection connection, int snapshotId, IReadOnlyList<SnapshotSource> sources, CancellationToken cancellationToken)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            var source = sources[i];
            await connection.ExecuteAsync(
                "INSERT INTO snapshot_source (snapshot_id, position, address, version, bytes, sha256, fetched_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                cancellationToken, snapshotId, i, source.Address, source.Version, source.Bytes, source.Sha256, source.FetchedAt).ConfigureAwait(false);
        }
    }
}
