namespace CineLedger.Samples;

/// <summary>Options of a generated dataset. The same options always produce the same files.</summary>
public sealed record SampleOptions
{
    /// <summary>Ratings per movie when <see cref="Ratings"/> is null. The real dataset has 572, which would make
    /// ratings.csv twenty times as large as all other files together.</summary>
    public const int RatingsPerMovie = 20;

    public const int MaxMovies = 100_000_000;

    /// <summary>Number of distinct movies, 1 to <see cref="MaxMovies"/>, not counting rows that repeat a movie.</summary>
    public int Movies { get; init; } = 5000;

    /// <summary>Seed of the generator; different seeds produce different movies.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The faults to include, like those of the real dataset; <see cref="SampleQuirks.None"/> for a clean one.</summary>
    public SampleQuirks Quirks { get; init; } = SampleQuirks.All;

    /// <summary>Number of rows of ratings.csv; null for <see cref="RatingsPerMovie"/> per movie.</summary>
    public long? Ratings { get; init; }

    internal long RatingCount => Ratings ?? (long)Movies * RatingsPerMovie;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Movies, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Movies, MaxMovies);
        ArgumentOutOfRangeException.ThrowIfNegative(RatingCount, nameof(Ratings));
    }
}

/// <summary>The faults of the real dataset; each can be included or left out.</summary>
[Flags]
public enum SampleQuirks
{
    /// <summary>A clean dataset: loading it produces no findings.</summary>
    None = 0,

    /// <summary>Movies that occur twice, as exact copies or with different popularity and votes.</summary>
    RepeatedIds = 1,

    /// <summary>Records split in two by an unquoted CR or LF in the overview.</summary>
    SplitRecords = 2,

    /// <summary>Words where numbers, dates or booleans belong, a broken list, a negative amount.</summary>
    StrayValues = 4,

    /// <summary>Amounts of 1 to 100 dollars, most likely entered in millions; popularities such as <c>8.2e-05</c>.</summary>
    OddAmounts = 8,

    /// <summary>Companies with two ids, and names with surrounding spaces.</summary>
    UntidyNames = 16,

    /// <summary>MovieLens ids without a TMDB id, and TMDB ids that occur twice.</summary>
    UntidyLinks = 32,

    All = RepeatedIds | SplitRecords | StrayValues | OddAmounts | UntidyNames | UntidyLinks,
}
