using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage.Keys;
using CineLedger.Storage.Schema;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>
/// A ledger in PostgreSQL, read from any number of servers: standbys first, in turn, the primary where none of them answers or has what
/// is asked for. The primary announces new snapshots (LISTEN); the pool also polls for them in case an announcement is lost.
/// </summary>
internal sealed class PostgresPool : LedgerPool
{
    private readonly string _store;
    private readonly string _readStore;
    private readonly bool _readOnly;
    private readonly PostgresHost[] _hosts;

    /// <summary>Those of the store, the primary among them, which a server may not read from.</summary>
    private readonly PostgresHost[] _writers;
    private readonly SnapshotWatcher _watcher;
    private volatile bool _isCurrent;
    private int _nextHost = Random.Shared.Next(1 << 16);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    /// <param name="store">The store's address.</param>
    /// <param name="readStore">Where to read from: the store itself, or standbys.</param>
    /// <param name="readOnly">Never loads.</param>
    /// <param name="logger">Gets which servers come and go.</param>
    /// <param name="poll">How often to look for snapshots that no notification told of; 10 seconds by default.</param>
    public PostgresPool(string store, string readStore, bool readOnly, ILogger logger, TimeSpan? poll = null)
    {
        _store = store;
        _readStore = readStore;
        _readOnly = readOnly;
        var address = PostgresAddress.Parse(readStore);
        Name = PostgresAddress.GetDisplayName(address);
        _hosts = [.. PostgresAddress.SplitHosts(address).Select(host => new PostgresHost(host, logger))];

        // A standby does not take LISTEN: the store's own hosts have the primary among them.
        var primary = PostgresAddress.IsPostgresAddress(store) ? PostgresAddress.Parse(store) : address;
        _writers = store == readStore ? _hosts : [.. PostgresAddress.SplitHosts(primary).Select(host => new PostgresHost(host, logger))];
        _watcher = new SnapshotWatcher(primary, RefreshAsync, poll ?? Poll, logger);
    }

    public override string Name { get; }

    public override bool IsReadOnly => _readOnly;

    private protected override async Task<RentedConnection> ConnectAsync(int? seen, CancellationToken cancellationToken)
    {
        var connection = await HostSelection.ConnectToFirstAsync(
            OrderHosts(),
            async host =>
            {
                var connection = await host.ConnectAsync(cancellationToken).ConfigureAwait(false);
                return seen is { } min
                    ? await HostSelection.KeepIfAsync(connection, () => host.HasSnapshotAsync(connection, min, cancellationToken)).ConfigureAwait(false)
                    : connection;
            },
            host => new StaleReplicaException(string.Create(
                CultureInfo.InvariantCulture, $"{host.Name} lags behind: it lacks snapshot {seen} yet. Try again in a moment.")),
            (host, error) => PostgresErrors.ReadFailed(host.Name, error)).ConfigureAwait(false);
        return new RentedConnection(connection, connection.DisposeAsync);
    }

    /// <summary>Brings an older ledger's tables up to date first: to read, nobody needed to.</summary>
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

    public override async Task<IReadOnlyList<AccessKey>> ReadKeysAsync(CancellationToken cancellationToken)
    {
        var reader = await RentAsync(null, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return await KeyTable.ReadAsync(reader.Connection, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task<IReadOnlyList<AccessKey>?> ReadKeysOfPrimaryAsync(CancellationToken cancellationToken)
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
            // The host's own warning is in the log; what the standby knows still holds.
            return null;
        }
    }

    public override async Task<Ledger> OpenForSqlAsync(Snapshot snapshot, CancellationToken cancellationToken) =>
        await PostgresLedger.OpenReadOnlyAsync(_readStore, snapshot.Id, cancellationToken).ConfigureAwait(false);

    public override async Task<IReadOnlyList<StoreHost>> GetHostStatusAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        // One after the other, primaries first: a standby that has it all is then never said to lack what was written a moment later.
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
            // Another host's turn: so one knows which of two is the standby before anybody asks.
            await RefreshAsync(null, cancellationToken).ConfigureAwait(false);
        }

        _watcher.Start();
    }

    private Task<NpgsqlConnection> ConnectToPrimaryAsync(CancellationToken cancellationToken) => HostSelection.ConnectToFirstAsync(
        _writers.OrderBy(host => host.IsStandby == true).ThenBy(host => host.IsDown),
        async host => await HostSelection.KeepIfAsync(
            await host.ConnectAsync(cancellationToken).ConfigureAwait(false), () => Task.FromResult(host.IsStandby == false)).ConfigureAwait(false),
        host => new LedgerException($"{host.Name} is a standby, which only reads: --store has to name the primary."),
        (host, error) => PostgresErrors.ReadFailed(host.Name, error));

    /// <summary>Standbys before the primary, those that just failed last; each time another one first.</summary>
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
