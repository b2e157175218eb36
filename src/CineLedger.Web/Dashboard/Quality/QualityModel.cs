using CineLedger.Reports;
using CineLedger.Reports.Profile;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>Everything on the page about the data's quality.</summary>
public sealed record QualityModel
{
    private static readonly PageQuery YearQuestion = new() { By = ["year"], Measures = ["releases", "budget_known", "revenue_known", "profit_known"] };

    public required LedgerProfile Profile { get; init; }

    public required Reconciliation Account { get; init; }

    /// <summary>Of the span's films.</summary>
    public required Coverage Coverage { get; init; }

    public required ChartView Chart { get; init; }

    public required TableView Years { get; init; }

    public PageQuery YearsAsked { get; } = YearQuestion;

    /// <summary>What the cleaner did, a group a kind.</summary>
    public IEnumerable<IGrouping<string, RuleProfile>> Kinds => Profile.Findings.GroupBy(rule => rule.Kind);

    public long Findings => Profile.Findings.Sum(rule => rule.Count);

    public static async Task<QualityModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var ledger = request.Ledger;
        var years = await ledger.QueryAsync(YearQuestion.Request(request.State), cancellationToken);
        return new QualityModel
        {
            Profile = await ledger.ReadAsync("profile", (connection, cancel) => Profiler.ReadAsync(connection, ledger.Snapshot, cancel), cancellationToken),
            Account = await ledger.ReadAsync("reconciliation", (connection, cancel) => Reconciliation.ReadAsync(connection, ledger.Snapshot, cancel), cancellationToken),
            Coverage = await ledger.CoverageAsync(YearQuestion.Request(request.State), cancellationToken),
            Chart = ChartOf(years),
            Years = TableOf(years),
        };
    }

    private static ChartView ChartOf(ResultTable years)
    {
        return new ChartView(
            ChartKind.Lines,
            Unit.Percent,
            [.. years.Rows.Select(row => Figures.Exact(row["year"], Unit.Year))],
            [Share("Revenue known", "revenue_known", ChartInk.Earned), Share("Budget known", "budget_known", ChartInk.Spent)])
        {
            Name = "coverage",
            Description = "The share of each year's films of which revenue and budget are known.",
        }.WithEveryYear();

        ChartSeries Share(string name, string known, ChartInk ink) =>
            new(name, [.. years.Rows.Select(row => Figures.Share(row.Whole(known), row.Whole("releases")))]) { Ink = ink };
    }

    private static TableView TableOf(ResultTable years) => new(
        "How much is known, year by year",
        [
            new("Year", Unit.Year), new("Films", Unit.Count), new("Revenue", Unit.Count) { Title = "films of which the revenue is known" }, new("%", Unit.Percent) { Title = "of the year's films" },
            new("Budget", Unit.Count) { Title = "films of which the budget is known" }, new("%", Unit.Percent) { Title = "of the year's films" },
            new("Both", Unit.Count) { Title = "films of which both are known" },
        ],
        [
            .. years.Rows.Reverse().Select(row => new TableRow(
            [
                new Cell(row["year"]), new Cell(row["releases"]),
                new Cell(row["revenue_known"]), new Cell(Figures.Share(row.Whole("revenue_known"), row.Whole("releases"))),
                new Cell(row["budget_known"]), new Cell(Figures.Share(row.Whole("budget_known"), row.Whole("releases"))),
                new Cell(row["profit_known"]),
            ])),
        ]);
}
