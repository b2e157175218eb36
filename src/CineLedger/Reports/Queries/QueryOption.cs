using System.Globalization;

namespace CineLedger.Reports.Queries;

/// <summary>
/// An option of a report or a query. The command line's options, the parameters of the API and of assistant tools, and the URLs of pages are built
/// from it.
/// </summary>
/// <param name="Name">The name of the parameter and, after two dashes, of the option.</param>
/// <param name="Meaning">A description in full sentences, with code in backticks.</param>
/// <param name="Placeholder">The placeholder of the value in command-line help; null for an option without a value.</param>
/// <param name="Example">An example value; null when the meaning shows one.</param>
public sealed record QueryOption(string Name, string Meaning, string? Placeholder = null, string? Example = null)
{
    /// <summary>Gets the default value; null when there is none or no single value.</summary>
    public string? Default { get; init; }

    /// <summary>Gets the allowed values; empty when other values are allowed.</summary>
    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    /// <summary>Gets the inclusive lower bound of a number.</summary>
    public int Min { get; init; } = int.MinValue;
    public int Max { get; init; } = int.MaxValue;

    public bool IsRequired { get; init; }

    public static QueryOption From { get; } = new("from", "First release year.", "YEAR", "1995") { Min = FilterValues.FirstYear, Max = 9999 };
    public static QueryOption To { get; } = new("to", "Last release year.", "YEAR", "1999") { Min = FilterValues.FirstYear, Max = 9999 };
    public static QueryOption Company { get; } = new("company", "Only this company; repeatable. A part of the name suffices if no other company has it; = before the name takes it exactly.", "NAME", "Pixar Animation Studios");
    public static QueryOption Genre { get; } = new("genre", "Only this genre; repeatable.", "NAME", "Animation");
    public static QueryOption Studio { get; } = new("studio", "Only this studio; repeatable. A part of the name suffices if no other studio has it.", "NAME", "Disney");
    public static QueryOption AsNamed { get; } = new("as-named", "Count each company as a studio of its own, under the dataset's name.");
    public static QueryOption By { get; } = new("by", "Comma-separated dimensions to group by.", "DIM,…", "year,genre");

    public static QueryOption Measure { get; } =
        new(
            "measure",
            "Comma-separated measures, each optionally with :sum, :avg, :median, :min or :max, or in a function over groups such as `share(revenue)`: "
                + $"{string.Join(", ", GroupFunctions.All.Select(function => function.Name))}.",
            "MEASURE,…",
            "releases,revenue")
        { IsRequired = true };

    public static QueryOption Pivot { get; } = new(
        "pivot",
        "Turn this dimension of `by` into columns, one per value and measure. Rows, `order`, `top` and `limit` are those of the query without the dimension.",
        "DIM",
        "year");

    public static QueryOption Where { get; } = new(
        "where",
        "Only movies that match; repeat for several filters, which must all match. `FIELD=VALUE`, `FIELD=A..B`, `FIELD>=VALUE` (also != > < <=), "
        + "`FIELD is known`, `FIELD is unknown`. Several = on one field match any of the values.",
        "FILTER",
        "budget>=100M");

    public static QueryOption Aggregate { get; } = new("aggregate", "How known amounts are aggregated.", "VALUE") { Default = ReportOptionNames.GetName(default(Aggregate)) };

    public static QueryOption Popularity { get; } =
        new("popularity", "The measure averaged in the popularity column; weighted is IMDb's weighted rating, ratings is the average MovieLens rating.", "VALUE")
        {
            Default = ReportOptionNames.GetName(default(Popularity)),
        };

    public static QueryOption Share { get; } =
        new("share", "How the amounts of a movie with several companies or genres count: in full for each, or split equally among them.", "VALUE")
        {
            Default = ReportOptionNames.GetName(default(Share)),
        };

    /// <summary>Gets the order of a report, which is by a single column.</summary>
    public static QueryOption ReportOrder { get; } =
        new("order", "Sort by this column, named as in the report's CSV; with :desc, the largest first.", "COL[:desc]", "releases:desc");

    public static QueryOption Order { get; } = new("order", "Comma-separated columns to sort by; with :desc, the largest first.", "COL[:desc],…", "revenue:desc");
    public static QueryOption Top { get; } = new(
        "top",
        "Only the top N rows of each group: those with the largest first measure (or first measure of `order`) among the rows that differ only in the last dimension.",
        "N",
        "3")
    { Min = 1 };

    public static QueryOption Limit { get; } = new("limit", "The maximum number of rows.", "N", "100") { Min = 1 };
    public static QueryOption Totals { get; } = new("totals", "Add a total row that counts each movie once.");

    public static QueryOption Compare { get; } =
        new("compare", "With previous-year: add to each measure its value a year before, the change, and the change in percent.", "VALUE") { AllowedValues = ["previous-year"] };

    public static QueryOption CompareSnapshot { get; } = new(
        "compare-snapshot", "Add to each measure its value in this older snapshot, the change, and the change in percent.", "N", "1")
    { Min = 1 };

    public static QueryOption Dollars { get; } = new(
        "dollars",
        string.Create(CultureInfo.InvariantCulture, $"Convert amounts to dollars of this year ({ConsumerPrices.FirstYear}–{ConsumerPrices.LastYear}), by the US CPI-U."),
        "YEAR",
        "2017")
    { Min = ConsumerPrices.FirstYear, Max = ConsumerPrices.LastYear };

    public static QueryOption MinMovies { get; } = new(
        "min-movies",
        "The minimum number of movies behind each figure that growth is computed from. `cagr` and `slope` of fewer movies are unknown; changes in percent and returns on "
            + "investment of fewer movies are sorted last.",
        "N")
    {
        Min = 1,
        Default = QueryRequest.DefaultMinMovies.ToString(CultureInfo.InvariantCulture),
    };

    public static QueryOption WeightedVotes { get; } =
        new("weighted-votes", "The parameter m of the weighted rating: with more votes than this, a movie's own average vote outweighs the average of all movies.", "M")
        {
            Min = 1,
            Default = WeightedRating.DefaultVotes.ToString(CultureInfo.InvariantCulture),
        };

    public static QueryOption WeightedMean { get; } =
        new("weighted-mean", "The parameter C of the weighted rating. Default: the average vote of all movies.", "C", "6.1") { Min = 0, Max = 10 };

    public static QueryOption Snapshot { get; } = new("snapshot", "As of this snapshot. Default: the newest.", "N", "1") { Min = 1 };

    /// <summary>Gets the options of a report, except the snapshot.</summary>
    public static IReadOnlyList<QueryOption> ForReports { get; } =
        [From, To, Company, Studio, Genre, Aggregate, Popularity, Share, AsNamed, Dollars, ReportOrder, Top, Limit];

    /// <summary>Gets the options of a query, except the snapshot.</summary>
    public static IReadOnlyList<QueryOption> ForQueries { get; } =
        [By, Measure, Pivot, From, To, Where, Aggregate, Share, AsNamed, Order, Top, Limit, Totals, Compare, CompareSnapshot, MinMovies, Dollars, WeightedVotes, WeightedMean];
}
