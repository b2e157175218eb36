using CineLedger.Reports;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>Everything on the page of a company.</summary>
public sealed record CompanyModel
{
    public required CompanyFacts Facts { get; init; }
    public required Coverage Coverage { get; init; }
    public required IReadOnlyList<Fact> Sums { get; init; }
    public required CompanyYears Years { get; init; }
    public required GenreFigure Genres { get; init; }
    public required ComparisonFigure Comparison { get; init; }
    public required MonthFigure Months { get; init; }
    public required FilmFigure Films { get; init; }

    /// <summary>What is compared with other companies, and with the year before.</summary>
    public required string Measure { get; init; }

    public static async Task<CompanyModel> ReadAsync(PageRequest request, CompanyFacts facts, CancellationToken cancellationToken)
    {
        var measure = request.Values.Get(CompanyPages.Measured) ?? "revenue";
        var years = await CompanyYears.ReadAsync(request, facts.Name, cancellationToken);
        return new CompanyModel
        {
            Facts = facts,
            Coverage = await request.Ledger.CoverageAsync(years.Asked.Request(request.State), cancellationToken),
            Sums = await SumsAsync(request, facts, years, cancellationToken),
            Years = years,
            Genres = await GenreFigure.ReadAsync(request, facts.Name, cancellationToken),
            Comparison = await ComparisonFigure.ReadAsync(request, facts.Name, measure, cancellationToken),
            Months = await MonthFigure.ReadAsync(request, facts.Name, measure, cancellationToken),
            Films = await FilmFigure.ReadAsync(request, facts.Name, cancellationToken),
            Measure = measure,
        };
    }

    private static async Task<IReadOnlyList<Fact>> SumsAsync(PageRequest request, CompanyFacts facts, CompanyYears years, CancellationToken cancellationToken)
    {
        var asked = years.Asked with { By = ["company"], Where = [.. years.Asked.Where, "year is known"] };
        if ((await request.Ledger.QueryAsync(asked.Request(request.State), cancellationToken)).Rows is not [var sums])
        {
            return [];
        }

        var of = request.State.Aggregate == Aggregate.Sum ? "" : $", {ReportWords.Of(request.State.Aggregate)}";
        var films = sums.Whole("releases");
        return
        [
            Amount("Earned", "revenue", "revenue_known"),
            Amount("Spent", "budget", "budget_known"),
            Amount("Matched profit", "matched_profit", "profit_known"),
            new("Films released", films, Unit.Count) { Small = FormattableString.Invariant($"{facts.FirstYear}–{facts.LastYear} in all{(facts.Films > facts.Dated ? $"; {facts.Films - facts.Dated:N0} undated" : "")}"), Link = "#films" },
        ];

        Fact Amount(string name, string measure, string known) => new(name + of, sums[measure], Unit.Money)
        {
            Small = $"known of {sums.Whole(known):N0} of {Figures.Films(films)} ({Figures.Short(Figures.Share(sums.Whole(known), films), Unit.Percent)})",
            Link = "#films",
        };
    }
}

/// <summary>A company's amounts and popularity, year by year.</summary>
public sealed record CompanyYears(PageQuery Asked, ChartView Amounts, TableView AmountTable, ChartView Popularity, TableView PopularityTable)
{
    public static async Task<CompanyYears> ReadAsync(PageRequest request, string company, CancellationToken cancellationToken)
    {
        var popularity = request.State.PopularityMeasure;
        var asked = new PageQuery
        {
            By = ["year", "company"],
            Measures = ["releases", "revenue", "budget", "matched_profit", popularity, "revenue_known", "budget_known", "profit_known"],
            Where = [PageQuery.Is("company", company)],
        };
        var years = await request.Ledger.QueryAsync(asked.Request(request.State), cancellationToken);
        string[] x = [.. years.Rows.Select(row => Figures.Exact(row["year"], Unit.Year))];
        string?[] links = [.. years.Rows.Select(Link)];
        var yearColumn = new DataColumn("year", "Year", Unit.Year) { Link = Link };
        return new CompanyYears(
            asked,
            new ChartView(ChartKind.Lines, Unit.Money, x, [Line("Revenue", "revenue", ChartInk.Earned), Line("Budget", "budget", ChartInk.Spent)])
            { Name = "company-amounts", Description = $"Revenue and budget of {company} by year.", Links = links }.WithEveryYear(),
            Reversed(TableView.Of(
                "Amounts by year",
                years,
                yearColumn,
                Column("revenue").KnownOf(),
                Column("budget").KnownOf(),
                Column("matched_profit").KnownOf(),
                Column("releases"),
                Column("revenue_known"),
                Column("budget_known"))),
            new ChartView(ChartKind.Lines, Unit.Measure, x, [Line(MeasureDisplay.Heading(popularity), popularity, ChartInk.Ink)])
            { Name = "company-popularity", Description = $"{MeasureDisplay.Heading(popularity)} of the films of {company} by year, in the mean.", Links = links }.WithEveryYear(),
            Reversed(TableView.Of(
                "Popularity by year", years, yearColumn, Column(popularity), Column("releases"))));

        DataColumn Column(string measure) => DataColumn.Of(measure) with { Link = Link };

        ChartSeries Line(string name, string measure, ChartInk ink) => new(name, [.. years.Rows.Select(row => row.Number(measure))]) { Ink = ink };

        string? Link(ResultRow row) => YearLinks.Of(request, row.Whole("year"));

        // The newest year is what most look for.
        static TableView Reversed(TableView table) => table with { Rows = [.. table.Rows.Reverse()] };
    }
}

/// <summary>Where the films of a year are: on the same page.</summary>
internal static class YearLinks
{
    public static string Of(PageRequest request, long year, string? genre = null) =>
        request.Here(request.State with { From = (int)year, To = (int)year }, ("genre", genre), ("page", null)) + "#films";
}
