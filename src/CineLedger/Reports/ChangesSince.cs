using System.Data.Common;
using CineLedger.Storage;

namespace CineLedger.Reports;

/// <summary>A summary of what the loads between two snapshots changed. A movie that two loads changed counts twice.</summary>
/// <param name="Snapshot">The last snapshot that the client has seen.</param>
/// <param name="Snapshots">The number of snapshots published after it; 0 when it is still the newest.</param>
/// <param name="Added">Movies that they added.</param>
/// <param name="Changed">Movies that they changed.</param>
/// <param name="Removed">Movies that they removed.</param>
public sealed record ChangesSince(int Snapshot, long Snapshots, long Added, long Changed, long Removed)
{
    /// <summary>Counts the snapshots after <paramref name="seen"/>, up to and including <paramref name="upTo"/>.</summary>
    public static async Task<ChangesSince> ReadAsync(DbConnection connection, int seen, int upTo, CancellationToken cancellationToken) =>
        (await connection.QueryAsync(
            """
            SELECT COUNT(*), CAST(COALESCE(SUM(added), 0) AS BIGINT), CAST(COALESCE(SUM(changed), 0) AS BIGINT),
                   CAST(COALESCE(SUM(removed), 0) AS BIGINT)
            FROM snapshot WHERE state = 'published' AND snapshot_id > $1 AND snapshot_id <= $2
            """,
            row => new ChangesSince(seen, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            cancellationToken,
            seen,
            upTo).ConfigureAwait(false))[0];
}
