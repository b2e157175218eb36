using CineLedger.Model;
using CineLedger.Storage.Snapshots;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>One of the servers that a ledger is read from, and what is known of it.</summary>
internal sealed class PostgresHost : IAsyncDisposable
{
    /// <summary>How long a server that failed is asked last.</summary>
    private static readonly TimeSpan DownTime = TimeSpan.FromSeconds(5);

    /// <summary>So that several nodes leave room in a server's usual 100 connections.</summary>
    private const int Connections = 20;

    private readonly NpgsqlDataSource _source;

    /// <summary>A connection apart: a pool that is all in use is not a server that is down.</summary>
    private readonly NpgsqlDataSource _statusSource;
    private readonly ILogger _logger;
    private long _downUntil = long.MinValue;
    private volatile int _newest;

    public PostgresHost(NpgsqlConnectionStringBuilder address, ILogger logger)
    {
        _logger = logger;
        Name = PostgresAddress.GetDisplayName(address);
        if (!address.ContainsKey("Maximum Pool Size"))
        {
            address.MaxPoolSize = Connections;
        }

        _source = PostgresSource.Create(address, "cineledger serve");
        address.MinPoolSize = 0;
        address.MaxPoolSize = 1;
        _statusSource = PostgresSource.Create(address, "cineledger serve");
    }

    public string Name { get; }

    /// <summary>Null as long as it never answered.</summary>
    public bool? IsStandby { get; private set; }

    public bool IsDown => Environment.TickCount64 < Volatile.Read(ref _downUntil);

    /// <summary>
    /// Opens a connection, or takes one that is free, and makes sure of it: a free one may be of a server that is gone, or was another
    /// thing then. Throws <see cref="LedgerException"/> where the server does not answer.
    /// </summary>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await ProbeAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException error) when (error is not PostgresException { SqlState: not ("57P01" or "57P02" or "57P03") })
            {
                // The pool throws away what is broken: the next one is new.
                return await ProbeAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is LedgerException or NpgsqlException)
        {
            Volatile.Write(ref _downUntil, Environment.TickCount64 + (long)DownTime.TotalMilliseconds);
            var isLogged = error as LedgerException ?? PostgresErrors.ReadFailed(Name, error);
            _logger.HostFailed(isLogged.Message);
            throw isLogged;
        }
    }

    /// <summary>Asks the server how it is; one that does not answer in time is down.</summary>
    public async Task<HostStatus> GetStatusAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(patience);
        try
        {
            var connection = await PostgresSource.ConnectAsync(_statusSource, Name, time.Token).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var looks = await connection.QueryAsync(HostStatus.Sql, row => HostStatus.Read(Name, row), time.Token).ConfigureAwait(false);
                IsStandby = looks[0].IsStandby;
                return looks[0];
            }
        }
        catch (Exception error) when (error is LedgerException or NpgsqlException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new HostStatus(Name, IsStandby, null, null);
        }
    }

    private async Task<NpgsqlConnection> ProbeAsync(CancellationToken cancellationToken)
    {
        var connection = await PostgresSource.ConnectAsync(_source, Name, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Whether a snapshot has arrived there. The primary's word is final: it has all that were ever published.</summary>
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
