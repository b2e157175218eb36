using System.Globalization;
using CineLedger.Model;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>
/// A ledger in PostgreSQL, read from any number of servers: standbys first, in turn, the primary where none of them answers or has what
/// is asked for. New snapshots are told by the primary (LISTEN), and looked for now and then in case it could not.
/// </summary>
internal sealed class PostgresPool : LedgerPool
{
    private readonly string _store;
    private readonly bool _readOnly;
    private readonly PostgresHost[] _hosts;
    private readonly SnapshotWatch _watch;
    private int _turn = Random.Shared.Next(1 << 16);

    public PostgresPool(string store, string readStore, bool readOnly, ILogger logger)
    {
        _store = store;
        _readOnly = readOnly;
        var address = PostgresAddress.Parse(readStore);
        Name = PostgresAddress.Show(address);
        _hosts = [.. PostgresAddress.Hosts(address).Select(host => new PostgresHost(host, logger))];

        // A standby does not take LISTEN: the store's own hosts have the primary among them.
        _watch = new SnapshotWatch(PostgresAddress.IsOne(store) ? PostgresAddress.Parse(store) : address, RefreshAsync, logger);
    }

    public override string Name { get; }

    private protected override async Task<LedgerReader> ConnectAsync(int? seen, CancellationToken cancellationToken)
    {
        LedgerException? failure = null;
        foreach (var host in InTurn())
        {
            try
            {
                var connection = await host.ConnectAsync(cancellationToken).ConfigureAwait(false);
                if (seen is not { } least || await host.HasAsync(connection, least, cancellationToken).ConfigureAwait(false))
                {
                    return new LedgerReader(connection, connection.DisposeAsync);
                }

                await connection.DisposeAsync().ConfigureAwait(false);
                failure ??= new LedgerBehindException(string.Create(
                    CultureInfo.InvariantCulture, $"{host.Name} lags behind: it lacks snapshot {seen} yet. Try again in a moment."));
            }
            catch (LedgerException error)
            {
                failure = error;
            }
        }

        throw failure!;
    }

    public override async Task<Ledger> OpenForLoadAsync(bool wait, CancellationToken cancellationToken) => _readOnly
        ? throw new UsageException($"the ledger {Name} was opened to be read only (--read-only): it cannot be loaded here.")
        : await PostgresLedger.OpenAsync(_store, wait, cancellationToken).ConfigureAwait(false);

    public override async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false);
        foreach (var host in _hosts)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    private protected override async Task StartAsync(CancellationToken cancellationToken)
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
        }

        await RefreshAsync(null, cancellationToken).ConfigureAwait(false);
        _watch.Start();
    }

    /// <summary>Standbys before the primary, those that just failed last; each time another one first.</summary>
    private IEnumerable<PostgresHost> InTurn()
    {
        if (_hosts.Length == 1)
        {
            return _hosts;
        }

        var turn = Interlocked.Increment(ref _turn) & int.MaxValue;
        return _hosts.Select((host, i) => (host, Place: (i + turn) % _hosts.Length))
            .OrderBy(at => at.host.IsDown)
            .ThenBy(at => at.host.IsStandby == false)
            .ThenBy(at => at.Place)
            .Select(at => at.host);
    }
}
