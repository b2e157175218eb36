using System.Globalization;
using CineLedger.Model;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>
/// Is notified of new snapshots by the primary as they are published. Also polls for them, since a notification is lost while no connection listens.
/// </summary>
/// <param name="store">The store's hosts.</param>
/// <param name="refresh">Reads the newest snapshot that can be read; takes the number that was notified.</param>
/// <param name="poll">How often to poll while the connection listens.</param>
/// <param name="logger">Gets what goes wrong.</param>
internal sealed class SnapshotWatch(
    NpgsqlConnectionStringBuilder store, Func<int?, CancellationToken, Task<Snapshot?>> refresh, TimeSpan poll, ILogger logger) : IAsyncDisposable
{
    /// <summary>How soon a lost connection is tried again, and how soon a standby is asked again that lags behind.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;

    public void Start() => _watching = WatchAsync(_stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is LedgerException or NpgsqlException or IOException or TimeoutException && !cancellationToken.IsCancellationRequested)
            {
                logger.ListeningFailed(PostgresAddress.Show(store), error.Message);
                await LookAsync(null, cancellationToken).ConfigureAwait(false);
                await Task.Delay(Again, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Listens until the connection is lost.</summary>
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var ledger = await PostgresLedger.ConnectToPrimaryAsync(
            new NpgsqlConnectionStringBuilder(store.ConnectionString) { Pooling = false, KeepAlive = 15 }, "cineledger serve (listening)", cancellationToken,
            $"{PostgresAddress.Show(store)} has no primary, which alone tells of new snapshots: they are looked for every {Again.TotalSeconds:0} s.").ConfigureAwait(false);
        await using (ledger.ConfigureAwait(false))
        {
            var connection = (NpgsqlConnection)ledger.Connection;
            var told = 0;
            connection.Notification += (_, notice) =>
                told = int.TryParse(notice.Payload, CultureInfo.InvariantCulture, out var id) ? Math.Max(told, id) : told;
            await connection.ExecuteAsync($"LISTEN {PostgresLedger.Channel}", cancellationToken).ConfigureAwait(false);
            logger.Listening(PostgresAddress.Show(store));
            while (true)
            {
                // What was published before LISTEN took hold was told to nobody.
                var newest = await LookAsync(told > 0 ? told : null, cancellationToken).ConfigureAwait(false);
                await connection.WaitAsync(newest >= told ? poll : Again, cancellationToken).ConfigureAwait(false);

                // A timeout proves nothing of the connection: a question does.
                await connection.ExecuteAsync("SELECT 1", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The newest snapshot's number; 0 where none can be read now.</summary>
    private async Task<int> LookAsync(int? told, CancellationToken cancellationToken)
    {
        try
        {
            return (await refresh(told, cancellationToken).ConfigureAwait(false))?.Id ?? 0;
        }
        catch (Exception error) when (error is LedgerException or NpgsqlException)
        {
            logger.SnapshotNotRead(error.Message);
            return 0;
        }
    }
}
