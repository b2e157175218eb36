using CineLedger.Model;
using CineLedger.Storage.Snapshots;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>A server from which a ledger is read, with its connections and its last known state.</summary>
internal sealed class PostgresHost : IAsyncDisposable
{
    /// <summary>How long a failed server is used only if no other responds.</summary>
    private static readonly TimeSpan DownTime = TimeSpan.FromSeconds(5);

    /// <summary>The maximum number of connections. Several nodes share a server's default of 100 connections.</summary>
    private const int Connections = 20;

    private readonly NpgsqlDataSource _source;

    /// <summary>A separate connection, because a pool in full use does not mean that the server is down.</summary>
    private readonly NpgsqlDataSource _statusSource;
    private readonly ILogger _logger;
    private long _downUntil = long.MinValue;
    private volatile int _newest;

    public PostgresHost(NpgsqlConnectionStringBuilder address, ILogger logger)
    {
        _logger = logger;
        Name = PostgresAddress.GetDisplayName(address);
        if (!address.ShouldSerialize("Maximum Pool Size"))
        {
            address.MaxPoolSize = Connections;
        }

        MaxConnections = address.MaxPoolSize;
        _source = PostgresSource.Create(address, "cineledger serve");
        address.MinPoolSize = 0;
        address.MaxPoolSize = 1;
        _statusSource = PostgresSource.Create(address, "cineledger serve", "status");
    }

    public string Name { get; }

    /// <summary>The maximum number of connections.</summary>
    public int MaxConnections { get; }

    /// <summary>Null if the server has never responded.</summary>
    public bool? IsStandby { get; private set; }

    public bool IsDown => Environment.TickCount64 < Volatile.Read(ref _downUntil);

    /// <summary>
    /// Opens or reuses a connection and tests it, because the server of a reused one may be gone or may have changed its role. Throws
    /// <see cref="LedgerException"/> if the server does not respond.
    /// </summary>
    /// <param name="isReserved">Whether to use the separate connection, which does not wait for queries.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<NpgsqlConnection> ConnectAsync(bool isReserved, CancellationToken cancellationToken)
    {
        var source = isReserved ? _statusSource : _source;
        try
        {
            try
            {
                return await ProbeAsync(source, cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException error) when (error is not PostgresException { SqlState: not ("57P01" or "57P02" or "57P03") })
            {
                // The pool discards broken connections, so the next one is new.
                return await ProbeAsync(source, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is LedgerException or NpgsqlException)
        {
            Volatile.Write(ref _downUntil, Environment.TickCount64 + (long)DownTime.TotalMilliseconds);
            var translated = error as LedgerException ?? PostgresErrors.ReadFailed(Name, error);
            _logger.HostFailed(translated.Message);
            throw translated;
        }
    }

    /// <summary>Requests the server's status. A server that does not respond in time is down.</summary>
    public async Task<HostStatus> GetStatusAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(timeout);
        try
        {
            var connection = await PostgresSource.ConnectAsync(_statusSource, Name, time.Token).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var rows = await connection.QueryAsync(HostStatus.Sql, row => HostStatus.Read(Name, row), time.Token).ConfigureAwait(false);
                IsStandby = rows[0].IsStandby;
                return rows[0];
            }
        }
        catch (Exception error) when (error is LedgerException or NpgsqlException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new HostStatus(Name, IsStandby, null, null);
        }
    }

    private async Task<NpgsqlConnection> ProbeAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await PostgresSource.ConnectAsync(source, Name, cancellationToken).ConfigureAwait(false);
        try
        {
            IsStandby = await connection.ExecuteScalarAsync("SELECT pg_is_in_recovery()", cancellationToken).ConfigureAwait(false) is true;
            Volatile.Write(ref _downUntil, long.MinValue);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether the server has a snapshot. The primary has all published snapshots.</summary>
    public async Task<bool> HasSnapshotAsync(NpgsqlConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        if (IsStandby == false || _newest >= snapshot)
        {
            return true;
        }

        _newest = (await SnapshotRows.FindLatestAsync(connection, cancellationToken).ConfigureAwait(false))?.Id ?? 0;
        return _newest >= snapshot;
    }

    public async ValueTask DisposeAsync()
    {
        await _statusSource.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }
}
