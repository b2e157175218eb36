using System.Data.Common;

namespace CineLedger.Storage.Operations;

/// <summary>How pushes were answered, by their keys. Written in the transaction of the changes, so that a push counts once on whatever node it comes again.</summary>
public static class PushResponseRows
{
    /// <summary>How long a key is known.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <summary>The answer to a key; null where it is new, or forgotten.</summary>
    public static async Task<StoredPushResponse?> FindAsync(DbConnection connection, string key, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            "SELECT body_hash, answered_at, snapshot_id, answer FROM push_answer WHERE push_key = $1",
            row => new StoredPushResponse(key, row.GetString(0), DateTime.SpecifyKind(row.GetDateTime(1), DateTimeKind.Utc), row.GetInt32(2), row.GetString(3)),
            cancellationToken,
            key).ConfigureAwait(false);
        return rows.Count > 0 && rows[0].AnsweredAt > DateTime.UtcNow - Retention ? rows[0] : null;
    }

    /// <summary>Remembers an answer, and forgets those that are too old.</summary>
    public static async Task AddAsync(DbConnection connection, StoredPushResponse response, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("DELETE FROM push_answer WHERE answered_at < $1", cancellationToken, response.AnsweredAt - Retention).ConfigureAwait(false);
        await connection.ExecuteAsync(
            "INSERT INTO push_answer (push_key, body_hash, answered_at, snapshot_id, answer) VALUES ($1, $2, $3, $4, $5)",
            cancellationToken,
            response.Key, response.BodyHash, response.AnsweredAt, response.SnapshotId, response.Answer).ConfigureAwait(false);
    }
}

/// <param name="Key">The sender's name for the push.</param>
/// <param name="BodyHash">Fingerprint of what it brought.</param>
/// <param name="AnsweredAt">UTC.</param>
/// <param name="SnapshotId">The snapshot that it became, or that was the newest; 0 where the ledger held none.</param>
/// <param name="Answer">The JSON that was answered.</param>
public sealed record StoredPushResponse(string Key, string BodyHash, DateTime AnsweredAt, int SnapshotId, string Answer);
