using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Writing;
using Npgsql;

namespace CineLedger.Storage.Postgres;

/// <summary>
/// A ledger in a PostgreSQL database. An advisory lock allows one load at a time across all machines; the server releases it when the load's connection
/// ends for any reason. Readers never wait for a load.
/// </summary>
public sealed class PostgresLedger : Ledger
{
    /// <summary>The channel for notifications (LISTEN) of a new snapshot's number.</summary>
    public const string Channel = "cineledger_snapshot";

    /// <summary>"cineledg" in ASCII: the key of the lock that a load holds.</summary>
    private const long LoadLock = 0x63696E656C656467;

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;
    private bool _hasCitus;

    private PostgresLedger(string name, NpgsqlDataSource source, NpgsqlConnection connection)
    {
        Name = name;
        _source = source;
        _connection = connection;
    }

    public override string Name { get; }

    public override DbConnection Connection => _connection;

    /// <summary>
    /// Opens the database for a load and creates the ledger's tables if they do not exist. If another load is running, waits for its end if
    /// <paramref name="wait"/> is set and otherwise throws <see cref="LedgerBusyException"/>. If the database has Citus, the tables are distributed over
    /// <paramref name="shards"/> shards, or Citus's default number for null.
    /// </summary>
    public static async Task<PostgresLedger> OpenAsync(string store, bool wait, CancellationToken cancellationToken, int? shards = null)
    {
        var ledger = await ConnectToPrimaryAsync(PostgresAddress.Parse(store), "cineledger load", cancellationToken).ConfigureAwait(false);
        try
        {
            await ledger.LockAsync(wait, cancellationToken).ConfigureAwait(false);
            await Migrations.ApplyAsync(ledger.Connection, ledger.Name, PostgresSchema.Adapt, cancellationToken).ConfigureAwait(false);
            await PostgresRoles.UpdateSqlSchemaAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
            ledger._hasCitus = await Citus.IsInstalledAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
            if (ledger._hasCitus)
            {
                await ledger.CreateIndexesAsync(cancellationToken).ConfigureAwait(false);
                await Citus.DistributeAsync(ledger.Connection, shards, cancellationToken).ConfigureAwait(false);
            }

            return ledger;
        }
        catch (Exception error)
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw ledger.TranslateWriteFailure(error) ?? error as LedgerException ?? new LedgerException($"{ledger.Name}: {error.Message}", error);
        }
    }

    /// <summary>
    /// Opens an existing ledger for reading. If there are several hosts, chooses a random standby, so that they share the load, or the primary if no
    /// standby responds. Skips hosts that lag behind snapshot <paramref name="seen"/>, which the reader has already seen.
    /// </summary>
    public static async Task<PostgresLedger> OpenReadOnlyAsync(string store, int? seen, CancellationToken cancellationToken)
    {
        var hosts = PostgresAddress.SplitHosts(PostgresAddress.Parse(store));
        Random.Shared.Shuffle(hosts);
        PostgresLedger? primary = null;
        try
        {
            var standby = await HostSelection.ConnectToFirstAsync(
                hosts,
                async host =>
                {
                    var ledger = await OpenReadOnlyAsync(host, hosts.Length > 1 ? seen : null, cancellationToken).ConfigureAwait(false);
                    if (hosts.Length == 1 || await ledger.IsStandbyAsync(cancellationToken).ConfigureAwait(false))
                    {
                        return ledger;
                    }

                    primary = ledger;
                    return null;
                },
                host => new LedgerException($"{PostgresAddress.GetDisplayName(host)} is the primary."),
                (host, error) => PostgresErrors.ReadFailed(PostgresAddress.GetDisplayName(host), error)).ConfigureAwait(false);
            if (primary is not null)
            {
                await primary.DisposeAsync().ConfigureAwait(false);
            }

            return standby;
        }
        catch (LedgerException) when (primary is not null)
        {
            return primary;
        }
    }

    private static async Task<PostgresLedger> OpenReadOnlyAsync(NpgsqlConnectionStringBuilder host, int? seen, CancellationToken cancellationToken)
    {
        var ledger = await ConnectAsync(host, "cineledger", cancellationToken).ConfigureAwait(false);
        try
        {
            if (await Migrations.ReadVersionAsync(ledger.Connection, ledger.Name, cancellationToken).ConfigureAwait(false) == 0)
            {
                throw CreateMissingException(ledger.Name, null);
            }

            var newest = seen is null ? null : await SnapshotRows.FindLatestAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
            return seen is null || newest?.Id >= seen
                ? ledger
                : throw new LedgerException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ledger.Name} lags behind: its newest snapshot is {newest?.Id ?? 0}, but {seen} is requested. Try again in a moment."));
        }
        catch (Exception error)
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
            throw error switch
            {
                PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } => CreateMissingException(ledger.Name, error),
                NpgsqlException => PostgresErrors.ReadFailed(ledger.Name, error),
                _ => error,
            };
        }
    }

    private static MissingLedgerException CreateMissingException(string name, Exception? error) =>
        new($"there is no ledger in {name}: load a dataset first (cineledger load SOURCE --store ADDRESS).", error);

    public override async Task<DbConnection> OpenReaderAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);

    internal override Task<DbConnection> ConnectDuringLoadAsync(CancellationToken cancellationToken) => OpenReaderAsync(cancellationToken);

    /// <summary>
    /// Begins a load with three connections, or two with Citus: there, indexes exist before the first rows, and names and links are written in few
    /// transactions.
    /// </summary>
    public override async Task<LedgerLoad> BeginLoadAsync(long expectedBytes, CancellationToken cancellationToken)
    {
        var links = await OpenReaderAsync(cancellationToken).ConfigureAwait(false);
        var relatedConnection = _hasCitus ? links : await OpenReaderAsync(cancellationToken).ConfigureAwait(false);
        return await LedgerLoad.BeginAsync(this, links, relatedConnection, cancellationToken).ConfigureAwait(false);
    }

    public override async Task CreateRolesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PostgresRoles.CreateAsync(_connection, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException error)
        {
            throw new LedgerException($"{Name}: the roles cannot be created: {error.MessageText}. Use a role with CREATEROLE that owns the tables.", error);
        }
    }

    public override LedgerException? TranslateWriteFailure(Exception failure) => failure is NpgsqlException ? PostgresErrors.WriteFailed(Name, failure) : null;

    internal override bool PublishesSeparately => _hasCitus;

    internal override BulkWriter OpenWriter(DbConnection connection, string table) => new CopyWriter((NpgsqlConnection)connection, table);

    internal override async Task AnnounceAsync(int snapshotId, CancellationToken cancellationToken) =>
        await _connection.ExecuteAsync(
            "SELECT pg_notify($1, $2)", cancellationToken, Channel, snapshotId.ToString(CultureInfo.InvariantCulture)).ConfigureAwait(false);

    public override async Task CreateIndexesAsync(CancellationToken cancellationToken)
    {
        foreach (var tables in Enum.GetValues<TableGroup>())
        {
            await PostgresSchema.AddRowKeysAsync(_connection, tables, cancellationToken).ConfigureAwait(false);
        }
    }

    internal override async Task CompleteAsync(DbConnection connection, TableGroup tables, CancellationToken cancellationToken)
    {
        var grown = _hasCitus ? PostgresSchema.GetTables(tables) : await PostgresSchema.FindGrownAsync(connection, tables, cancellationToken).ConfigureAwait(false);
        await PostgresSchema.AddRowKeysAsync(connection, tables, cancellationToken).ConfigureAwait(false);
        await PostgresSchema.AnalyzeAsync(connection, grown, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Completes movies on one connection and all other tables concurrently on another.</summary>
    internal override async Task CompleteAllAsync(CancellationToken cancellationToken)
    {
        var other = await OpenReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (other.ConfigureAwait(false))
        {
            await Task.WhenAll(CompleteAsync(_connection, TableGroup.Movies, cancellationToken), CompleteOthersAsync()).ConfigureAwait(false);
        }

        async Task CompleteOthersAsync()
        {
            await CompleteAsync(other, TableGroup.Links, cancellationToken).ConfigureAwait(false);
            await CompleteAsync(other, TableGroup.Related, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Connects to the host that accepts writes.</summary>
    /// <param name="address">The hosts.</param>
    /// <param name="application">The application name of the connection in the server's statistics.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <param name="refusal">The message when there are only standbys; by default it asks for the primary to load.</param>
    internal static Task<PostgresLedger> ConnectToPrimaryAsync(
        NpgsqlConnectionStringBuilder address, string application, CancellationToken cancellationToken, string? refusal = null) =>
        HostSelection.ConnectToFirstAsync(
            PostgresAddress.SplitHosts(address),
            async host =>
            {
                var ledger = await ConnectAsync(host, application, cancellationToken).ConfigureAwait(false);
                return await HostSelection.KeepIfAsync(ledger, async () => !await ledger.IsStandbyAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            },
            host => new LedgerException(refusal ?? $"{PostgresAddress.GetDisplayName(host)} is a read-only standby: name the primary to load."),
            (host, error) => PostgresErrors.WriteFailed(PostgresAddress.GetDisplayName(host), error));

    private async Task<bool> IsStandbyAsync(CancellationToken cancellationToken) =>
        await _connection.ExecuteScalarAsync("SELECT pg_is_in_recovery()", cancellationToken).ConfigureAwait(false) is true;

    private static async Task<PostgresLedger> ConnectAsync(NpgsqlConnectionStringBuilder address, string application, CancellationToken cancellationToken)
    {
        var name = PostgresAddress.GetDisplayName(address);
        var source = PostgresSource.Create(address, application);
        try
        {
            return new PostgresLedger(name, source, await PostgresSource.ConnectAsync(source, name, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task LockAsync(bool wait, CancellationToken cancellationToken)
    {
        if (wait)
        {
            await _connection.ExecuteAsync("SELECT pg_advisory_lock($1)", cancellationToken, LoadLock).ConfigureAwait(false);
            return;
        }

        if (await _connection.ExecuteScalarAsync("SELECT pg_try_advisory_lock($1)", cancellationToken, LoadLock).ConfigureAwait(false) is true)
        {
            return;
        }

        var holders = await _connection.QueryAsync(
            """
            SELECT a.usename || COALESCE(' from ' || HOST(a.client_addr), ' on the server itself') || ' (server process ' || a.pid || ') since '
                   || TO_CHAR(a.backend_start, 'YYYY-MM-DD HH24:MI:SS "UTC"')
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = CURRENT_DATABASE())
              AND (l.classid::BIGINT << 32) + l.objid::BIGINT = $1
            """,
            row => row.GetString(0),
            cancellationToken,
            LoadLock).ConfigureAwait(false);
        var holder = holders.Count > 0 ? $" by {holders[0]}" : "";
        throw new LedgerBusyException($"the ledger {Name} is being loaded{holder}; add --wait to wait for it, or try again later.", null);
    }
}
