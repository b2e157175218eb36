using System.Globalization;
using CineLedger.Reports;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Overview;

/// <summary>Everything on the overview.</summary>
public sealed record OverviewModel
{
    /// <summary>How many of the largest companies and genres.</summary>
    private const int Places = 10;

    private static readonly PageQuery YearQuestion = new()
    {
        By = ["year"],
        Measures = ["releases", "budget", "revenue", "matched_profit", "budget_known", "revenue_known", "profit_known"],
    };

    /// <summary>Of the same films: without a release date they are in no year.</summary>
    private static readonly PageQuery SumQuestion = YearQuestion with { By = [], Where = ["year is known"] };

    public required string Span { get; init; }
    public required Coverage Coverage { get; init; }
    public required IReadOnlyList<Fact> Sums { get; init; }
    public required YearFigures Years { get; init; }
    public PageQuery YearsAsked { get; } = YearQuestion;
    public required LeaderFigure Companies { get; init; }
    public required LeaderFigure Genres { get; init; }
    public required FavouriteFigure Favourites { get; init; }

    public static async Task<OverviewModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (state, ledger) = (request.State, request.Ledger);
        var years = await ledger.QueryAsync(YearQuestion.Request(state), cancellationToken);
        var sums = (await ledger.QueryAsync(SumQuestion.Request(state), cancellationToken)).Rows[0];
        return new OverviewModel
        {
            Span = SpanOf(state, years),
            Coverage = await ledger.CoverageAsync(YearQuestion.Request(state), cancellationToken),
            Sums = SumsOf(state, sums),
            Years = YearFigures.Of(request, years),
            Companies = await LeaderFigure.ReadAsync(request, "company", "companies", Places, cancellationToken),
            Genres = await LeaderFigure.ReadAsync(request, "genre", "genres", Places, cancellationToken),
            Favourites = await FavouriteFigure.ReadAsync(request, cancellationToken),
        };
    }

    private static string SpanOf(PageState state, ResultTable years)
    {
        var first = state.From ?? (years.Rows.Count > 0 ? years.Rows[0].Whole("year") : 0);
        var last = state.To ?? (years.Rows.Count > 0 ? years.Rows[^1].Whole("year") : 0);
        return first == last ? string.Create(CultureInfo.InvariantCulture, $"{first}") : string.Create(CultureInfo.InvariantCulture, $"{first}–{last}");
    }

    private static Fact[] SumsOf(PageState state, ResultRow sums)
    {
        var of = state.Aggregate == Aggregate.Sum ? "" : $", {ReportWords.Of(state.Aggregate)}";
        return
        [
            Amount("Earned", "revenue", "revenue_known"),
            Amount("Spent", "budget", "budget_known"),
            Amount("Matched profit", "matched_profit", "profit_known"),
            new("Films released", sums["releases"], Unit.Count) { Small = "each counted once" },
        ];

        Fact Amount(string name, string measure, string known) => new(name + of, sums[measure], Unit.Money)
        {
            Small = $"known of {Figures.Films(sums.Whole(known))}",
        };
    }
}

/// <summary>What was spent, earned and released, year by year.</summary>
public sealed record YearFigures(ChartView Amounts, ChartView Profit, ChartView Releases, TableView AmountTable, TableView ProfitTable, TableView ReleaseTable)
{
    public static YearFigures Of(PageRequest request, ResultTable years)
    {
        string[] x = [.. years.Rows.Select(row => Figures.Exact(row["year"], Unit.Year))];
        string?[] links = [.. x.Select(year => Link(request, year))];
        return new YearFigures(
            Chart(ChartKind.Lines, Unit.Money, "earned-and-spent", "Revenue and budget by year.", Line("Revenue", "revenue", ChartInk.Earned), Line("Budget", "budget", ChartInk.Spent)),
            Chart(ChartKind.Bars, Unit.Money, "matched-profit", "Matched profit by year; losses below the line.", Line("Matched profit", "matched_profit", ChartInk.GainOrLoss)),
            Chart(
                ChartKind.Stacked,
                Unit.Count,
                "releases",
                "Films by year, those with a known revenue apart.",
                Line("Revenue known", "revenue_known", ChartInk.Ink),
                new ChartSeries("Revenue unknown", [.. years.Rows.Select(row => (double?)(row.Whole("releases") - row.Whole("revenue_known")))]) { Ink = ChartInk.Unknown }),
            Table(
                "Revenue and budget by year",
                DataColumn.Of("revenue").KnownOf(),
                DataColumn.Of("budget").KnownOf()),
            Table("Matched profit by year", DataColumn.Of("matched_profit").KnownOf(), new DataColumn("profit_known", "Films with both", Unit.Count)),
            Table("Films by year", DataColumn.Of("releases"), DataColumn.Of("revenue_known"), DataColumn.Of("budget_known")));

        ChartView Chart(ChartKind kind, Unit unit, string name, string description, params ChartSeries[] series) =>
            new ChartView(kind, unit, x, series) { Name = name, Description = description, Links = links }.WithEveryYear();

        ChartSeries Line(string name, string measure, ChartInk ink) => new(name, [.. years.Rows.Select(row => row.Number(measure))]) { Ink = ink };

        TableView Table(string caption, params DataColumn[] columns)
        {
            var table = TableView.Of(caption, years, [new DataColumn("year", "Year", Unit.Year) { Link = row => Link(request, Figures.Exact(row["year"], Unit.Year)) }, .. columns]);

            // The newest year is what most look for.
            return table with { Rows = [.. table.Rows.Reverse()] };
        }
    }

    private static string Link(PageRequest request, string year) => request.Here(request.State with { From = int.Parse(year, CultureInfo.InvariantCulture), To = int.Parse(year, CultureInfo.InvariantCulture) });
}
