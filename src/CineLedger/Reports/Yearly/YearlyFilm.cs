namespace CineLedger.Reports.Yearly;

/// <summary>What the yearly reports want to know of a film: 40 bytes that lie together, since those of a company's films lie anywhere.</summary>
internal readonly record struct YearlyFilm
{
    /// <summary>Stands for an amount that is not known.</summary>
    public const long Unknown = long.MinValue;

    /// <summary>Stands for the year of a film without a date.</summary>
    public const int Undated = int.MinValue;

    public required long MovieId { get; init; }

    /// <summary>Tells its versions apart.</summary>
    public required int Since { get; init; }

    /// <summary>The year of its release, or <see cref="Undated"/>.</summary>
    public required int Year { get; init; }

    /// <summary>US dollars, or <see cref="Unknown"/>.</summary>
    public required long Budget { get; init; }

    /// <inheritdoc cref="Budget"/>
    public required long Revenue { get; init; }

    /// <summary>Millionths, or <see cref="Unknown"/>.</summary>
    public required long Popularity { get; init; }
}
