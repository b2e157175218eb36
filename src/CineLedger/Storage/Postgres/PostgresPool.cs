using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage.Keys;
using CineLedger.Storage.Schema;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>
/// The pool of a ledger in PostgreSQL, read from any number of servers: from standbys in turn, and from the primary if no standby responds or has the
/// requested snapshot. The primary announces new snapshots (LISTEN); the pool also polls for them in case an announcement is lost.
/// </summary>
internal sealed class PostgresPool : LedgerPool
{
    private readonly string _store;
    private readonly string _readStore;
    private readonly bool _readOnly;
    private readonly PostgresHost[] _hosts;

    /// <summary>The store's hosts, including the primary. Reads may use other hosts.</summary>
    private readonly PostgresHost[] _writers;
    private readonly SnapshotWatcher _watcher;
    private volatile bool _isCurrent;
    private int _nextHost = Random.Shared.Next(1 << 16);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    /// <param name="store">The store's address.</param>
    /// <param name="readStore">Where to read from: the store itself, or standbys.</param>
    /// <param name="readOnly">Disables loads.</param>
    /// <param name="logger">Logs servers that become available or unavailable.</param>
    /// <param name="poll">The interval for polling, in case a notification was lost; 10 seconds by default.</param>
    public PostgresPool(string store, string readStore, bool readOnly, ILogger logger, TimeSpan? poll = null)
    {
        _store = store;
        _readStore = readStore;
        _readOnly = readOnly;
        var address = PostgresAddress.Parse(readStore);
        Name = PostgresAddress.GetDisplayName(address);
        _hosts = [.. PostgresAddress.SplitHosts(address).Select(host => new PostgresHost(host, logger))];

        // LISTEN does not work on a standby, so the store's hosts are used, which include the primary.
        var primary = PostgresAddress.IsPostgresAddress(store) ? PostgresAddress.Parse(store) : address;
        _writers = store == readStore ? _hosts : [.. PostgresAddress.SplitHosts(primary).Select(host => new PostgresHost(host, logger))];
        _watcher = new SnapshotWatcher(primary, RefreshAsync, poll ?? Poll, logger);
    }

    public override string Name { get; }

    public override bool IsReadOnly => _readOnly;

    /// <summary>Four fifths of what one server accepts, because the others may be down.</summary>
    public override int MaxReaders => Math.Max(1, _hosts.Min(host => host.MaxConnections) * 4 / 5);

    private protected override Task<RentedConnection> ConnectAsync(int? seen, CancellationToken cancellationToken) =>
        ConnectAsync(seen, isReserved: false, cancellationToken);

    private protected override Task<RentedConnection> ConnectToCheckAsync(CancellationToken cancellationToken) =>
        ConnectAsync(Newest?.Id, isReserved: true, cancellationToken);

    private async Task<RentedConnection> ConnectAsync(int? seen, bool isReserved, CancellationToken cancellationToken)
    {
        var connection = await HostSelection.ConnectToFirstAsync(
            OrderHosts(),
            async host =>
            {
                var connection = await host.ConnectAsync(isReserved, cancellationToken).ConfigureAwait(false);
                return seen is { } min
                    ? await HostSelection.KeepIfAsync(connection, () => host.HasSnapshotAsync(connection, min, cancellationToken)).ConfigureAwait(false)
                    : connection;
            },
            host => new StaleReplicaException(string.Create(
                CultureInfo.InvariantCulture, $"{host.Name} lags behind: it does not have snapshot {seen} yet. Try again in a moment.")),
            (host, error) => PostgresErrors.ReadFailed(host.Name, error)).ConfigureAwait(false);
        return new RentedConnection(connection, connection.DisposeAsync);
    }

    /// <summary>Rents a connection, after upgrading an older ledger, which reading does not require.</summary>
    public override async Task<RentedConnection> RentWriterAsync(CancellationToken cancellationToken)
    {
        if (_readOnly)
        {
            throw CreateReadOnlyException();
        }

        var connection = await ConnectToPrimaryAsync(cancellationToken).ConfigureAwait(false);
        if (!_isCurrent && await Migrations.ReadVersionAsync(connection, Name, cancellationToken).ConfigureAwait(false) < Migrations.Latest)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            await (await PostgresLedger.OpenAsync(_store, wait: true, cancellationToken).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            connection = await ConnectToPrimaryAsync(cancellationToken).ConfigureAwait(false);
        }

        _isCurrent = true;
        return new RentedConnection(connection, connection.DisposeAsync);
    }

    public override async Task<TimeProvider> ReadClockAsync(DbConnection connection, TimeProvider own, CancellationToken cancellationToken)
    {
        var now = (DateTime)(await connection.ExecuteScalarAsync("SELECT CLOCK_TIMESTAMP() AT TIME ZONE 'UTC'", cancellationToken).ConfigureAwait(false))!;
        return new OffsetTimeProvider(own, DateTime.SpecifyKind(now, DateTimeKind.Utc) - own.GetUtcNow().UtcDateTime);
    }

