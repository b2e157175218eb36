using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The months in which a company released films, beside the same months of the year before.</summary>
public sealed record MonthFigure(PageQuery Asked, ChartView Chart, TableView Table)
{
    private const int Drawn = 24;

    public static async Task<MonthFigure> ReadAsync(PageRequest request, string company, string measure, CancellationToken cancellationToken)
    {
        var asked = new PageQuery { By = ["month", "company"], Measures = measure == "releases" ? ["releases"] : [measure, "releases"], Where = [PageQuery.Is("company", company)], ComparePreviousYear = true };
        var rows = (await request.Ledger.QueryAsync(asked.Request(request.State), cancellationToken)).Rows;
        var (title, unit) = (MeasureDisplay.Heading(measure), MeasureDisplay.UnitOf(measure));
        var drawn = rows.TakeLast(Drawn).ToList();
        return new MonthFigure(
            asked,
            new ChartView(
                ChartKind.Bars,
                unit,
                [.. drawn.Select(row => row.Text("month"))],
                [
                    new ChartSeries("A year before", [.. drawn.Select(row => row.Number($"{measure}_before"))]) { Ink = ChartInk.Palette },
                    new ChartSeries(title, [.. drawn.Select(row => row.Number(measure))]) { Ink = Measures.Find(measure).InkOr(ChartInk.Ink) },
                ])
            {
                Name = "company-months",
                Description = $"{title} of {company} in the last {drawn.Count} months with films, or with films a year before, beside the same month of the year before.",
                Links = [.. drawn.Select(Link)],
            },
            TableView.Of(
                "Months beside the year before",
                [.. rows.Reverse()],
                [
                    new DataColumn("month", "Month") { Link = Link },
                    DataColumn.Of(measure),
                    new DataColumn($"{measure}_before", "Year before", unit) { Link = row => YearLinks.Of(request, Year(row) - 1) },
                    new DataColumn($"{measure}_change", "Change", unit),
                    .. measure == "releases" ? Array.Empty<DataColumn>() : [DataColumn.Of("releases")],
                ]));

        string? Link(ResultRow row) => YearLinks.Of(request, Year(row));

        static long Year(ResultRow row) => long.Parse(row.Text("month").AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
    }
}
