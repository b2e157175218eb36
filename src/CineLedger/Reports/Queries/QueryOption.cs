using System.Globalization;

namespace CineLedger.Reports.Queries;

/// <summary>
/// An option of a report or a query, in the words that users read: the command line makes its options of it, HTTP and assistant tools their
/// parameters, pages their addresses.
/// </summary>
/// <param name="Name">The name of the parameter; with two dashes before it, of the option.</param>
/// <param name="Meaning">Whole sentences; code in backticks.</param>
/// <param name="Placeholder">What stands for the value in the help of the command line; null for an option without a value.</param>
/// <param name="Example">A value; null where the meaning shows one.</param>
public sealed record QueryOption(string Name, string Meaning, string? Placeholder = null, string? Example = null)
{
    /// <summary>What holds without the option; null where that is nothing, or no single value.</summary>
    public string? Default { get; init; }

    /// <summary>The only values; empty where there are others.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The bounds of a number, both included.</summary>
    public int Least { get; init; } = int.MinValue;
    public int Most { get; init; } = int.MaxValue;

    public bool IsRequired { get; init; }

    public static QueryOption From { get; } = new("from", "First year of release.", "YEAR", "1995") { Least = 1, Most = 9999 };
    public static QueryOption To { get; } = new("to", "Last year of release.", "YEAR", "1999") { Least = 1, Most = 9999 };
    public static QueryOption Company { get; } = new("company", "Only this company, by its exact name; several are any of them.", "NAME", "Pixar Animation Studios");
    public static QueryOption Genre { get; } = new("genre", "Only this genre, by its exact name; several are any of them.", "NAME", "Animation");
    public static QueryOption By { get; } = new("by", "Group by these dimensions, with commas.", "DIM,…", "year,genre");

    public static QueryOption Measure { get; } =
        new("measure", "These measures, with commas; with :sum, :avg, :median, :min or :max where not the usual.", "MEASURE,…", "releases,revenue") { IsRequired = true };

    public static QueryOption Where { get; } = new(
        "where",
        "Only movies that fulfil this; all that are given hold. `FIELD=VALUE`, `FIELD=A..B`, `FIELD>=VALUE` (also != > < <=), `FIELD is known`, `FIELD is unknown`. Several = on one field are any of them.",
        "FILTER",
        "budget>=100M");

    public static QueryOption Aggregate { get; } = new("aggregate", "What is made of the known amounts.", "WORD") { Default = ReportOptionNames.Get(default(Aggregate)) };

    public static QueryOption Popularity { get; } =
        new("popularity", "What popularity is the mean of: TMDB's figure; IMDb's formula for weighted; the viewers of ratings.csv for ratings.", "WORD") { Default = ReportOptionNames.Get(default(Popularity)) };

    public static QueryOption Share { get; } =
        new("share", "A movie's amount: full to each of its companies, genres or other names, or split into equal parts.", "WORD") { Default = ReportOptionNames.Get(default(Share)) };

    /// <summary>The order of a report, which is by one column.</summary>
    public static QueryOption ReportOrder { get; } = new("order", "Order by this column, named as the report's CSV has it; with :desc the largest first.", "COL[:desc]", "releases:desc");

    public static QueryOption Order { get; } = new("order", "Order by these columns, with commas; with :desc the largest first.", "COL[:desc],…", "revenue:desc");
    public static QueryOption Top { get; } = new("top", "The N largest by the first measure, or by `order`, within the dimensions before the last.", "N", "3") { Least = 1 };
    public static QueryOption Limit { get; } = new("limit", "At most so many rows.", "N", "100") { Least = 1 };
    public static QueryOption Totals { get; } = new("totals", "Add a last row of all movies, each once.");

    public static QueryOption Compare { get; } =
        new("compare", "previous-year: beside each row the same names a year before, the change, and the change in percent.", "WORD") { Words = ["previous-year"] };

    public static QueryOption Dollars { get; } = new(
        "dollars",
        string.Create(CultureInfo.InvariantCulture, $"Amounts in dollars of this year ({ConsumerPrices.FirstYear}–{ConsumerPrices.LastYear}), by the US CPI-U."),
        "YEAR",
        "2017")
    { Least = ConsumerPrices.FirstYear, Most = ConsumerPrices.LastYear };

    public static QueryOption WeightedVotes { get; } = new("weighted-votes", "The m of the weighted rating: votes before a movie's own mean counts for more than everybody's.", "M")
    { Least = 1, Default = WeightedRating.DefaultVotes.ToString(CultureInfo.InvariantCulture) };

    public static QueryOption WeightedMean { get; } = new("weighted-mean", "The C of the weighted rating; default: the mean vote of all movies.", "C", "6.1") { Least = 0, Most = 10 };

    public static QueryOption Snapshot { get; } = new("snapshot", "As of this snapshot; default: the newest.", "N", "1") { Least = 1 };

    /// <summary>The options of a report, beside the snapshot.</summary>
    public static IReadOnlyList<QueryOption> OfReports { get; } = [From, To, Company, Genre, Aggregate, Popularity, Share, ReportOrder, Limit];

    /// <summary>The options of a query, beside the snapshot.</summary>
    public static IReadOnlyList<QueryOption> OfQueries { get; } =
        [By, Measure, Where, Aggregate, Share, Order, Top, Limit, Totals, Compare, Dollars, WeightedVotes, WeightedMean];
}
