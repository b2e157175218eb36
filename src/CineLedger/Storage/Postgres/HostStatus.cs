using System.Data.Common;

namespace CineLedger.Storage.Postgres;

/// <summary>The status that a server reports.</summary>
/// <param name="Name">Its address without a password.</param>
/// <param name="IsStandby">Null if it has never responded.</param>
/// <param name="Position">The position in the write-ahead log up to which it has written or, as a standby, applied changes; null if it does not respond.</param>
/// <param name="SecondsSinceApplied">Seconds since the newest change that a standby has applied; null if there is none.</param>
internal sealed record HostStatus(string Name, bool? IsStandby, long? Position, double? SecondsSinceApplied)
{
    public const string Sql = """
        SELECT pg_is_in_recovery(),
            CAST(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END - '0/0' AS BIGINT),
            CAST(EXTRACT(EPOCH FROM clock_timestamp() - pg_last_xact_replay_timestamp()) AS DOUBLE PRECISION)
        """;

    /// <param name="name">The server's name.</param>
    /// <param name="row">A row of <see cref="Sql"/>.</param>
    public static HostStatus Read(string name, DbDataReader row) =>
        new(name, row.GetBoolean(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.IsDBNull(2) ? null : row.GetDouble(2));

    /// <summary>Returns the status with the lag behind the primary.</summary>
    /// <param name="written">The primary's position; null if unknown.</param>
    public StoreHost CompareTo(long? written)
    {
        long? lag = IsStandby == true && Position is { } applied && written is { } all ? Math.Max(0, all - applied) : null;

        // Without a lag in bytes, the age of the last change only shows that the primary has not been written to.
        return new StoreHost(Name, IsStandby, Position is not null, lag, lag is null ? null : lag == 0 ? 0 : Math.Max(0, SecondsSinceApplied ?? 0));
    }
}
