using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard;

/// <summary>The revenue and budget of one name by year, as lines and as a table.</summary>
internal sealed record AmountsByYear(ChartView Chart, TableView Table)
{
    /// <param name="years">A row per year, with releases and known amounts, the oldest first.</param>
    /// <param name="chart">The name of the chart's files.</param>
    /// <param name="name">The company or studio.</param>
    /// <param name="getLink">Returns the address of a year's movies.</param>
    public static AmountsByYear Create(ResultTable years, string chart, string name, Func<ResultRow, string?> getLink) => new(
        new ChartView(ChartViewKind.Lines, Unit.Money, GetLabels(years), [CreateLine(years, "Revenue", "revenue", ChartColor.Revenue), CreateLine(years, "Budget", "budget", ChartColor.Budget)])
        { Name = chart, Description = $"Revenue and budget of {name} by year.", Links = [.. years.Rows.Select(getLink)] }.WithEveryYear(),
        CreateTable(
            "Amounts by year",
            years,
            getLink,
            ResultColumn.Create("revenue").WithKnownNote(),
            ResultColumn.Create("budget").WithKnownNote(),
            ResultColumn.Create("matched_profit").WithKnownNote(),
            ResultColumn.Create("releases"),
            ResultColumn.Create("revenue_known"),
            ResultColumn.Create("budget_known")));

    public static IReadOnlyList<string> GetLabels(ResultTable years) => [.. years.Rows.Select(row => NumberFormat.FormatExact(row["year"], Unit.Year))];

    public static ChartViewSeries CreateLine(ResultTable years, string title, string measure, ChartColor color) =>
        new(title, [.. years.Rows.Select(row => row.GetNumber(measure))]) { Color = color };

    /// <summary>Creates a table with the years and linked values, the newest first, as most readers look for recent years.</summary>
    public static TableView CreateTable(string caption, ResultTable years, Func<ResultRow, string?> getLink, params IEnumerable<ResultColumn> columns)
    {
        var table = TableView.Create(caption, years, [new ResultColumn("year", "Year", Unit.Year) { Link = getLink }, .. columns.Select(column => column with { Link = getLink })]);
        return table with { Rows = [.. table.Rows.Reverse()] };
    }
}
