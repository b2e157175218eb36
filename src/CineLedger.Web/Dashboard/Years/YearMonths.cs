using CineLedger.Reports;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Years;

/// <summary>The revenue and the movies of a year by month.</summary>
internal static class YearMonths
{
    public static async Task<FigureView> ReadAsync(PageRequest request, int year, CancellationToken cancellationToken)
    {
        var query = new PageQuery { By = ["month"], Measures = ["revenue", "budget", "releases", "revenue_known", "budget_known"] };
        var rows = await request.Ledger.QueryAsync(query.CreateRequest(request.State), cancellationToken);
        var byMonth = rows.Rows.ToDictionary(row => ReleaseMonth.Parse(row.GetText("month")));
        ReleaseMonth[] months = [.. Enumerable.Range(1, 12).Select(month => new ReleaseMonth(year, month))];
        return new(
            "revenue-by-month",
            "Revenue by month of release",
            TableView.Create(
                "Amounts and movies by month",
                rows,
                new ResultColumn("month", "Month") { Link = row => GetLink(ReleaseMonth.Parse(row.GetText("month"))) },
                CreateColumn("revenue").WithKnownNote(),
                CreateColumn("budget").WithKnownNote(),
                CreateColumn("releases"),
                CreateColumn("revenue_known")))
        {
            Chart = new ChartView(
                ChartViewKind.Bars,
                Unit.Money,
                [.. months.Select(month => month.ToString())],
                [new ChartViewSeries("Revenue", [.. months.Select(month => byMonth.GetValueOrDefault(month)?.GetNumber("revenue"))]) { Color = ChartColor.Revenue }])
            {
                Name = "revenue-by-month",
                Description = FormattableString.Invariant($"Revenue of the movies of {year} by month of release."),
                Links = [.. months.Select(month => byMonth.ContainsKey(month) ? GetLink(month) : null)],
            },
            Query = query,
            Notes = ["The revenue of movies in the month of their release, whenever they earned it. Movies with only a year of release are in no month."],
        };

        ResultColumn CreateColumn(string measure) => ResultColumn.Create(measure) with { Link = row => GetLink(ReleaseMonth.Parse(row.GetText("month"))) };

        string GetLink(ReleaseMonth month) => MovieLinks.GetListPath(request.State, ("where", $"month={month}"));
    }
}
