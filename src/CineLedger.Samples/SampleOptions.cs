namespace CineLedger.Samples;

/// <summary>What a generated dataset should be like. The same options give the same files, on every run.</summary>
public sealed record SampleOptions
{
    /// <summary>Ratings for a movie where <see cref="Ratings"/> is not given. The real dataset has 572, which would make
    /// ratings.csv twenty times as large as all the other files together.</summary>
    public const int RatingsPerMovie = 20;

    public const int MaxMovies = 100_000_000;

    /// <summary>Distinct movies, 1 to <see cref="MaxMovies"/>. Rows that repeat a movie come on top.</summary>
    public int Movies { get; init; } = 5000;

    /// <summary>Chooses the dataset: another seed, other movies.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The faults to put in, like those of the real dataset; <see cref="SampleQuirks.None"/> for a clean one.</summary>
    public SampleQuirks Quirks { get; init; } = SampleQuirks.All;

    /// <summary>Rows of ratings.csv; null for <see cref="RatingsPerMovie"/> a movie.</summary>
    public long? Ratings { get; init; }

    internal long RatingCount => Ratings ?? (long)Movies * RatingsPerMovie;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Movies, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Movies, MaxMovies);
        ArgumentOutOfRangeException.ThrowIfNegative(RatingCount, nameof(Ratings));
    }
}

/// <summary>The faults of the real dataset, each of which can be left out.</summary>
[Flags]
public enum SampleQuirks
{
    /// <summary>A clean dataset: loading it gives no findings.</summary>
    None = 0,

    /// <summary>Movies that stand twice, as exact copies or with other popularity and votes.</summary>
    RepeatedIds = 1,

    /// <summary>Records that break in two at an unquoted CR or LF in the overview.</summary>
    SplitRecords = 2,

    /// <summary>Words where numbers, dates or booleans belong, a broken list, a negative amount.</summary>
    StrayValues = 4,

    /// <summary>Amounts of 1 to 100 dollars, most likely entered in millions; popularities such as <c>8.2e-05</c>.</summary>
    OddAmounts = 8,

    /// <summary>Companies under two ids, names with spaces around them.</summary>
    UntidyNames = 16,

    /// <summary>MovieLens ids without a TMDB id, and TMDB ids that stand twice.</summary>
    UntidyLinks = 32,

    All = RepeatedIds | SplitRecords | StrayValues | OddAmounts | UntidyNames | UntidyLinks,
}
