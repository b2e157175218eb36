namespace CineLedger.Loading;

/// <summary>How a dataset is loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>Adds and changes films without closing those the dataset lacks: for partial files and backfills.</summary>
    public bool Merge { get; init; }

    /// <summary>Largest share of rejected records, 0 to 1, that may still be published.</summary>
    public double MaxRejects { get; init; } = 0.01;

    /// <summary>Lets a load close more than <see cref="QualityGates.LargestShrink"/> of the films.</summary>
    public bool AllowShrink { get; init; }
}

/// <param name="Records">Records read so far.</param>
/// <param name="BytesRead">Bytes read so far, decompressed.</param>
/// <param name="BytesTotal">Bytes there are; null where unknown.</param>
public readonly record struct LoadProgress(long Records, long BytesRead, long? BytesTotal);

/// <summary>What a load did.</summary>
/// <param name="Snapshot">The snapshot it published, or the one it found unchanged.</param>
/// <param name="Published">False where the dataset holds nothing new: then no row was written.</param>
/// <param name="Records">Records read, rejected ones and duplicates included; empty rows are none.</param>
/// <param name="MoviesRead">Distinct films among them.</param>
/// <param name="Findings">How many findings each rule made, in the order of kind and rule.</param>
public sealed record LoadSummary(
    Model.Snapshot Snapshot,
    bool Published,
    long Records,
    long MoviesRead,
    IReadOnlyList<FindingCount> Findings);

/// <summary>How often a rule spoke.</summary>
public sealed record FindingCount(Model.FindingKind Kind, string Rule, long Count);
