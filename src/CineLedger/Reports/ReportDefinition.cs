using CineLedger.Reports.InMemory;
using CineLedger.Reports.Queries;

namespace CineLedger.Reports;

/// <summary>
/// A yearly report: a named query. The command line, HTTP, charts and report files read <see cref="All"/>, so adding a report means adding an entry there.
/// </summary>
public sealed record ReportDefinition
{
    private static readonly string[] Amounts = ["budget", "revenue", "profit", "matched_profit"];

    private static readonly string[] KnownAmounts = ["budget_known", "revenue_known", "profit_known"];

    private ReportDefinition()
    {
    }

    public static ReportDefinition Companies { get; } = new()
    {
        Name = "companies",
        Summary = "What each production company spent, earned and released, year by year",
        ChartSummary = "What production companies spent, earned and released, year by year",
        By = ["year", "company"],
        Measures = popularity => [CreateMeasure("releases"), .. Amounts.Select(CreateMeasure), popularity, .. KnownAmounts.Select(CreateMeasure)],
        Order = [new("company", IsDescending: false), new("year", IsDescending: false)],
        PreviewOrder = "revenue",
        EnumerateRows = MovieGroups.EnumerateCompanies,
        Example = """[{"year":1995,"company":"Pixar Animation Studios","releases":1,"budget":30000000,"revenue":373554033,"profit":343554033"""
            + ""","matchedProfit":343554033,"popularity":21.946943,"budgetKnown":1,"revenueKnown":1,"profitKnown":1}]""",
    };

    public static ReportDefinition Genres { get; } = new()
    {
        Name = "genres",
        Summary = "What each genre spent, earned and released, year by year, and its rank by popularity",
        ChartSummary = "What genres spent, earned and released, and how popular they were, year by year",
        By = ["year", "genre"],
        Measures = popularity =>
        [
            CreateMeasure("rank") with { Applied = new(GroupFunctions.Rank, popularity) }, CreateMeasure("releases"), popularity,
            .. Amounts.Select(CreateMeasure), .. KnownAmounts.Select(CreateMeasure),
        ],
        Order = [new("year", IsDescending: false), new("popularity", IsDescending: true)],
        PreviewOrder = "year",
        EnumerateRows = MovieGroups.EnumerateGenres,
        Example = """[{"year":1995,"genre":"Animation","rank":1,"releases":24,"popularity":6.5,"budget":174000000,"revenue":885000000"""
            + ""","profit":711000000,"matchedProfit":700000000,"budgetKnown":7,"revenueKnown":6,"profitKnown":5}]""",
    };

    public static ReportDefinition CompanyGenres { get; } = new()
    {
        Name = "company-genres",
        Summary = "How many movies of each genre each company released, year by year",
        ChartSummary = "How many movies of each genre companies released, year by year",
        By = ["year", "company", "genre"],
        Measures = _ => [CreateMeasure("releases"), CreateMeasure("company_releases")],
        Order = [new("company", IsDescending: false), new("year", IsDescending: false)],
        PreviewOrder = "releases",
        EnumerateRows = MovieGroups.EnumerateCompanyGenres,
        Example = """[{"year":1995,"company":"Pixar Animation Studios","genre":"Animation","releases":1,"companyReleases":1}]""",
    };

    public static ReportDefinition Studios { get; } = new()
    {
        Name = "studios",
        Summary = "What each studio spent, earned and released, year by year, with its rank by revenue and its share of the revenue and the releases of all movies",
        ChartSummary = "What studios spent, earned and released, year by year",
        By = ["year", "studio"],
        Measures = popularity =>
        [
            CreateMeasure("rank:revenue") with { Column = "rank" }, CreateMeasure("releases"), .. Amounts.Select(CreateMeasure),
            CreateMeasure("share(revenue:sum)") with { Column = "revenue_share" }, CreateMeasure("share(releases)") with { Column = "release_share" }, popularity, .. KnownAmounts.Select(CreateMeasure),
        ],
        Order = [new("year", IsDescending: false), new("revenue", IsDescending: true)],
        PreviewOrder = "revenue",
        Example = """[{"year":2012,"studio":"Disney","rank":1,"releases":12,"budget":1535000000,"revenue":3400000000,"profit":1865000000,"matchedProfit":1865000000"""
            + ""","revenueShare":0.165,"releaseShare":0.011,"popularity":9.8,"budgetKnown":11,"revenueKnown":11,"profitKnown":11}]""",
    };

    public static IReadOnlyList<ReportDefinition> All { get; } = [Companies, Genres, CompanyGenres, Studios];

    /// <summary>The report's name in commands, URLs and file names.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its sheet in a workbook of all reports.</summary>
    public string SheetName => ReportOptionNames.ToHeading(Name.Replace('-', ' '));

    /// <summary>A sentence that describes the report, without its final period.</summary>
    public required string Summary { get; init; }

    /// <summary>A sentence that describes the report's chart, without its final period.</summary>
    public required string ChartSummary { get; init; }

    /// <summary>The names of its dimensions.</summary>
    public required IReadOnlyList<string> By { get; init; }

    /// <summary>Returns the report's measures. Takes the measure that fills the popularity column.</summary>
    public required Func<SelectedMeasure, IReadOnlyList<SelectedMeasure>> Measures { get; init; }

    /// <summary>The default order of the rows.</summary>
    public required IReadOnlyList<QueryOrder> Order { get; init; }

    /// <summary>The column that a short preview is sorted by, largest first.</summary>
    public required string PreviewOrder { get; init; }

    /// <summary>Example rows as JSON, for the API documentation.</summary>
    public required string Example { get; init; }

    /// <summary>Computes the rows of the whole report with default options for files, equal to those of its query; null to run the query.</summary>
    internal Func<ReportMovies, IEnumerable<ReportRow>>? EnumerateRows { get; init; }

    public override string ToString() => Name;

    private static SelectedMeasure CreateMeasure(string name) => Queries.Measures.Parse(name);
}
