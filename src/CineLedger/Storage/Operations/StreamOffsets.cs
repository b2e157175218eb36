using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Storage.Operations;

/// <summary>How far a topic's partitions are in the ledger, on behalf of a group of consumers.</summary>
internal static class StreamOffsets
{
    /// <summary>By partition, the first offset that is not in the ledger; none for a partition that nothing was taken of.</summary>
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
    /// Moves partitions on, in the transaction that brings their messages in. Throws <see cref="FencedException"/> where one is not where the
    /// caller began: another consumer has it now.
    /// </summary>
    /// <param name="connection">Of the transaction.</param>
    /// <param name="group">On whose behalf.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="moves">Partitions, each from where (null: from nowhere yet) to where.</param>
    /// <param name="snapshotId">The newest snapshot.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task AdvanceAsync(
        DbConnection connection, string group, string topic, IEnumerable<(int Partition, long? From, long To)> moves, int snapshotId, CancellationToken cancellationToken)
    {
        var now = await ReadAsync(connection, group, topic, cancellationToken).ConfigureAwait(false);
        foreach (var (partition, from, to) in moves)
        {
            var known = now.TryGetValue(partition, out var there);
            if ((known ? there : null) != from)
            {
                throw new FencedException(FormattableString.Invariant($"partition {partition} of {topic} has been taken on to {there} by another consumer of {group}"));
            }

            // Once more in the statement: who reads does not lock.
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
                throw new FencedException(FormattableString.Invariant($"partition {partition} of {topic} is being taken on by another consumer of {group}"));
            }
        }
    }
}

/// <summary>Somebody else has gone on with what this consumer held; what it read is thrown away, and read again from where the ledger is.</summary>
internal sealed class FencedException(string message) : LedgerException(message);
