namespace CineLedger.SqlSandbox;

/// <summary>What one statement of a user's may take.</summary>
public sealed record SqlLimits
{
    public static SqlLimits Default { get; } = new();

    /// <summary>From the start of the statement to its last row.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Rows that are given back; those beyond are left out, and the result says so. 0 for all.</summary>
    public long MaxRows { get; init; } = 100_000;

    /// <summary>Bytes that DuckDB may hold in memory for it. A server has its own settings.</summary>
    public long Memory { get; init; } = 256L << 20;

    /// <summary>Bytes of temporary files in which DuckDB goes on beyond that.</summary>
    public long TemporaryFiles { get; init; } = 2L << 30;
}
