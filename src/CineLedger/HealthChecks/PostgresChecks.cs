using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Storage.Schema;
using CineLedger.Storage.Snapshots;
using Npgsql;

namespace CineLedger.HealthChecks;

/// <summary>Checks a ledger in PostgreSQL: every server of its addresses and, on the primary, the requirements of loads and readers.</summary>
internal static class PostgresChecks
{
    /// <summary>A larger clock difference breaks keys, schedules and the timestamps of webhooks.</summary>
    private static readonly TimeSpan MaxSkew = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan MaxLag = TimeSpan.FromMinutes(1);

    private const int ConnectSeconds = 5;

    public static async Task<IReadOnlyList<CheckResult>> RunAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var addresses = PostgresAddress.SplitHosts(PostgresAddress.Parse(request.Store))
            .Concat(request.ReadStore is { } other && StoreEngine.Get(other) is PostgresEngine ? PostgresAddress.SplitHosts(PostgresAddress.Parse(other)) : [])
            .DistinctBy(PostgresAddress.GetDisplayName);
        var results = new List<CheckResult>();
        var statuses = new List<HostStatus>();
        var hasPrimary = false;
        foreach (var address in addresses)
        {
            var name = PostgresAddress.GetDisplayName(address);
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
                        var status = (await connection.QueryAsync(HostStatus.Sql, row => HostStatus.Read(name, row), cancellationToken).ConfigureAwait(false))[0];
                        statuses.Add(status);
                        results.Add(CheckResult.Healthy(
                            "store", $"{name} responds as {(status.IsStandby == true ? "standby" : "primary")}, PostgreSQL {connection.PostgreSqlVersion}"));
                        results.Add(await CheckClockAsync(connection, cancellationToken).ConfigureAwait(false));
                        results.AddRange(await PostgresSettings.CheckAsync(connection, status.IsStandby == true, cancellationToken).ConfigureAwait(false));
                        if (status.IsStandby == false && !hasPrimary)
                        {
                            hasPrimary = true;
                            results.AddRange(await CheckLedgerAsync(connection, name, request.MaxAge, cancellationToken).ConfigureAwait(false));
                        }

                        if (request.IsDeep)
                        {
                            // Each server has its own files.
                            results.AddRange(await ContentChecks.RunAsync(
                                name,
                                async () => await PostgresSource.ConnectAsync(source, name, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false));
                        }
                    }
                }
                catch (Exception error) when (error is LedgerException or NpgsqlException)
                {
                    results.Add(CheckResult.Unhealthy(
                        "store",
                        CheckFormatting.ToOneLine(error is LedgerException ? error.Message : PostgresErrors.ReadFailed(name, error).Message),
                        "readers use the other servers; loads, keys and webhooks need the primary (docs/runbooks.md)"));
                }
            }
        }

        if (!hasPrimary)
        {
            results.Add(CheckResult.Unhealthy("primary", "none of the servers is a primary", "add the primary to --store: without it nothing can be loaded"));
        }

        results.AddRange(CheckLags(statuses));
        return results;
    }

    private static IEnumerable<CheckResult> CheckLags(List<HostStatus> statuses)
    {
        var written = statuses.Where(status => status.IsStandby == false).Max(status => status.Position);
        foreach (var host in statuses.Select(status => status.CompareTo(written)).Where(host => host is { IsStandby: true, LagSeconds: not null }))
        {
            var lag = TimeSpan.FromSeconds(host.LagSeconds!.Value);
            var found = $"{host.Name} is {CheckFormatting.FormatDuration(lag)} and {CheckFormatting.FormatSize(host.LagBytes!.Value)} of WAL behind the primary";
            yield return lag <= MaxLag
                ? CheckResult.Healthy("standby", found)
                : CheckResult.Warning(
                    "standby", found, "check whether it receives WAL (pg_stat_wal_receiver) and what it is waiting for; until then, its readers see new snapshots late");
        }
    }

    private static async Task<CheckResult> CheckClockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var before = DateTime.UtcNow;
        var theirs = await connection.ExecuteScalarAsync("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION)", cancellationToken).ConfigureAwait(false);
        var middle = before + ((DateTime.UtcNow - before) / 2);
        var skew = (DateTime.UnixEpoch.AddSeconds((double)theirs!) - middle).Duration();
        var found = $"{CheckFormatting.FormatDuration(skew)} off the server's clock";
        return skew <= MaxSkew
            ? CheckResult.Healthy("clock", found)
            : CheckResult.Warning("clock", found, "synchronize both with a time server: ages, schedules and the timestamps of webhooks depend on the clock");
    }

    private static async Task<IEnumerable<CheckResult>> CheckLedgerAsync(NpgsqlConnection connection, string name, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        if (await connection.ExecuteScalarAsync("SELECT to_regclass('ledger_schema')::text", cancellationToken).ConfigureAwait(false) is null)
        {
            return [CheckResult.Unhealthy("schema", "there are no tables", "create them: run cineledger init --roles as the database's owner")];
        }

        var rights = (await connection.QueryAsync(
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
            rights switch
            {
                { Read: false } => CheckResult.Unhealthy("rights", $"{rights.User} may not read the ledger", "grant it: GRANT cineledger_reader TO …, or cineledger_loader to load"),
                { Load: false } => CheckResult.Warning("rights", $"{rights.User} may read but not load", "for a server that loads or sends webhooks: GRANT cineledger_loader TO …"),
                _ => CheckResult.Healthy("rights", $"{rights.User} may read and load{(rights.Own ? ", and owns the tables" : "")}"),
            },
        ];
        if (!rights.Read)
        {
            return results;
        }

        results.AddRange(await CitusChecks.RunAsync(connection, cancellationToken).ConfigureAwait(false)
            ?? [CheckResult.Healthy("size", $"the database uses {CheckFormatting.FormatSize(rights.Size)}")]);
        try
        {
            results.Add(CheckFormatting.CheckSchema(await Migrations.ReadVersionAsync(connection, name, cancellationToken).ConfigureAwait(false), Migrations.Latest));
            results.Add(CheckFormatting.CheckAge(await SnapshotRows.FindLatestAsync(connection, cancellationToken).ConfigureAwait(false), maxAge));
        }
        catch (Exception error) when (error is LedgerException or DbException)
        {
            results.Add(CheckResult.Unhealthy("schema", CheckFormatting.ToOneLine(error.Message), "use the version of CineLedger that last upgraded the ledger"));
        }

        return results;
    }
}
