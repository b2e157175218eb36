using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Storage.Operations;

/// <summary>
/// The table of deliveries: a queue that several servers process. A server claims a row with an update that succeeds only if the row has not changed
/// since it was read. A claim expires, so another server retries the deliveries of one that died. Connections come from
/// <see cref="LedgerPool.RentWriterAsync"/>.
/// </summary>
public static class DeliveryRows
{
    /// <summary>Finished deliveries are kept for this many of the newest snapshots.</summary>
    private const int MaxKept = 100;

    /// <summary>How long finished deliveries about loads are kept.</summary>
    private static readonly TimeSpan LoadRetention = TimeSpan.FromDays(90);

    private const string Columns = "webhook_id, snapshot_id, state, tries, queued_at, next_try_at, ended_at, status, error, run_id";

    /// <summary>Returns the name under which a state is stored and shown.</summary>
    public static string GetStateName(DeliveryState state) => state switch
    {
        DeliveryState.Pending => "pending",
        DeliveryState.Delivered => "delivered",
        _ => "given-up",
    };

    /// <summary>
    /// Queues the deliveries about an unsuccessful load to all webhooks that receive the event. Runs in the transaction that records the load's end.
    /// </summary>
    internal static async Task QueueAsync(DbConnection connection, LoadRecord load, string eventName, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            """
            INSERT INTO webhook_delivery (webhook_id, snapshot_id, run_id, state, tries, queued_at, next_try_at)
            SELECT w.webhook_id, COALESCE((SELECT MAX(s.snapshot_id) FROM snapshot s WHERE s.state = 'published'), 0), $1, 'pending', 0, $2, $2
            FROM webhook w WHERE ',' || w.events || ',' LIKE '%,' || $3 || ',%'
            """,
            cancellationToken, load.Id, load.EndedAt, eventName).ConfigureAwait(false);
        await connection.ExecuteAsync(
            "DELETE FROM webhook_delivery WHERE run_id <> '' AND state <> 'pending' AND queued_at < $1", cancellationToken, load.EndedAt - LoadRetention).ConfigureAwait(false);
    }

    /// <summary>Queues the deliveries of all snapshots published since the last call, each once, even if several servers do so concurrently.</summary>
    public static async Task QueueAsync(DbConnection connection, Webhook webhook, int newest, DateTime now, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var isOurs = await connection.ExecuteAsync(
                "UPDATE webhook SET queued = $1 WHERE webhook_id = $2 AND queued = $3", cancellationToken, newest, webhook.Id, webhook.QueuedSnapshotId).ConfigureAwait(false) == 1;
            if (isOurs)
            {
                await connection.ExecuteAsync(
                    """
                    INSERT INTO webhook_delivery (webhook_id, snapshot_id, run_id, state, tries, queued_at, next_try_at)
                    SELECT w.webhook_id, s.snapshot_id, '', 'pending', 0, $1, $1 FROM webhook w, snapshot s
                    WHERE w.webhook_id = $2 AND s.state = 'published' AND s.snapshot_id > $3 AND s.snapshot_id <= $4
                    """,
                    cancellationToken, now, webhook.Id, webhook.QueuedSnapshotId, newest).ConfigureAwait(false);
                await connection.ExecuteAsync(
                    "DELETE FROM webhook_delivery WHERE webhook_id = $1 AND state <> 'pending' AND snapshot_id <= $2", cancellationToken, webhook.Id, newest - MaxKept)
                    .ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the first due delivery of each webhook. Deliveries to the same webhook are sent one at a time because its receiver may be slow.</summary>
    public static async Task<IReadOnlyList<(WebhookDelivery Delivery, Webhook Webhook)>> ReadDueAsync(
        DbConnection connection, DateTime now, CancellationToken cancellationToken) => await connection.QueryAsync(
        """
        SELECT d.webhook_id, d.snapshot_id, d.state, d.tries, d.queued_at, d.next_try_at, d.ended_at, d.status, d.error, d.run_id,
               w.webhook_id, w.url, w.secret, w.created_at, w.queued, w.events, w.previous_secret, w.previous_until
        FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY webhook_id ORDER BY snapshot_id, run_id) AS place
              FROM webhook_delivery WHERE state = 'pending' AND next_try_at <= $1) d
        JOIN webhook w ON w.webhook_id = d.webhook_id
        WHERE d.place = 1
        ORDER BY d.next_try_at
        """,
        row => (Read(row), WebhookRows.Read(row, 10)),
        cancellationToken,
        now).ConfigureAwait(false);

    /// <summary>Returns when the next delivery is due, or null if none is pending.</summary>
    public static async Task<DateTime?> FindNextAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteScalarAsync("SELECT MIN(next_try_at) FROM webhook_delivery WHERE state = 'pending'", cancellationToken).ConfigureAwait(false) is DateTime next
            ? DateTime.SpecifyKind(next, DateTimeKind.Utc)
            : null;

    /// <summary>Claims a delivery for one more attempt, until the given time. Returns null if another server claimed it first.</summary>
    public static async Task<WebhookDelivery?> ClaimAsync(DbConnection connection, WebhookDelivery delivery, DateTime until, CancellationToken cancellationToken)
    {
        var claimed = delivery with { Attempts = delivery.Attempts + 1, NextAttemptAt = until };
        return await connection.ExecuteAsync(
            "UPDATE webhook_delivery SET tries = $1, next_try_at = $2 WHERE webhook_id = $3 AND snapshot_id = $4 AND run_id = $5 AND state = 'pending' AND tries = $6",
            cancellationToken, claimed.Attempts, until, delivery.WebhookId, delivery.SnapshotId, delivery.LoadId, delivery.Attempts).ConfigureAwait(false) == 1
            ? claimed
            : null;
    }

    /// <summary>Records the outcome of the claimed attempt, unless it took so long that another server has claimed the delivery.</summary>
    public static Task RecordAsync(DbConnection connection, WebhookDelivery delivery, CancellationToken cancellationToken) => connection.ExecuteAsync(
        """
        UPDATE webhook_delivery SET state = $1, next_try_at = $2, ended_at = $3, status = $4, error = $5
        WHERE webhook_id = $6 AND snapshot_id = $7 AND run_id = $8 AND tries = $9 AND state = 'pending'
        """,
        cancellationToken,
        GetStateName(delivery.State), delivery.NextAttemptAt, delivery.EndedAt, delivery.Status, delivery.Error,
        delivery.WebhookId, delivery.SnapshotId, delivery.LoadId, delivery.Attempts);

    /// <summary>Returns a webhook's deliveries, newest first.</summary>
    public static async Task<IReadOnlyList<WebhookDelivery>> ReadRecentAsync(DbConnection connection, string webhook, int max, CancellationToken cancellationToken) =>
        await connection.QueryAsync(
            $"SELECT {Columns} FROM webhook_delivery WHERE webhook_id = $1 ORDER BY snapshot_id DESC, run_id DESC LIMIT $2", Read, cancellationToken, webhook, max)
            .ConfigureAwait(false);

    private static WebhookDelivery Read(DbDataReader row) => new(
        row.GetString(0),
        row.GetInt32(1),
        row.GetString(2) switch { "pending" => DeliveryState.Pending, "delivered" => DeliveryState.Delivered, _ => DeliveryState.GivenUp },
        row.GetInt32(3),
        DateTime.SpecifyKind(row.GetDateTime(4), DateTimeKind.Utc),
        GetUtc(row, 5),
        GetUtc(row, 6),
        row.IsDBNull(7) ? null : row.GetInt32(7),
        row.GetText(8))
    {
        LoadId = row.GetText(9) ?? "",
    };

    private static DateTime? GetUtc(DbDataReader row, int column) => row.IsDBNull(column) ? null : DateTime.SpecifyKind(row.GetDateTime(column), DateTimeKind.Utc);
}
