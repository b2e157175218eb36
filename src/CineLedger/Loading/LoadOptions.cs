namespace CineLedger.Loading;

/// <summary>How a dataset is loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>Adds and changes movies without closing those the dataset lacks: for partial files and backfills.</summary>
    public bool IsMerge { get; init; }

    /// <summary>Takes movies of these years of release alone; null for all. A load of some years is a merge.</summary>
    public YearSet? Years { get; init; }

    /// <summary>Largest share of rejected records, 0 to 1, that may still be published.</summary>
    public double MaxRejects { get; init; } = 0.01;

    /// <summary>Lets a load close more than <see cref="QualityGates.MaxShrink"/> of the movies.</summary>
    public bool AllowsShrink { get; init; }

    /// <summary>What is read of the dataset; the ledger keeps what it holds of the rest.</summary>
    public DatasetParts Parts { get; init; } = DatasetParts.All;

    /// <summary>True where the parts were asked for by name: then a dataset that lacks one of them is an error.</summary>
    public bool RequiresParts { get; init; }

    /// <summary>A folder that keeps the originals as they were fetched; null for none.</summary>
    public string? Archive { get; init; }

    /// <summary>Whether all that the source holds is to be in the ledger, so that it stands for this version of it.</summary>
    internal bool IsWhole => !IsMerge && Parts == DatasetParts.All;

    /// <summary>Throws <see cref="Model.UsageException"/> for what contradicts itself.</summary>
    public void Check()
    {
        if (Years is not null && !IsMerge)
        {
            throw new Model.UsageException("--years: say --merge as well: movies of other years, which such a load does not read, would else seem to be gone.");
        }

        if (Years is not null && !Parts.HasFlag(DatasetParts.Movies))
        {
            throw new Model.UsageException("--years: the year of a movie is in the movies' file: --only and --skip must leave movies in.");
        }
    }
}

/// <param name="Records">Records read so far.</param>
/// <param name="BytesRead">Bytes read so far, decompressed.</param>
/// <param name="BytesTotal">Bytes there are; null where unknown.</param>
/// <param name="File">Name of the file that is being read.</param>
public readonly record struct LoadProgress(long Records, long BytesRead, long? BytesTotal, string File);

/// <summary>What a load did.</summary>
/// <param name="Snapshot">The snapshot it published, or the one it found unchanged.</param>
/// <param name="IsPublished">False where the dataset holds nothing new: then no row was written.</param>
/// <param name="Records">Records of movies read, rejected ones and duplicates included; empty rows are none.</param>
/// <param name="MoviesRead">Distinct movies among them.</param>
/// <param name="Findings">How many findings each rule made, in the order of kind and rule.</param>
public sealed record LoadSummary(
    Model.Snapshot Snapshot,
    bool IsPublished,
    long Records,
    long MoviesRead,
    IReadOnlyList<FindingCount> Findings)
{
    /// <summary>What was read of the ratings; null where none were.</summary>
    public RatingTotals? Ratings { get; init; }

    /// <summary>What was read of the credits; null where none were.</summary>
    public ListTotals? Credits { get; init; }

    /// <summary>What was read of the keywords; null where none were.</summary>
    public ListTotals? Keywords { get; init; }

    /// <summary>What the ledger keeps as it was, since the dataset lacks it or it was not asked for.</summary>
    public DatasetParts Omitted { get; init; }
}

/// <summary>What a file of ratings holds.</summary>
/// <param name="File">Its name.</param>
/// <param name="Read">Usable ratings, whether or not their movie is known.</param>
/// <param name="Users">Distinct users; null where their ids are too large to count them.</param>
/// <param name="Movies">Distinct MovieLens ids; null where there are too many that links.csv does not have.</param>
/// <param name="Mean">Of all ratings, 0.5 to 5; null without any.</param>
/// <param name="Counted">Ratings of movies of the ledger: what is stored.</param>
public sealed record RatingTotals(string File, long Read, long? Users, long? Movies, decimal? Mean, long Counted);

/// <summary>What a file of lists holds, one record a movie.</summary>
/// <param name="File">Its name.</param>
/// <param name="Records">Records read, rejected ones and duplicates included.</param>
/// <param name="Movies">Distinct movies of the ledger among them.</param>
/// <param name="Items">People or keywords of these records.</param>
public sealed record ListTotals(string File, long Records, long Movies, long Items);

/// <summary>How often a rule spoke.</summary>
public sealed record FindingCount(Model.FindingKind Kind, string Rule, long Count);
