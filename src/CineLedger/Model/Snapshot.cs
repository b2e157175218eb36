namespace CineLedger.Model;

/// <summary>The state of the whole ledger after one load. Times are UTC.</summary>
/// <param name="Id">1, 2, 3 … in the order of publication.</param>
/// <param name="Source">The address the data came from, without credentials.</param>
/// <param name="SourceVersion">What tells this version of the source from another: an ETag, a date, a hash; null where unknown.</param>
/// <param name="Synthetic">True for a generated sample: its numbers mean nothing.</param>
/// <param name="StartedAt">When the load began, UTC.</param>
/// <param name="PublishedAt">When readers could see it, UTC.</param>
/// <param name="Records">Records read, rejected ones and duplicates included.</param>
/// <param name="Movies">Movies in the ledger as of this snapshot.</param>
/// <param name="Undated">Those of them without a release date: no yearly report holds them.</param>
/// <param name="Added">Movies that the snapshot before did not have.</param>
/// <param name="Changed">Movies whose content differs from the snapshot before.</param>
/// <param name="Removed">Movies that the snapshot before had and this one has not.</param>
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
    long Removed);
