using System.Data.Common;
using CineLedger.Storage;

namespace CineLedger.Reports;

/// <summary>What the loads between two snapshots brought, in short. A movie that two of them changed counts twice.</summary>
/// <param name="Snapshot">The snapshot that was seen before.</param>
/// <param name="Snapshots">How many were published after it; 0 where it is still the newest.</param>
/// <param name="Added">Movies added by them.</param>
/// <param name="Changed">Movies changed by them.</param>
/// <param name="Removed">Movies removed by them.</param>
public sealed record ChangesSince(int Snapshot, long Snapshots, long Added, long Changed, long Removed)
{
    /// <summary>From <paramref name="seen"/>, left out, to <paramref name="upTo"/>, included.</summary>
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
