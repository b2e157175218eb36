using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Profile;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Quality;

/// <summary>All data on the data quality page.</summary>
public sealed record QualityModel
{
    private static readonly PageQuery YearQuery = new() { By = ["year"], Measures = ["releases", "budget_known", "revenue_known", "profit_known"] };

    private static readonly Dictionary<string, string> HistoryColumns = new()
    {
        ["release_date"] = "Release date",
        ["revenue"] = "Revenue",
        ["budget"] = "Budget",
        ["genres"] = "Genres",
        ["production_companies"] = "Companies",
    };

    public required LedgerProfile Profile { get; init; }

    /// <summary>The movies among the examples of findings that have pages.</summary>
    public required ListedMovies Listed { get; init; }

    public required Reconciliation Reconciliation { get; init; }

    /// <summary>The columns that the source of the newest load of movies does not have.</summary>
    public required IReadOnlyList<string> MissingColumns { get; init; }

    /// <summary>The coverage of the movies in the year range.</summary>
    public required Coverage Coverage { get; init; }

    public required ChartView Chart { get; init; }

    public required TableView Years { get; init; }

    /// <summary>The coverage over snapshots, which has no lines with fewer than two.</summary>
    public required FigureHistory History { get; init; }

    public ChartView HistoryChart => new(
        ChartViewKind.Lines,
        Unit.Percent,
        [.. History.Snapshots.Select(snapshot => NumberFormat.FormatExact(snapshot, Unit.Year))],
        [.. HistoryColumns.Select(column => new ChartViewSeries(column.Value, History.Shares[column.Key]))])
    {
        Name = "coverage-by-snapshot",
        Description = "The share of all movies for which each value was known, by snapshot. The quality gates compare these figures at each load.",
    };

    public TableView HistoryTable => new(
        "Coverage by snapshot",
        [new("Snapshot", Unit.Year), .. HistoryColumns.Values.Select(label => new TableViewColumn($"{label} known", Unit.Percent))],
        [
            .. History.Snapshots.Select((snapshot, index) => new TableViewRow(
                [new TableViewCell(snapshot), .. HistoryColumns.Keys.Select(column => new TableViewCell(History.Shares[column][index]))])).Reverse(),
        ]);

    public PageQuery YearsQuery { get; } = YearQuery;

    /// <summary>The rules with findings, grouped by kind.</summary>
    public IEnumerable<IGrouping<string, RuleProfile>> Kinds => Profile.Findings.GroupBy(rule => rule.Kind);

    public long Findings => Profile.Findings.Sum(rule => rule.Count);

    public static async Task<QualityModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var ledger = request.Ledger;
        var readYears = ledger.QueryAsync(YearQuery.CreateRequest(request.State), cancellationToken);
        var profile = ledger.ReadAsync("profile", (connection, cancel) => Profiler.ReadAsync(connection, ledger.Snapshot, cancel), cancellationToken);
        var reconciliation = ledger.ReadAsync("reconciliation", (connection, cancel) => Reconciliation.ReadAsync(connection, ledger.Snapshot, cancel), cancellationToken);
        var missing = ledger.ReadAsync(
            "missing-columns", (connection, cancel) => CineLedger.Reports.Queries.MissingColumns.ReadAsync(connection, ledger.Snapshot.Id, cancel), cancellationToken);
        var coverage = ledger.ReadCoverageAsync(YearQuery.CreateRequest(request.State), cancellationToken);
        var history = ledger.ReadAsync(
            "figures", (connection, cancel) => FigureHistory.ReadAsync(connection, ledger.Snapshot.Id, HistoryColumns.Keys, cancel), cancellationToken);
        await Task.WhenAll(readYears, profile, reconciliation, missing, coverage, history);
        var years = await readYears;
        return new QualityModel
        {
            Listed = await ListedMovies.ReadAsync(
                request, (await profile).Findings.SelectMany(rule => rule.Examples).Select(example => example.MovieId).OfType<long>(), cancellationToken),
            Profile = await profile,
            Reconciliation = await reconciliation,
            MissingColumns = await missing,
            Coverage = await coverage,
            Chart = CreateChart(years),
            Years = CreateTable(years),
            History = await history,
        };
    }

    private static ChartView CreateChart(ResultTable years)
    {
        return new ChartView(
            ChartViewKind.Lines,
            Unit.Percent,
            [.. years.Rows.Select(row => NumberFormat.FormatExact(row["year"], Unit.Year))],
            [CreateShare("Revenue known", "revenue_known", ChartColor.Revenue), CreateShare("Budget known", "budget_known", ChartColor.Budget)])
        {
            Name = "coverage",
            Description = "The share of each year's movies with a known revenue and with a known budget.",
        }.WithEveryYear();

        ChartViewSeries CreateShare(string name, string known, ChartColor color) =>
            new(name, [.. years.Rows.Select(row => NumberFormat.GetPercent(row.GetInteger(known), row.GetInteger("releases")))]) { Color = color };
    }

    private static TableView CreateTable(ResultTable years) => new(
        "Coverage by year",
        [
            new("Year", Unit.Year), new("Movies", Unit.Count),
            new("Revenue", Unit.Count) { Title = "movies with a known revenue" }, new("%", Unit.Percent) { Title = "of the year's movies" },
            new("Budget", Unit.Count) { Title = "movies with a known budget" }, new("%", Unit.Percent) { Title = "of the year's movies" },
            new("Both", Unit.Count) { Title = "movies with both amounts known" },
        ],
        [
            .. years.Rows.Reverse().Select(row => new TableViewRow(
            [
                new TableViewCell(row["year"]), new TableViewCell(row["releases"]),
                new TableViewCell(row["revenue_known"]), new TableViewCell(NumberFormat.GetPercent(row.GetInteger("revenue_known"), row.GetInteger("releases"))),
                new TableViewCell(row["budget_known"]), new TableViewCell(NumberFormat.GetPercent(row.GetInteger("budget_known"), row.GetInteger("releases"))),
                new TableViewCell(row["profit_known"]),
            ])),
        ]);
}
