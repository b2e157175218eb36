using System.Data.Common;

namespace CineLedger.Storage.Operations;

/// <summary>
/// The responses to pushes, by idempotency key. Written in the transaction of the changes, so that a repeated push is applied only once, on any node.
/// </summary>
public static class PushResponseRows
{
    /// <summary>How long a response is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <summary>Returns the response stored for a key, or null if the key is new or expired.</summary>
    public static async Task<StoredPushResponse?> FindAsync(DbConnection connection, string key, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            "SELECT body_hash, answered_at, snapshot_id, answer FROM push_answer WHERE push_key = $1",
            row => new StoredPushResponse(key, row.GetString(0), DateTime.SpecifyKind(row.GetDateTime(1), DateTimeKind.Utc), row.GetInt32(2), row.GetString(3)),
            cancellationToken,
            key).ConfigureAwait(false);
        return rows.Count > 0 && rows[0].AnsweredAt > DateTime.UtcNow - Retention ? rows[0] : null;
    }

    /// <summary>Stores a response and deletes expired ones.</summary>
    public static async Task AddAsync(DbConnection connection, StoredPushResponse response, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("DELETE FROM push_answer WHERE answered_at < $1", cancellationToken, response.AnsweredAt - Retention).ConfigureAwait(false);
        await connection.ExecuteAsync(
            "INSERT INTO push_answer (push_key, body_hash, answered_at, snapshot_id, answer) VALUES ($1, $2, $3, $4, $5)",
            cancellationToken,
            response.Key, response.BodyHash, response.AnsweredAt, response.SnapshotId, response.Answer).ConfigureAwait(false);
    }
}

/// <summary>The stored response to a push.</summary>
/// <param name="Key">The request's Idempotency-Key.</param>
/// <param name="BodyHash">A hash of the request's body.</param>
/// <param name="AnsweredAt">In UTC.</param>
/// <param name="SnapshotId">The snapshot that the push published, or the newest at that time; 0 if the ledger had none.</param>
/// <param name="Answer">The response's JSON.</param>
public sealed record StoredPushResponse(string Key, string BodyHash, DateTime AnsweredAt, int SnapshotId, string Answer);
