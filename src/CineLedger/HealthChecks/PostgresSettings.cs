using CineLedger.Storage;
using Npgsql;

namespace CineLedger.HealthChecks;

/// <summary>Checks for PostgreSQL settings that make a ledger slow, limited or unsafe. Good settings are not reported.</summary>
internal static class PostgresSettings
{
    private const long RecommendedSharedBuffers = 256L << 20;
    private const long RecommendedMaxWalSize = 1L << 30;

    /// <summary>A node uses up to twenty connections to a server that it reads from, one to monitor it, and one to the primary for notifications of snapshots.</summary>
    private const int ConnectionsPerNode = 22;

    public static async Task<IReadOnlyList<CheckResult>> CheckAsync(NpgsqlConnection connection, bool isStandby, CancellationToken cancellationToken)
    {
        var settings = (await connection.QueryAsync(
            """
            SELECT pg_size_bytes(current_setting('shared_buffers')), pg_size_bytes(current_setting('max_wal_size')),
                current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
                (SELECT COUNT(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()),
                current_setting('fsync'), current_setting('autovacuum'), current_setting('server_encoding'),
                (SELECT setting::bigint FROM pg_settings WHERE name = 'statement_timeout'),
                (SELECT COALESCE(STRING_AGG(slot_name, ', '), '') FROM pg_replication_slots WHERE NOT active)
            """,
            row => new
            {
                SharedBuffers = row.GetInt64(0),
                Log = row.GetInt64(1),
                Connections = row.GetInt32(2),
                InUse = row.GetInt64(3),
                Fsync = row.GetString(4),
                Autovacuum = row.GetString(5),
                Encoding = row.GetString(6),
                StatementTimeout = row.GetInt64(7),
                IdleSlots = row.GetString(8),
            },
            cancellationToken).ConfigureAwait(false))[0];
        var results = new List<CheckResult>();
        if (settings.Fsync != "on")
        {
            results.Add(CheckResult.Unhealthy("setting", "fsync is off", "set fsync = on: a crash of the machine would corrupt the database"));
        }

        if (settings.Encoding != "UTF8")
        {
            results.Add(CheckResult.Unhealthy(
                "setting", $"the database encoding is {settings.Encoding}", "create a database in UTF8: titles and names contain letters of all alphabets"));
        }

        WarnIf(settings.Autovacuum != "on", "autovacuum is off", "set autovacuum = on: reports slow down without statistics");
        WarnIf(
            settings.SharedBuffers < RecommendedSharedBuffers,
            $"shared_buffers is {CheckFormatting.FormatSize(settings.SharedBuffers)}",
            $"set {CheckFormatting.FormatSize(RecommendedSharedBuffers)} or more, up to a quarter of the memory: reports read all movies");
        WarnIf(
            !isStandby && settings.Log < RecommendedMaxWalSize,
            $"max_wal_size is {CheckFormatting.FormatSize(settings.Log)}",
            $"set {CheckFormatting.FormatSize(RecommendedMaxWalSize)} or more: a load writes a lot at once");
        WarnIf(
            settings.StatementTimeout is > 0 and < 60_000,
            FormattableString.Invariant($"statement_timeout is {settings.StatementTimeout} ms"),
            "set 60 s or more for this role: reports and loads may time out");
        WarnIf(
            settings.Connections - settings.InUse < ConnectionsPerNode,
            FormattableString.Invariant($"{settings.InUse} of {settings.Connections} connections are in use"),
            FormattableString.Invariant($"raise max_connections: a node uses up to {ConnectionsPerNode} connections"));
        WarnIf(
            settings.IdleSlots.Length > 0,
            $"the replication slot {settings.IdleSlots} is inactive",
            "start its standby, or drop it (pg_drop_replication_slot): the primary retains all WAL for it");
        if (results.Count == 0)
        {
            results.Add(CheckResult.Healthy("settings", FormattableString.Invariant($"good; {settings.InUse} of {settings.Connections} connections in use")));
        }

        return results;

        void WarnIf(bool isSo, string found, string advice)
        {
            if (isSo)
            {
                results.Add(CheckResult.Warning("setting", found, advice));
            }
        }
    }
}
