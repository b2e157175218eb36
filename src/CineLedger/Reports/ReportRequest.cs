using System.Globalization;
using CineLedger.Reports.Queries;

namespace CineLedger.Reports;

/// <summary>A yearly report and its options, with the defaults of the command line and the API.</summary>
public sealed record ReportRequest
{
    public required ReportDefinition Report { get; init; }

    /// <summary>The first and last release year, inclusive; null for no bound.</summary>
    public int? From { get; init; }
    public int? To { get; init; }

    /// <summary>Only these companies, as written by users; empty for all.</summary>
    public IReadOnlyList<string> Companies { get; init; } = [];

    /// <summary>Only these studios, as written by users; empty for all.</summary>
    public IReadOnlyList<string> Studios { get; init; } = [];

    /// <summary>Only these genres, as written by users; empty for all.</summary>
    public IReadOnlyList<string> Genres { get; init; } = [];

    public Aggregate Aggregate { get; init; } = Aggregate.Sum;
    public Popularity Popularity { get; init; } = Popularity.Popularity;
    public Share Share { get; init; } = Share.Full;

    /// <summary>Whether each company counts as a studio of its own.</summary>
    public bool IsAsNamed { get; init; }

    /// <summary>The year whose dollars amounts are converted to; null for dollars of the release year.</summary>
    public int? Dollars { get; init; }

    /// <summary>The maximum number of rows that differ only in the last dimension; null for all.</summary>
    public int? Top { get; init; }

    /// <summary>The column to order by; null for the report's default order.</summary>
    public string? Order { get; init; }
    public bool IsDescending { get; init; }

    /// <summary>The maximum number of rows; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>The number of rows to skip.</summary>
    public int Offset { get; init; }

    /// <summary>Returns the options that select movies or change numbers and differ from their defaults, with their values as users write them.</summary>
    public IEnumerable<(QueryOption Option, string Value)> GetOptions() =>
        new (QueryOption Option, IEnumerable<string?> Values)[]
        {
            (QueryOption.From, [From?.ToString(CultureInfo.InvariantCulture)]),
            (QueryOption.To, [To?.ToString(CultureInfo.InvariantCulture)]),
            (QueryOption.Company, Companies),
            (QueryOption.Studio, Studios),
            (QueryOption.Genre, Genres),
            (QueryOption.Aggregate, [Aggregate == default ? null : ReportOptionNames.GetName(Aggregate)]),
            (QueryOption.Popularity, [Popularity == default ? null : ReportOptionNames.GetName(Popularity)]),
            (QueryOption.Share, [Share == default ? null : ReportOptionNames.GetName(Share)]),
            (QueryOption.AsNamed, [IsAsNamed ? "yes" : null]),
            (QueryOption.Dollars, [Dollars?.ToString(CultureInfo.InvariantCulture)]),
            (QueryOption.Top, [Top?.ToString(CultureInfo.InvariantCulture)]),
        }.SelectMany(option => option.Values.OfType<string>().Select(value => (option.Option, value)));
}

/// <summary>How the known amounts of several movies are aggregated.</summary>
public enum Aggregate
{
    Sum,
    Avg,
    Median,
    Min,
    Max,
}

/// <summary>The value whose mean fills the popularity column.</summary>
public enum Popularity
{
    /// <summary>TMDB's popularity.</summary>
    Popularity,

    /// <summary>Mean TMDB vote of the movies that have votes.</summary>
    VoteAverage,

    VoteCount,

    /// <summary>IMDb's weighted rating; see <see cref="Queries.WeightedRating"/>.</summary>
    Weighted,

    /// <summary>Mean MovieLens rating of the movies that have ratings.</summary>
    Ratings,

    /// <summary>Number of MovieLens ratings of the movies that have ratings.</summary>
    RatingsCount,
}

/// <summary>How a movie's amounts are allocated to its companies or genres.</summary>
public enum Share
{
    /// <summary>Each receives the full amount.</summary>
    Full,

    /// <summary>The amount is split among them in whole dollars, so that totals add up.</summary>
    Equal,
}
