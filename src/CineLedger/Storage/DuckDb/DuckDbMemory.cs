namespace CineLedger.Storage.DuckDb;

/// <summary>How much memory DuckDB may take for what, in bytes.</summary>
internal static class DuckDbMemory
{
    /// <summary>
    /// What DuckDB may hold in memory before it writes to disk. Its default, four fifths of the machine, would let a load grow with
    /// the dataset.
    /// </summary>
    public const long Load = 64L << 20;

    /// <summary>
    /// Returns what DuckDB may hold while a load writes its report files. Part of what a query needs to group and sort all movies cannot go to a temporary
    /// file: <c>company-genres</c> of 454,660 movies in a file of 254 MB fails with 96 MB and succeeds with 112 MB.
    /// </summary>
    /// <param name="size">Bytes of the ledger's file.</param>
    public static long OfReportFiles(long size) => (Load / 2) + (size * 2 / 5);

    /// <summary>The same for a ledger that is only read, where queries sort and group as they like.</summary>
    public const long Query = 160L << 20;

    /// <summary>
    /// The same for all that ask a served ledger at once, beside a kilobyte a movie; what outgrows it goes on in a temporary file. It must not follow
    /// the file, which grows with each load: DuckDB keeps what it has read as long as there is room, older snapshots too.
    /// </summary>
    private const long ServedBase = Query;

    private const long ServedPerMovie = 1 << 10;

    /// <summary>For all who ask a served ledger of so many movies.</summary>
    public static long GetReaderMemory(long movies) => ServedBase + (movies * ServedPerMovie);

    /// <summary>
    /// The least; or more for a dataset or ledger so large that DuckDB needs it for what it cannot do in a temporary file, but no more
    /// than half of what the machine has.
    /// </summary>
    public static string FormatLimit(long min, long requested) =>
        FormattableString.Invariant($"{Math.Max(min, Math.Min(requested, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2)) >> 20}MiB");
}
