using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Storage.Operations;

/// <summary>Reads and writes the consumed offsets of a topic's partitions, per consumer group.</summary>
internal static class StreamOffsets
{
    /// <summary>Returns, by partition, the first offset that is not in the ledger. A partition that has not been consumed yet is missing.</summary>
    public static async Task<Dictionary<int, long>> ReadAsync(DbConnection connection, string group, string topic, CancellationToken cancellationToken)
    {
        var offsets = new Dictionary<int, long>();
        await connection.ReadEachAsync(
            "SELECT partition_number, next_offset FROM stream_offset WHERE consumer_group = $1 AND topic = $2",
            row => offsets[row.GetInt32(0)] = row.GetInt64(1),
            cancellationToken,
            group,
            topic).ConfigureAwait(false);
        return offsets;
    }

    /// <summary>
    /// Advances partitions, in the transaction that stores their messages. Throws <see cref="FencedException"/> if a partition is no longer at the
    /// offset where the caller started, because another consumer has taken it over.
    /// </summary>
    /// <param name="connection">The transaction's connection.</param>
    /// <param name="group">The consumer group.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="moves">The partitions with their old offset, null if not consumed yet, and their new one.</param>
    /// <param name="snapshotId">The newest snapshot.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task AdvanceAsync(
        DbConnection connection, string group, string topic, IEnumerable<(int Partition, long? From, long To)> moves, int snapshotId, CancellationToken cancellationToken)
    {
        var now = await ReadAsync(connection, group, topic, cancellationToken).ConfigureAwait(false);
        foreach (var (partition, from, to) in moves)
        {
            var known = now.TryGetValue(partition, out var there);
            if ((known ? there : null) != from)
            {
                throw new FencedException(FormattableString.Invariant($"partition {partition} of {topic} has been advanced to offset {there} by another consumer of {group}"));
            }

            // Checked again in the statement, because the read above takes no lock.
            var moved = known
                ? await connection.ExecuteAsync(
                    """
                    UPDATE stream_offset SET next_offset = $4, snapshot_id = $5, updated_at = $6
                    WHERE consumer_group = $1 AND topic = $2 AND partition_number = $3 AND next_offset = $7
                    """,
                    cancellationToken,
                    group, topic, partition, to, snapshotId, DateTime.UtcNow, there).ConfigureAwait(false)
                : await connection.ExecuteAsync(
                    "INSERT INTO stream_offset (consumer_group, topic, partition_number, next_offset, snapshot_id, updated_at) VALUES ($1, $2, $3, $4, $5, $6)",
                    cancellationToken,
                    group, topic, partition, to, snapshotId, DateTime.UtcNow).ConfigureAwait(false);
            if (moved != 1)
            {
                throw new FencedException(FormattableString.Invariant($"partition {partition} of {topic} is being advanced by another consumer of {group}"));
            }
        }
    }
}

/// <summary>
/// Thrown when another consumer has taken over a partition of this one. The caller discards what it read and resumes from the ledger's offset.
/// </summary>
internal sealed class FencedException(string message) : LedgerException(message);