    public override async Task<Ledger> OpenForLoadAsync(bool wait, CancellationToken cancellationToken) => _readOnly
        ? throw CreateReadOnlyException()
        : await PostgresLedger.OpenAsync(_store, wait, cancellationToken).ConfigureAwait(false);

    public override Task<Ledger> OpenForChangesAsync(CancellationToken cancellationToken) => OpenForLoadAsync(wait: true, cancellationToken);

    public override async Task<Ledger> OpenForReadingAsync(CancellationToken cancellationToken) =>
        await PostgresLedger.OpenReadOnlyAsync(_readStore, Newest?.Id, cancellationToken).ConfigureAwait(false);

    public override async Task<IReadOnlyList<AccessKey>> ReadKeysAsync(CancellationToken cancellationToken)
    {
        var reader = await RentAsync(null, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await KeyTable.ReadAsync(reader.Connection, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task<IReadOnlyList<AccessKey>?> ReadKeysFromPrimaryAsync(CancellationToken cancellationToken)
    {
        if (_hosts.All(host => host.IsStandby == false))
        {
            return null;
        }

        try
        {
            var connection = await ConnectToPrimaryAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await KeyTable.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is LedgerException or NpgsqlException)
        {
            // The failure of the host has been logged. The keys read from the standby remain valid.
            return null;
        }
    }

    public override Task<SqlStore> OpenForSqlAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        Task.FromResult(new SqlStore(PostgresAddress.GetWithPassword(_readStore)));

    public override async Task<string?> CheckSqlAsync(CancellationToken cancellationToken)
    {
        var reader = await RentAsync(null, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await PostgresRoles.FindSqlSchemaAsync(reader.Connection, cancellationToken).ConfigureAwait(false) is null ? PostgresRoles.SqlRoleMissing
                : await reader.Connection.ExecuteScalarAsync("SELECT PG_IS_IN_RECOVERY()", cancellationToken).ConfigureAwait(false) is true ? null
                : "SQL runs on the primary, where one statement can take the memory that loads need: read from a standby instead (--read-store).";
        }
    }

    public override async Task<IReadOnlyList<StoreHost>> GetHostStatusAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        // Sequentially and primaries first, so that a change written between two requests does not look like a lag of the standby.
        var statuses = new List<HostStatus>();
        foreach (var host in _hosts.Concat(_writers).DistinctBy(host => host.Name).OrderBy(host => host.IsStandby == true))
        {
            statuses.Add(await host.GetStatusAsync(patience, cancellationToken).ConfigureAwait(false));
        }

        var written = statuses.Where(status => status.IsStandby == false).Max(status => status.Position);
        return [.. statuses.Select(status => status.CompareTo(written)).OrderBy(host => host.IsStandby == true)];
    }

    public override async ValueTask DisposeAsync()
    {
        await _watcher.DisposeAsync().ConfigureAwait(false);
        foreach (var host in _hosts.Union(_writers))
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        var reader = await RentAsync(null, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            try
            {
                await Migrations.ReadVersionAsync(reader.Connection, Name, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                throw new LedgerException($"there is no ledger in {Name}: load a dataset first (cineledger load SOURCE --store ADDRESS).", error);
            }

            await AdvanceAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        if (_hosts.Length > 1)
        {
            // Connects to the next host, so that of two hosts the standby is known before the first request.
            await RefreshAsync(null, cancellationToken).ConfigureAwait(false);
        }

        _watcher.Start();
    }

    private Task<NpgsqlConnection> ConnectToPrimaryAsync(CancellationToken cancellationToken) => HostSelection.ConnectToFirstAsync(
        _writers.OrderBy(host => host.IsStandby == true).ThenBy(host => host.IsDown),
        async host => await HostSelection.KeepIfAsync(
            await host.ConnectAsync(isReserved: false, cancellationToken).ConfigureAwait(false), () => Task.FromResult(host.IsStandby == false)).ConfigureAwait(false),
        host => new LedgerException($"{host.Name} is a read-only standby: --store must name the primary."),
        (host, error) => PostgresErrors.ReadFailed(host.Name, error));

    /// <summary>Returns the hosts in the order to try them: standbys before the primary, recently failed hosts last, starting with another one each time.</summary>
    private IEnumerable<PostgresHost> OrderHosts()
    {
        if (_hosts.Length == 1)
        {
            return _hosts;
        }

        var turn = Interlocked.Increment(ref _nextHost) & int.MaxValue;
        return _hosts.Select((host, i) => (host, Place: (i + turn) % _hosts.Length))
            .OrderBy(at => at.host.IsDown)
            .ThenBy(at => at.host.IsStandby == false)
            .ThenBy(at => at.Place)
            .Select(at => at.host);
    }
}
