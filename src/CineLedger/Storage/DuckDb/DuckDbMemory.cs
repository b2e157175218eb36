namespace CineLedger.Storage.DuckDb;

/// <summary>The memory limits of DuckDB, in bytes.</summary>
internal static class DuckDbMemory
{
    /// <summary>
    /// The limit of a load, above which DuckDB writes to disk. With DuckDB's default, four fifths of the machine's memory, a load would grow with the
    /// dataset.
    /// </summary>
    public const long LoadLimit = 64L << 20;

    /// <summary>
    /// Returns what DuckDB may hold while it groups all movies, for a load's report files or totals. Part of what a query needs to group and sort all movies cannot go to a
    /// temporary file: <c>company-genres</c> of 454,660 movies in a file of 254 MB fails with 96 MB and succeeds with 112 MB.
    /// </summary>
    /// <param name="size">Bytes of the ledger's file.</param>
    public static long GetGroupingMemory(long size) => (LoadLimit / 2) + (size * 2 / 5);

    /// <summary>The limit of a ledger that is opened for reading, with queries that sort and group freely.</summary>
    public const long QueryLimit = 160L << 20;

    /// <summary>
    /// The limit for all concurrent queries of a served ledger, plus one kilobyte per movie; larger queries use a temporary file. It must not depend on
    /// the file's size, which grows with each load: DuckDB caches all that it has read, including older snapshots, until the limit.
    /// </summary>
    private const long ServedBase = QueryLimit;

    private const long ServedPerMovie = 1 << 10;

    /// <summary>Returns the limit for all concurrent queries of a served ledger.</summary>
    public static long GetReaderMemory(long movies) => ServedBase + (movies * ServedPerMovie);

    /// <summary>
    /// Formats a limit: the requested memory, which a large dataset or ledger needs for what DuckDB cannot do in a temporary file, up to half of the
    /// machine's memory, but never less than the minimum.
    /// </summary>
    public static string FormatLimit(long min, long requested) =>
        FormattableString.Invariant($"{Math.Max(min, Math.Min(requested, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2)) >> 20}MiB");
}
