using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using Npgsql;

namespace CineLedger.Checkup;

/// <summary>A ledger in PostgreSQL: every server that its addresses name, and on the primary what a load and a reader need.</summary>
internal static class PostgresChecks
{
    /// <summary>Beyond that keys, schedules and webhooks' timestamps go wrong.</summary>
    private static readonly TimeSpan SkewAllowed = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LagAllowed = TimeSpan.FromMinutes(1);

    private const int ConnectSeconds = 5;

    public static async Task<IReadOnlyList<CheckResult>> LookAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var addresses = PostgresAddress.Hosts(PostgresAddress.Parse(request.Store))
            .Concat(request.ReadStore is { } other && StoreEngine.For(other) is PostgresEngine ? PostgresAddress.Hosts(PostgresAddress.Parse(other)) : [])
            .DistinctBy(PostgresAddress.Show);
        var results = new List<CheckResult>();
        var looks = new List<HostLook>();
        var hasPrimary = false;
        foreach (var address in addresses)
        {
            var name = PostgresAddress.Show(address);
            address.Timeout = Math.Min(address.Timeout, ConnectSeconds);
            address.Pooling = false;
            var source = PostgresSource.Create(address, "cineledger doctor");
            await using (source.ConfigureAwait(false))
            {
                try
                {
                    var connection = await PostgresSource.ConnectAsync(source, name, cancellationToken).ConfigureAwait(false);
                    await using (connection.ConfigureAwait(false))
                    {
                        var look = (await connection.QueryAsync(HostLook.Sql, row => HostLook.Read(name, row), cancellationToken).ConfigureAwait(false))[0];
                        looks.Add(look);
                        results.Add(CheckResult.Good("store", $"{name} answers, the {(look.IsStandby == true ? "standby" : "primary")}, PostgreSQL {connection.PostgreSqlVersion}"));
                        results.Add(await LookAtClockAsync(connection, cancellationToken).ConfigureAwait(false));
                        results.AddRange(await PostgresSettings.LookAsync(connection, look.IsStandby == true, cancellationToken).ConfigureAwait(false));
                        if (look.IsStandby == false && !hasPrimary)
                        {
                            hasPrimary = true;
                            results.AddRange(await LookAtLedgerAsync(connection, name, request.MaxAge, cancellationToken).ConfigureAwait(false));
                        }
                    }
                }
                catch (Exception error) when (error is LedgerException or NpgsqlException)
                {
                    results.Add(CheckResult.Bad("store", CheckText.OneLine(error is LedgerException ? error.Message : PostgresErrors.OnRead(name, error).Message), "readers use the others; loads, keys and webhooks need the primary (docs/runbooks.md)"));
                }
            }
        }

        if (!hasPrimary)
        {
            results.Add(CheckResult.Bad("primary", "none of the servers is one", "name the primary in --store: nothing can be loaded"));
        }

        results.AddRange(Lags(looks));
        return results;
    }

    private static IEnumerable<CheckResult> Lags(List<HostLook> looks)
    {
        var written = looks.Where(look => look.IsStandby == false).Max(look => look.Position);
        foreach (var host in looks.Select(look => look.Against(written)).Where(host => host is { IsStandby: true, LagSeconds: not null }))
        {
            var lag = TimeSpan.FromSeconds(host.LagSeconds!.Value);
            var found = $"{host.Name} is {CheckText.Time(lag)} and {CheckText.Size(host.LagBytes!.Value)} of log behind the primary";
            yield return lag <= LagAllowed
                ? CheckResult.Good("standby", found)
                : CheckResult.Warning("standby", found, "see whether it still receives (pg_stat_wal_receiver) and what it waits for; readers see new snapshots late there");
        }
    }

    private static async Task<CheckResult> LookAtClockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var before = DateTime.UtcNow;
        var theirs = await connection.ScalarAsync("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION)", cancellationToken).ConfigureAwait(false);
        var middle = before + ((DateTime.UtcNow - before) / 2);
        var skew = (DateTime.UnixEpoch.AddSeconds((double)theirs!) - middle).Duration();
        var found = $"{CheckText.Time(skew)} from the server's";
        return skew <= SkewAllowed
            ? CheckResult.Good("clock", found)
            : CheckResult.Warning("clock", found, "let both follow a time server: ages, schedules and webhooks' timestamps go by the clock");
    }

    private static async Task<IEnumerable<CheckResult>> LookAtLedgerAsync(NpgsqlConnection connection, string name, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync("SELECT to_regclass('ledger_schema')::text", cancellationToken).ConfigureAwait(false) is null)
        {
            return [CheckResult.Bad("schema", "there are no tables", "make them: cineledger init --roles, as the database's owner")];
        }

        var may = (await connection.QueryAsync(
            """
            SELECT current_user::text,
                has_table_privilege('movie', 'SELECT') AND has_table_privilege('snapshot', 'SELECT'),
                has_table_privilege('movie', 'INSERT') AND has_table_privilege('movie', 'UPDATE') AND has_table_privilege('snapshot', 'INSERT'),
                pg_has_role((SELECT tableowner FROM pg_tables WHERE tablename = 'movie' AND schemaname = CURRENT_SCHEMA()), 'USAGE'),
                pg_database_size(current_database())
            """,
            row => (User: row.GetString(0), Read: row.GetBoolean(1), Load: row.GetBoolean(2), Own: !row.IsDBNull(3) && row.GetBoolean(3), Size: row.GetInt64(4)),
            cancellationToken).ConfigureAwait(false))[0];
        List<CheckResult> results =
        [
            may switch
            {
                { Read: false } => CheckResult.Bad("rights", $"{may.User} may not read the ledger", "grant it: GRANT cineledger_reader TO …, or cineledger_loader to load"),
                { Load: false } => CheckResult.Warning("rights", $"{may.User} may read, not load", "for a server that loads or tells webhooks: GRANT cineledger_loader TO …"),
                _ => CheckResult.Good("rights", $"{may.User} may read and load{(may.Own ? ", and owns the tables" : "")}"),
            },
        ];
        if (!may.Read)
        {
            return results;
        }

        results.Add(CheckResult.Good("size", $"the database takes {CheckText.Size(may.Size)}"));
        try
        {
            results.Add(CheckText.OfSchema(await Migrations.ReadVersionAsync(connection, name, cancellationToken).ConfigureAwait(false), Migrations.Latest));
            results.Add(CheckText.Of(await SnapshotRows.LatestAsync(connection, cancellationToken).ConfigureAwait(false), maxAge));
        }
        catch (Exception error) when (error is LedgerException or DbException)
        {
            results.Add(CheckResult.Bad("schema", CheckText.OneLine(error.Message), "run the program that the ledger was last upgraded with"));
        }

        return results;
    }
}
