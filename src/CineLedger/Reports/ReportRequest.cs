namespace CineLedger.Reports;

/// <summary>A yearly report and its options; the defaults are those of the command line and of HTTP.</summary>
public sealed record ReportRequest
{
    public required ReportDefinition Report { get; init; }

    /// <summary>First and last year of release, both included; null for no bound.</summary>
    public int? From { get; init; }
    public int? To { get; init; }

    /// <summary>Only these companies, by their exact names; none for all.</summary>
    public IReadOnlyList<string> Companies { get; init; } = [];

    /// <summary>Only these genres, by their exact names; none for all.</summary>
    public IReadOnlyList<string> Genres { get; init; } = [];

    public Aggregate Aggregate { get; init; } = Aggregate.Sum;
    public Popularity Popularity { get; init; } = Popularity.Popularity;
    public Share Share { get; init; } = Share.Full;

    /// <summary>A column to order by, in place of the report's own order; null for that.</summary>
    public string? Order { get; init; }
    public bool IsDescending { get; init; }

    /// <summary>How many rows at the most; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>How many rows are passed over first.</summary>
    public int Offset { get; init; }
}

/// <summary>What is made of the known amounts of several movies.</summary>
public enum Aggregate
{
    Sum,
    Avg,
    Median,
    Min,
    Max,
}

/// <summary>Whose mean the popularity column is.</summary>
public enum Popularity
{
    /// <summary>TMDB's own figure.</summary>
    Popularity,

    /// <summary>Mean vote of the movies that anybody voted on.</summary>
    VoteAverage,

    VoteCount,

    /// <summary>IMDb's weighted rating: see <see cref="Queries.WeightedRating"/>.</summary>
    Weighted,

    /// <summary>Mean of all its viewers' ratings, of the movies that have any.</summary>
    Ratings,

    /// <summary>How many ratings a movie has, of the movies that have any.</summary>
    RatingsCount,
}

/// <summary>How a movie's amounts go to its several companies or genres.</summary>
public enum Share
{
    /// <summary>The full amount to each.</summary>
    Full,

    /// <summary>Split among them in whole dollars, so that totals add up.</summary>
    Equal,
}
