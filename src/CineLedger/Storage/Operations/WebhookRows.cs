using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Operations;

/// <summary>The table of webhooks. Connections come from <see cref="LedgerPool.RentWriterAsync"/>.</summary>
public static class WebhookRows
{
    private const string Columns = "webhook_id, url, secret, created_at, queued, events, previous_secret, previous_until";

    /// <summary>Whether a ledger has the table. An older ledger does not until it is next written to.</summary>
    public static Task<bool> ExistsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Migrations.HasWebhooksAsync(connection, cancellationToken);

    /// <summary>Whether webhooks can be read. An older ledger that is opened for reading is not upgraded and lacks columns.</summary>
    public static Task<bool> CanBeReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Migrations.HasSecretRotationAsync(connection, cancellationToken);

    /// <summary>Returns all webhooks, oldest first.</summary>
    public static async Task<IReadOnlyList<Webhook>> ListAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.QueryAsync($"SELECT {Columns} FROM webhook ORDER BY created_at, webhook_id", row => Read(row, 0), cancellationToken).ConfigureAwait(false);

    /// <summary>Returns the webhook with an ID, or null.</summary>
    public static async Task<Webhook?> FindAsync(DbConnection connection, string id, CancellationToken cancellationToken) =>
        (await connection.QueryAsync($"SELECT {Columns} FROM webhook WHERE webhook_id = $1", row => Read(row, 0), cancellationToken, id).ConfigureAwait(false))
        .FirstOrDefault();

    public static Task InsertAsync(DbConnection connection, Webhook webhook, CancellationToken cancellationToken) => connection.ExecuteAsync(
        $"INSERT INTO webhook ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL)", cancellationToken,
        webhook.Id, webhook.Url, webhook.Secret, webhook.CreatedAt, webhook.QueuedSnapshotId, string.Join(',', webhook.Events));

    /// <summary>
    /// Replaces a webhook's secret. The one before it stays valid until <paramref name="previousUntil"/>. Returns false if there is no webhook with that ID.
    /// </summary>
    public static async Task<bool> ReplaceSecretAsync(DbConnection connection, string id, string secret, DateTime previousUntil, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            "UPDATE webhook SET previous_secret = secret, previous_until = $3, secret = $2 WHERE webhook_id = $1", cancellationToken, id, secret, previousUntil)
            .ConfigureAwait(false) > 0;

    /// <summary>Deletes a webhook with all its deliveries. Returns false if there is no webhook with that ID.</summary>
    public static async Task<bool> DeleteAsync(DbConnection connection, string id, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            // Deletes the webhook first, so that this transaction and one that queues deliveries for it wait for each other.
            var there = await connection.ExecuteAsync("DELETE FROM webhook WHERE webhook_id = $1", cancellationToken, id).ConfigureAwait(false) > 0;
            await connection.ExecuteAsync("DELETE FROM webhook_delivery WHERE webhook_id = $1", cancellationToken, id).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return there;
        }
    }

    internal static Webhook Read(DbDataReader row, int firstColumn) => new(
        row.GetString(firstColumn),
        row.GetString(firstColumn + 1),
        row.GetString(firstColumn + 2),
        DateTime.SpecifyKind(row.GetDateTime(firstColumn + 3), DateTimeKind.Utc),
        row.GetInt32(firstColumn + 4))
    {
        Events = row.GetText(firstColumn + 5)?.Split(',') ?? [WebhookEvents.Published],
        PreviousSecret = row.GetText(firstColumn + 6),
        PreviousUntil = row.IsDBNull(firstColumn + 7) ? null : DateTime.SpecifyKind(row.GetDateTime(firstColumn + 7), DateTimeKind.Utc),
    };
}
