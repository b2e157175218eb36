using CineLedger.Reports.Queries;

namespace CineLedger.Reports;

/// <summary>
/// A yearly report: a query with a name. The command line, HTTP, charts, report files and assistants all read <see cref="All"/>, so that a new report is an entry there.
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
        Measures = popularity => [Measure("releases"), .. Amounts.Select(Measure), popularity, .. KnownAmounts.Select(Measure)],
        Order = [new("company", Descending: false), new("year", Descending: false)],
        HeadOrder = "revenue",
        Example = """[{"year":1995,"company":"Pixar Animation Studios","releases":1,"budget":30000000,"revenue":373554033,"profit":343554033,"matchedProfit":343554033,"popularity":21.946943,"budgetKnown":1,"revenueKnown":1,"profitKnown":1}]""",
    };

    public static ReportDefinition Genres { get; } = new()
    {
        Name = "genres",
        Summary = "What each genre spent, earned and released, year by year, and its rank by popularity",
        ChartSummary = "What genres spent, earned and released, and how popular they were, year by year",
        By = ["year", "genre"],
        Measures = popularity => [Measure("rank") with { By = popularity }, Measure("releases"), popularity, .. Amounts.Select(Measure), .. KnownAmounts.Select(Measure)],
        Order = [new("year", Descending: false), new("popularity", Descending: true)],
        HeadOrder = "year",
        Example = """[{"year":1995,"genre":"Animation","rank":1,"releases":24,"popularity":6.5,"budget":174000000,"revenue":885000000,"profit":711000000,"matchedProfit":700000000,"budgetKnown":7,"revenueKnown":6,"profitKnown":5}]""",
    };

    public static ReportDefinition CompanyGenres { get; } = new()
    {
        Name = "company-genres",
        Summary = "How many films of each genre each company released, year by year",
        ChartSummary = "How many films of each genre companies released, year by year",
        By = ["year", "company", "genre"],
        Measures = _ => [Measure("releases"), Measure("company_releases")],
        Order = [new("company", Descending: false), new("year", Descending: false)],
        HeadOrder = "releases",
        Example = """[{"year":1995,"company":"Pixar Animation Studios","genre":"Animation","releases":1,"companyReleases":1}]""",
    };

    public static IReadOnlyList<ReportDefinition> All { get; } = [Companies, Genres, CompanyGenres];

    /// <summary>Of commands, addresses and files.</summary>
    public required string Name { get; init; }

    /// <summary>What it shows, without a full stop.</summary>
    public required string Summary { get; init; }

    /// <summary>What its chart shows, without a full stop.</summary>
    public required string ChartSummary { get; init; }

    /// <summary>The names of its dimensions.</summary>
    public required IReadOnlyList<string> By { get; init; }

    /// <summary>Its measures, of the measure whose mean is called popularity.</summary>
    public required Func<MeasureUse, IReadOnlyList<MeasureUse>> Measures { get; init; }

    /// <summary>The order of its rows where none is asked for.</summary>
    public required IReadOnlyList<QueryOrder> Order { get; init; }

    /// <summary>The column whose largest values make a few rows that say something: the largest revenues, the latest year.</summary>
    public required string HeadOrder { get; init; }

    /// <summary>Rows as JSON, for the documentation.</summary>
    public required string Example { get; init; }

    public override string ToString() => Name;

    private static MeasureUse Measure(string name) => Queries.Measures.Parse(name);
}
