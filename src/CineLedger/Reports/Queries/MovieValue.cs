using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Queries;

/// <summary>A value that a movie has: what measures are made of, and filters compare. Null where it is not known.</summary>
/// <param name="Name">As users write it.</param>
/// <param name="Meaning">What it is, with its unit.</param>
/// <param name="Form">How it is written.</param>
/// <param name="Sql">Its SQL, of a movie <c>m</c>, everybody's mean vote <c>e</c> and the movie's ratings <c>r</c>.</param>
internal sealed record MovieValue(string Name, string Meaning, ValueForm Form, Func<QueryRequest, string> Sql)
{
    /// <summary>The label, as it stands within a sentence.</summary>
    public string Title { get; init; } = Name.Replace('_', ' ');

    /// <summary>The subject of a chart's title; null where <see cref="Title"/> and the aggregate give it.</summary>
    public string? ChartTitle { get; init; }

    /// <summary>What a chart's axis counts.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether a chart's axis starts at zero.</summary>
    public bool StartsAtZero { get; init; } = true;

    /// <summary>Asks for the common table of everybody's mean vote, <c>e</c>.</summary>
    public bool NeedsGlobalMean { get; init; }

    /// <summary>Asks for the movie's ratings, <c>r</c>.</summary>
    public bool NeedsRatings { get; init; }

    /// <summary>Dollars: summed up where others are averaged, shared among names, restated in dollars of another year.</summary>
    public bool IsAmount { get; init; }

    /// <summary>May be measured, not only filtered by.</summary>
    public bool IsMeasure { get; init; } = true;
}

/// <summary>All values of movies.</summary>
internal static class MovieValues
{
    public const string Dollars = "US dollars";

    public static IReadOnlyList<MovieValue> All { get; } =
    [
        new("budget", "budget, in dollars", ValueForm.Whole, query => ConsumerPrices.BuildRestated("m.budget", query.Dollars)) { IsAmount = true, Unit = Dollars },
        new("revenue", "revenue, in dollars", ValueForm.Whole, query => ConsumerPrices.BuildRestated("m.revenue", query.Dollars)) { IsAmount = true, Unit = Dollars },
        new("runtime", "minutes", ValueForm.Whole, _ => "m.runtime") { Unit = "minutes" },
        new("popularity", "TMDB's popularity", ValueForm.Decimal, _ => "m.popularity")
        {
            Title = "TMDB popularity", ChartTitle = "mean popularity", Unit = "TMDB's popularity", StartsAtZero = false,
        },
        new("vote_average", "TMDB's mean vote, of movies that anybody voted on", ValueForm.Decimal, _ => "CASE WHEN m.vote_count > 0 THEN m.vote_average END")
        {
            Title = "mean vote", ChartTitle = "mean vote", Unit = "votes from 0 to 10", StartsAtZero = false,
        },
        new("vote_count", "TMDB's number of votes", ValueForm.Whole, _ => "m.vote_count") { Title = "number of votes", Unit = "votes a movie" },
        new("weighted", "IMDb's weighted rating of TMDB's votes", ValueForm.Decimal, WeightedRating.Build)
        {
            NeedsGlobalMean = true, Title = "weighted rating", ChartTitle = "weighted rating", Unit = "IMDb's formula, 0 to 10", StartsAtZero = false,
        },
        new("ratings", "mean of MovieLens's ratings, 0.5 to 5", ValueForm.Decimal, _ => MeanRating)
        {
            NeedsRatings = true, Title = "MovieLens rating", ChartTitle = "mean rating", Unit = "MovieLens's ratings, 0.5 to 5", StartsAtZero = false,
        },
        new("ratings_count", "number of MovieLens's ratings", ValueForm.Whole, _ => "r.ratings") { NeedsRatings = true, Title = "number of ratings", Unit = "ratings a movie" },
        new("release_date", "day of the release", ValueForm.Date, _ => "m.release_date") { IsMeasure = false },
    ];

    /// <summary>Whole millionths, divided without remainder: the same digits on every engine.</summary>
    private const string MeanRating = "CAST(CAST((r.rating_sum - r.rating_sum % r.ratings) / r.ratings AS BIGINT) AS DECIMAL(12, 0)) * 0.000001";

    public static MovieValue Get(string name) => All.Single(value => value.Name == name);

    /// <summary>Movies' ratings as of a snapshot, in all years: <c>ratings</c>, and their sum in millionths.</summary>
    public static string BuildRatings(string snapshot) =>
        $"""
        LEFT JOIN (
                SELECT x.movie_id, CAST(SUM(x.ratings) AS BIGINT) AS ratings, CAST(SUM({MillionthsSql.Build("x.rating_sum")}) AS BIGINT) AS rating_sum
                FROM movie_rating x
                WHERE {AsOf.Build("x", snapshot)}
                GROUP BY x.movie_id) r ON r.movie_id = m.movie_id
        """;
}
