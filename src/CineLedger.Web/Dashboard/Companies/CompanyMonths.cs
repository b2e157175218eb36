using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The months in which a company released movies, compared with the same months of the previous year.</summary>
internal static class CompanyMonths
{
    private const int MaxMonths = 24;

    public static async Task<FigureView> ReadAsync(PageRequest request, string company, string measure, CancellationToken cancellationToken)
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
        var byMonth = rows.ToDictionary(GetMonth);
        var months = GetLastMonths(byMonth);
        return new(
            "months",
            "Year-over-year by month",
            TableView.Create(
                "Year-over-year by month",
                [.. rows.Reverse()],
                [
                    new ResultColumn("month", "Month") { Link = row => GetLink(GetMonth(row)) },
                    ResultColumn.Create(measure) with { Link = row => GetLink(GetMonth(row)) },
                    new ResultColumn($"{measure}_before", "Previous year", unit)
                    {
                        Link = row => GetLink(GetMonth(row).AddMonths(-12)),
                    },
                    new ResultColumn($"{measure}_change", "Change", unit),
                    .. measure == "releases" ? Array.Empty<ResultColumn>() : [ResultColumn.Create("releases") with { Link = row => GetLink(GetMonth(row)) }],
                ]))
        {
            Chart = new ChartView(
                ChartViewKind.Bars,
                unit,
                [.. months.Select(month => month.ToString())],
                [
                    new ChartViewSeries("Previous year", [.. months.Select(month => GetValue(month.AddMonths(-12)))]) { Color = ChartColor.Palette },
                    new ChartViewSeries(title, [.. months.Select(GetValue)]) { Color = Measures.Find(measure).GetColorOr(ChartColor.Foreground) },
                ])
            {
                Name = "company-months",
                Description = $"{title} of {company} by month, compared with the same month of the previous year, for the last {NumberFormat.FormatCount(months.Count, "month", "months")}.",
                Links = [.. months.Select(month => byMonth.ContainsKey(month) ? GetLink(month) : null)],
            },
            Query = query,
            Notes =
            [
                $"{title} by month, compared with the same month of the previous year.",
                $"The chart shows the {NumberFormat.FormatCount(months.Count, "month", "months")} up to the last release. A gap means that there is no release or no known amount.",
            ],
            IsShort = true,
        };

        static ReleaseMonth GetMonth(ResultRow row) => ReleaseMonth.Parse(row.GetText("month"));

        double? GetValue(ReleaseMonth month) => byMonth.GetValueOrDefault(month)?.GetNumber(measure);

        string GetLink(ReleaseMonth month) => MovieLinks.GetListPath(
            request.State.WithoutYears, ("where", PageQuery.FilterByName("company", company)), ("where", $"month={month}"));
    }

    /// <summary>Returns the months up to the last one with a movie, so that equal distances are equal times. None if there are no movies.</summary>
    private static List<ReleaseMonth> GetLastMonths(Dictionary<ReleaseMonth, ResultRow> months)
    {
        var shown = new List<ReleaseMonth>();
        if (months.Count > 0)
        {
            var last = months.Keys.Max();
            for (var month = new[] { months.Keys.Min(), last.AddMonths(1 - MaxMonths) }.Max(); month <= last; month = month.AddMonths(1))
            {
                shown.Add(month);
            }
        }

        return shown;
    }
}
