using System.Globalization;
using CineLedger.Model;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>
/// Receives notifications of new snapshots from the primary. Also polls for them, because notifications are lost while no connection listens.
/// </summary>
/// <param name="store">The store's hosts.</param>
/// <param name="refresh">Reads the newest readable snapshot. Its argument is the notified number.</param>
/// <param name="poll">How often to poll while the connection listens.</param>
/// <param name="logger">Logs failures.</param>
internal sealed class SnapshotWatcher(
    NpgsqlConnectionStringBuilder store, Func<int?, CancellationToken, Task<Snapshot?>> refresh, TimeSpan poll, ILogger logger) : IAsyncDisposable
{
    /// <summary>The delay before reconnecting after a lost connection, and before querying a lagging standby again.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    public void Start() => _watching = RunAsync(_stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is LedgerException or NpgsqlException or IOException or TimeoutException && !cancellationToken.IsCancellationRequested)
            {
                logger.ListeningFailed(PostgresAddress.GetDisplayName(store), error.Message);
                await RefreshAsync(null, cancellationToken).ConfigureAwait(false);
                await Task.Delay(RetryDelay, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Listens until the connection is lost.</summary>
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var ledger = await PostgresLedger.ConnectToPrimaryAsync(
            new NpgsqlConnectionStringBuilder(store.ConnectionString) { Pooling = false, KeepAlive = 15 }, "cineledger serve (listening)", cancellationToken,
            $"{PostgresAddress.GetDisplayName(store)} has no primary to announce new snapshots: polling every {RetryDelay.TotalSeconds:0} s instead.").ConfigureAwait(false);
        await using (ledger.ConfigureAwait(false))
        {
            var connection = (NpgsqlConnection)ledger.Connection;
            var notified = 0;
            connection.Notification += (_, notice) =>
                notified = int.TryParse(notice.Payload, CultureInfo.InvariantCulture, out var id) ? Math.Max(notified, id) : notified;
            await connection.ExecuteAsync($"LISTEN {PostgresLedger.Channel}", cancellationToken).ConfigureAwait(false);
            logger.Listening(PostgresAddress.GetDisplayName(store));
            while (true)
            {
                // Snapshots published before LISTEN took effect were not notified.
                var newest = await RefreshAsync(notified > 0 ? notified : null, cancellationToken).ConfigureAwait(false);
                await connection.WaitAsync(newest >= notified ? poll : RetryDelay, cancellationToken).ConfigureAwait(false);

                // Tests the connection, because WaitAsync also times out on a broken one.
                await connection.ExecuteAsync("SELECT 1", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Returns the newest snapshot's number, or 0 if none can be read now.</summary>
    private async Task<int> RefreshAsync(int? notified, CancellationToken cancellationToken)
    {
        try
        {
            return (await refresh(notified, cancellationToken).ConfigureAwait(false))?.Id ?? 0;
        }
        catch (Exception error) when (error is LedgerException or NpgsqlException)
        {
            logger.SnapshotNotRead(error.Message);
            return 0;
        }
    }
}
