using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The months in which a company released movies, compared with the same months of the previous year.</summary>
public sealed record CompanyMonths(PageQuery Query, ChartView Chart, TableView Table)
{
    private const int MaxMonths = 24;

    public static async Task<CompanyMonths> ReadAsync(PageRequest request, string company, string measure, CancellationToken cancellationToken)
    {
        var query = new PageQuery
        {
            By = ["month", "company"],
            Measures = measure == "releases" ? ["releases"] : [measure, "releases"],
            Where = [PageQuery.FilterByName("company", company)],
            ComparesPreviousYear = true,
        };
        var rows = (await request.Ledger.QueryAsync(query.CreateRequest(request.State), cancellationToken)).Rows;
        var (title, unit) = (MeasureDisplay.GetHeading(measure), MeasureDisplay.GetUnit(measure));
        var drawn = rows.TakeLast(MaxMonths).ToList();
        return new CompanyMonths(
            query,
            new ChartView(
                ChartViewKind.Bars,
                unit,
                [.. drawn.Select(row => row.GetText("month"))],
                [
                    new ChartViewSeries("Previous year", [.. drawn.Select(row => row.GetNumber($"{measure}_before"))]) { Color = ChartColor.Palette },
                    new ChartViewSeries(title, [.. drawn.Select(row => row.GetNumber(measure))]) { Color = Measures.Find(measure).GetColorOr(ChartColor.Foreground) },
                ])
            {
                Name = "company-months",
                Description = $"{title} of {company} by month, compared with the same month of the previous year, for the last {drawn.Count} months with data.",
                Links = [.. drawn.Select(Link)],
            },
            TableView.Create(
                "Year-over-year by month",
                [.. rows.Reverse()],
                [
                    new ResultColumn("month", "Month") { Link = Link },
                    ResultColumn.Create(measure),
                    new ResultColumn($"{measure}_before", "Previous year", unit) { Link = row => YearLinks.Get(request, Year(row) - 1) },
                    new ResultColumn($"{measure}_change", "Change", unit),
                    .. measure == "releases" ? Array.Empty<ResultColumn>() : [ResultColumn.Create("releases")],
                ]));

        string? Link(ResultRow row) => YearLinks.Get(request, Year(row));

        static long Year(ResultRow row) => long.Parse(row.GetText("month").AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
    }
}
