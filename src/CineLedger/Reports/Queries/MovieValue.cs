using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Queries;

/// <summary>A value of a movie that measures aggregate and filters compare; NULL when unknown.</summary>
/// <param name="Name">The name that users enter.</param>
/// <param name="Meaning">A description with its unit.</param>
/// <param name="Form">The form of its values.</param>
/// <param name="Sql">Builds its SQL from a movie <c>m</c>, the global mean vote <c>e</c> and the movie's ratings <c>r</c>.</param>
internal sealed record MovieValue(string Name, string Meaning, ValueForm Form, Func<QueryRequest, string> Sql)
{
    /// <summary>The label within a sentence.</summary>
    public string Title { get; init; } = Name.Replace('_', ' ');

    /// <summary>The subject of a chart's title; null to derive it from <see cref="Title"/> and the aggregate.</summary>
    public string? ChartTitle { get; init; }

    /// <summary>The unit on a chart's axis.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether a chart's axis starts at zero.</summary>
    public bool StartsAtZero { get; init; } = true;

    /// <summary>Whether the SQL reads the common table of the global mean vote, <c>e</c>.</summary>
    public bool NeedsGlobalMean { get; init; }

    /// <summary>Whether the SQL reads the movie's ratings, <c>r</c>.</summary>
    public bool NeedsRatings { get; init; }

    /// <summary>Whether it is in dollars: summed by default, split among names, and convertible to dollars of another year.</summary>
    public bool IsAmount { get; init; }

    /// <summary>Whether it can be measured, not only filtered by.</summary>
    public bool IsMeasure { get; init; } = true;
}

/// <summary>All movie values.</summary>
internal static class MovieValues
{
    public const string Dollars = "US dollars";

    public static IReadOnlyList<MovieValue> All { get; } =
    [
        new("budget", "budget, in dollars", ValueForm.Whole, query => ConsumerPrices.BuildRestated("m.budget", query.Dollars)) { IsAmount = true, Unit = Dollars },
        new("revenue", "revenue, in dollars", ValueForm.Whole, query => ConsumerPrices.BuildRestated("m.revenue", query.Dollars)) { IsAmount = true, Unit = Dollars },
        new("runtime", "runtime, in minutes", ValueForm.Whole, _ => "m.runtime") { Unit = "minutes" },
        new("popularity", "TMDB's popularity", ValueForm.Decimal, _ => "m.popularity")
        {
            Title = "TMDB popularity", ChartTitle = "average popularity", Unit = "TMDB popularity", StartsAtZero = false,
        },
        new("vote_average", "TMDB's average vote, over movies with votes", ValueForm.Decimal, _ => "CASE WHEN m.vote_count > 0 THEN m.vote_average END")
        {
            Title = "average vote", ChartTitle = "average vote", Unit = "votes from 0 to 10", StartsAtZero = false,
        },
        new("vote_count", "TMDB's number of votes", ValueForm.Whole, _ => "m.vote_count") { Title = "number of votes", Unit = "votes per movie" },
        new("weighted", "IMDb's weighted rating, from TMDB's votes", ValueForm.Decimal, WeightedRating.Build)
        {
            NeedsGlobalMean = true, Title = "weighted rating", ChartTitle = "weighted rating", Unit = "IMDb's formula, 0 to 10", StartsAtZero = false,
        },
        new("ratings", "average MovieLens rating, 0.5 to 5", ValueForm.Decimal, _ => MeanRating)
        {
            NeedsRatings = true, Title = "MovieLens rating", ChartTitle = "average rating", Unit = "MovieLens rating, 0.5 to 5", StartsAtZero = false,
        },
        new("ratings_count", "number of MovieLens ratings", ValueForm.Whole, _ => "r.ratings") { NeedsRatings = true, Title = "number of ratings", Unit = "ratings per movie" },
        new("release_date", "release date", ValueForm.Date, _ => "m.release_date") { IsMeasure = false },
    ];

    /// <summary>Computed in whole millionths and divided without remainder, so that every engine returns the same digits.</summary>
    private const string MeanRating = "CAST(CAST((r.rating_sum - r.rating_sum % r.ratings) / r.ratings AS BIGINT) AS DECIMAL(12, 0)) * 0.000001";

    public static MovieValue Get(string name) => All.Single(value => value.Name == name);

    /// <summary>Builds the join to a movie's ratings of all years as of a snapshot: <c>ratings</c>, and their sum in millionths.</summary>
    public static string BuildRatings(string snapshot) =>
        $"""
        LEFT JOIN (
                SELECT x.movie_id, CAST(SUM(x.ratings) AS BIGINT) AS ratings, CAST(SUM({MillionthsSql.Build("x.rating_sum")}) AS BIGINT) AS rating_sum
                FROM movie_rating x
                WHERE {AsOf.Build("x", snapshot)}
                GROUP BY x.movie_id) r ON r.movie_id = m.movie_id
        """;
}
