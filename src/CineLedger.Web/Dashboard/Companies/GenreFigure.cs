using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>How many films of each genre a company released, year by year.</summary>
public sealed record GenreFigure(PageQuery Asked, ChartView Chart, TableView Table)
{
    /// <summary>More colours in one pile are not told apart.</summary>
    private const int Most = 7;

    public static async Task<GenreFigure> ReadAsync(PageRequest request, string company, CancellationToken cancellationToken)
    {
        var asked = new PageQuery { By = ["year", "company", "genre"], Measures = ["releases", "company_releases"], Where = [PageQuery.Is("company", company)] };
        var rows = await request.Ledger.QueryAsync(asked.Request(request.State), cancellationToken);
        var years = rows.Rows.Select(row => row.Whole("year")).Distinct().Order().ToList();
        var genres = rows.Rows.GroupBy(row => row.Text("genre")).OrderByDescending(genre => genre.Sum(row => row.Whole("releases"))).ThenBy(genre => genre.Key, StringComparer.Ordinal).ToList();
        var series = genres.Take(Most).Select(genre => Series(genre.Key, genre)).ToList();
        if (genres.Count > Most)
        {
            series.Add(Series("Other genres", genres.Skip(Most).SelectMany(genre => genre)) with { Ink = ChartInk.Ink });
        }

        return new GenreFigure(
            asked,
            new ChartView(ChartKind.Stacked, Unit.Count, [.. years.Select(year => Figures.Exact(year, Unit.Year))], series)
            {
                Name = "company-genres",
                Description = $"Films of {company} by year, in each genre.",
                Links = [.. years.Select(year => YearLinks.Of(request, year))],
            }.WithEveryYear(),
            TableView.Of(
                "Films by year and genre",
                [.. rows.Rows.OrderByDescending(row => row.Whole("year")).ThenByDescending(row => row.Whole("releases"))],
                new DataColumn("year", "Year", Unit.Year) { Link = row => YearLinks.Of(request, row.Whole("year")) },
                new DataColumn("genre", "Genre"),
                DataColumn.Of("releases") with { Link = Link },
                new DataColumn("company_releases", "of all", Unit.Count) { Explanation = "the company's films of the year, each once" }));

        string? Link(ResultRow row) => YearLinks.Of(request, row.Whole("year"), row.Text("genre"));

        ChartSeries Series(string name, IEnumerable<ResultRow> of)
        {
            var films = of.GroupBy(row => row.Whole("year")).ToDictionary(year => year.Key, year => year.Sum(row => row.Whole("releases")));
            return new ChartSeries(name, [.. years.Select(year => films.TryGetValue(year, out var count) ? (double?)count : null)]);
        }
    }
}
