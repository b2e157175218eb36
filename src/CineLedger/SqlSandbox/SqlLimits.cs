namespace CineLedger.SqlSandbox;

/// <summary>The limits of one user statement.</summary>
public sealed record SqlLimits
{
    public static SqlLimits Default { get; } = new();

    /// <summary>The least memory of a statement's process, of which the runtime takes a third.</summary>
    private const long MinProcessMemory = 256L << 20;

    /// <summary>The time from the start of the statement to its last row.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The number of rows to return; further rows are omitted and the result is marked as truncated. 0 for all.</summary>
    public long MaxRows { get; init; } = 100_000;

    /// <summary>The memory in bytes that DuckDB may use. PostgreSQL has its own settings.</summary>
    public long Memory { get; init; } = 256L << 20;

    /// <summary>The memory in bytes that the statement's process may use in total: DuckDB does not count everything that it allocates.</summary>
    public long ProcessMemory { get; init; } = 640L << 20;

    /// <summary>The bytes of temporary files that DuckDB may use beyond its memory.</summary>
    public long TemporaryFiles { get; init; } = 2L << 30;

    /// <summary>The folder for these files; null for one beside the ledger.</summary>
    public string? TemporaryFolder { get; init; }

    /// <summary>The bytes of one value.</summary>
    public int MaxValueBytes { get; init; } = 1 << 20;

    /// <summary>The bytes of all rows together, as they are transferred from the statement's process.</summary>
    public long MaxResultBytes { get; init; } = 64L << 20;

    /// <summary>Returns limits for a machine or container with this much memory: a statement gets at most a quarter of it.</summary>
    public SqlLimits FitTo(long availableBytes)
    {
        var process = Math.Clamp(availableBytes / 4, MinProcessMemory, ProcessMemory);
        return this with { ProcessMemory = process, Memory = Math.Min(Memory, process * 2 / 5) };
    }

    /// <summary>
    /// Whether the statement may only run with the rights of the role cineledger_sql. If not, and there is no such role, it has those of the login,
    /// which belongs to the user of the command line.
    /// </summary>
    public bool RequiresRole { get; init; }
}
