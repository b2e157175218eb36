namespace CineLedger.Model;

/// <summary>The state of the whole ledger after one load. Times are UTC.</summary>
/// <param name="Id">1, 2, 3 … in the order of publication.</param>
/// <param name="Source">The address the data came from, without credentials.</param>
/// <param name="SourceVersion">What distinguishes this version of the source from others: an ETag, a date, a hash; null if unknown.</param>
/// <param name="Synthetic">True for a generated sample, whose numbers are invented.</param>
/// <param name="StartedAt">When the load started, UTC.</param>
/// <param name="PublishedAt">When the snapshot became visible to readers, UTC.</param>
/// <param name="Records">Records read, including rejected ones and duplicates.</param>
/// <param name="Movies">Movies in the ledger as of this snapshot.</param>
/// <param name="Undated">Movies without a year of release, which no yearly report contains.</param>
/// <param name="Added">Movies that the previous snapshot did not have.</param>
/// <param name="Changed">Movies whose content differs from the previous snapshot.</param>
/// <param name="Removed">Movies that only the previous snapshot had.</param>
public sealed record Snapshot(
    int Id,
    string Source,
    string? SourceVersion,
    bool Synthetic,
    DateTime StartedAt,
    DateTime PublishedAt,
    long Records,
    long Movies,
    long Undated,
    long Added,
    long Changed,
    long Removed)
{
    /// <summary>Returns the snapshot as readers of a server see it: its source without folders and hosts.</summary>
    public Snapshot WithoutPaths() => this with { Source = SourceName.RemovePaths(Source) };
}
