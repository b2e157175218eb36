using CineLedger.Model;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>One of the servers that a ledger is read from, and what is known of it.</summary>
internal sealed class PostgresHost : IAsyncDisposable
{
    /// <summary>How long a server that failed is asked last.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>How long it is believed to be what it was: a standby may become the primary.</summary>
    private static readonly TimeSpan RoleHolds = TimeSpan.FromSeconds(10);

    /// <summary>So that several nodes leave room in a server's usual 100 connections.</summary>
    private const int Connections = 20;

    private readonly NpgsqlDataSource _source;
    private readonly ILogger _logger;
    private long _downUntil = long.MinValue;
    private long _roleUntil = long.MinValue;
    private volatile int _newest;

    public PostgresHost(NpgsqlConnectionStringBuilder address, ILogger logger)
    {
        _logger = logger;
        Name = PostgresAddress.Show(address);
        if (!address.ContainsKey("Maximum Pool Size"))
        {
            address.MaxPoolSize = Connections;
        }

        _source = PostgresSource.Create(address, "cineledger serve");
    }

    public string Name { get; }

    /// <summary>Null as long as it never answered.</summary>
    public bool? IsStandby { get; private set; }

    public bool IsDown => Environment.TickCount64 < Volatile.Read(ref _downUntil);

    /// <summary>Opens a connection, or takes one that is free. Throws <see cref="LedgerException"/> where the server does not answer.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await PostgresSource.ConnectAsync(_source, Name, cancellationToken).ConfigureAwait(false);
            if (Environment.TickCount64 >= Volatile.Read(ref _roleUntil))
            {
                IsStandby = await connection.ScalarAsync("SELECT pg_is_in_recovery()", cancellationToken).ConfigureAwait(false) is true;
                Volatile.Write(ref _roleUntil, Environment.TickCount64 + (long)RoleHolds.TotalMilliseconds);
            }

            Volatile.Write(ref _downUntil, long.MinValue);
            return connection;
        }
        catch (Exception error) when (error is LedgerException or NpgsqlException)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            Volatile.Write(ref _roleUntil, long.MinValue);
            Volatile.Write(ref _downUntil, Environment.TickCount64 + (long)Rest.TotalMilliseconds);
            var told = error as LedgerException ?? PostgresErrors.OnRead(Name, error);
            _logger.HostFailed(told.Message);
            throw told;
        }
    }

    /// <summary>Whether a snapshot has arrived there. The primary's word is final: it has all that were ever published.</summary>
    public async Task<bool> HasAsync(NpgsqlConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        if (IsStandby == false || _newest >= snapshot)
        {
            return true;
        }

        _newest = (await SnapshotRows.LatestAsync(connection, cancellationToken).ConfigureAwait(false))?.Id ?? 0;
        return _newest >= snapshot;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
