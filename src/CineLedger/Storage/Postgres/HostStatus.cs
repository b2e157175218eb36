using System.Data.Common;

namespace CineLedger.Storage.Postgres;

/// <summary>What one server says of itself.</summary>
/// <param name="Name">Its address without a password.</param>
/// <param name="IsStandby">Null as long as it never answered.</param>
/// <param name="Position">How far it has written the log, or applied it, in bytes; null where it does not answer.</param>
/// <param name="SecondsSinceApplied">Seconds since the newest change that a standby has applied; null where none was.</param>
internal sealed record HostStatus(string Name, bool? IsStandby, long? Position, double? SecondsSinceApplied)
{
    public const string Sql = """
        SELECT pg_is_in_recovery(),
            CAST(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END - '0/0' AS BIGINT),
            CAST(EXTRACT(EPOCH FROM clock_timestamp() - pg_last_xact_replay_timestamp()) AS DOUBLE PRECISION)
        """;

    /// <param name="name">The server.</param>
    /// <param name="row">Of <see cref="Sql"/>.</param>
    public static HostStatus Read(string name, DbDataReader row) =>
        new(name, row.GetBoolean(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.IsDBNull(2) ? null : row.GetDouble(2));

    /// <summary>Compared with what the primary has written; null where that is not known.</summary>
    public StoreHost CompareTo(long? written)
    {
        long? lag = IsStandby == true && Position is { } applied && written is { } all ? Math.Max(0, all - applied) : null;

        // A primary that nobody writes to would make the age of the last change look like a lag.
        return new StoreHost(Name, IsStandby, Position is not null, lag, lag is null ? null : lag == 0 ? 0 : Math.Max(0, SecondsSinceApplied ?? 0));
    }
}
