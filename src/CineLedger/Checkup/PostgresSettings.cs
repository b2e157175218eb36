using CineLedger.Storage;
using Npgsql;

namespace CineLedger.Checkup;

/// <summary>Settings of a PostgreSQL server that a ledger is slow, small or unsafe with. One that is as it should be is not spoken of.</summary>
internal static class PostgresSettings
{
    private const long SharedBuffersWanted = 256L << 20;
    private const long LogWanted = 1L << 30;

    /// <summary>A node takes up to twenty of a server that it reads, one to look at it, and one of the primary to hear of snapshots.</summary>
    private const int ConnectionsOfNode = 22;

    public static async Task<IReadOnlyList<CheckResult>> LookAsync(NpgsqlConnection connection, bool isStandby, CancellationToken cancellationToken)
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
            results.Add(CheckResult.Bad("setting", "fsync is off", "set fsync = on: a crash of the machine would leave the database broken"));
        }

        if (settings.Encoding != "UTF8")
        {
            results.Add(CheckResult.Bad("setting", $"the database is in {settings.Encoding}", "make one in UTF8: titles and names have letters of all alphabets"));
        }

        Warn(settings.Autovacuum != "on", "autovacuum is off", "set autovacuum = on: reports slow down without statistics");
        Warn(settings.SharedBuffers < SharedBuffersWanted, $"shared_buffers is {CheckText.Size(settings.SharedBuffers)}", $"set {CheckText.Size(SharedBuffersWanted)} or more, up to a quarter of the memory: reports read all films");
        Warn(!isStandby && settings.Log < LogWanted, $"max_wal_size is {CheckText.Size(settings.Log)}", $"set {CheckText.Size(LogWanted)} or more: a load writes much at once");
        Warn(settings.StatementTimeout is > 0 and < 60_000, FormattableString.Invariant($"statement_timeout is {settings.StatementTimeout} ms"), "set 60 s or more for this role: reports and loads are cut off");
        Warn(
            settings.Connections - settings.InUse < ConnectionsOfNode,
            FormattableString.Invariant($"{settings.InUse} of {settings.Connections} connections are in use"),
            FormattableString.Invariant($"raise max_connections: a node takes up to {ConnectionsOfNode} of a server"));
        Warn(settings.IdleSlots.Length > 0, $"nobody reads the replication slot {settings.IdleSlots}", "start its standby, or drop it (pg_drop_replication_slot): the primary keeps all log for it");
        if (results.Count == 0)
        {
            results.Add(CheckResult.Good("settings", FormattableString.Invariant($"good; {settings.InUse} of {settings.Connections} connections in use")));
        }

        return results;

        void Warn(bool isSo, string found, string advice)
        {
            if (isSo)
            {
                results.Add(CheckResult.Warning("setting", found, advice));
            }
        }
    }
}
