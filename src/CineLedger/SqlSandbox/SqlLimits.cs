namespace CineLedger.SqlSandbox;

/// <summary>The limits of one user statement.</summary>
public sealed record SqlLimits
{
    public static SqlLimits Default { get; } = new();

    /// <summary>The time from the start of the statement to its last row.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The number of rows to return; further rows are omitted and the result is marked as truncated. 0 for all.</summary>
    public long MaxRows { get; init; } = 100_000;

    /// <summary>The memory in bytes that DuckDB may use. PostgreSQL has its own settings.</summary>
    public long Memory { get; init; } = 256L << 20;

    /// <summary>The bytes of temporary files that DuckDB may use beyond its memory.</summary>
    public long TemporaryFiles { get; init; } = 2L << 30;
}
