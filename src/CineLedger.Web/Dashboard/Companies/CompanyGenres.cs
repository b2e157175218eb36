using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The number of movies a company released in each genre, by year.</summary>
public sealed record CompanyGenres(PageQuery Query, ChartView Chart, TableView Table)
{
    /// <summary>More colors in one stack are hard to distinguish.</summary>
    private const int MaxGenres = 7;

    public static async Task<CompanyGenres> ReadAsync(PageRequest request, string company, CancellationToken cancellationToken)
    {
        var query = new PageQuery { By = ["year", "company", "genre"], Measures = ["releases", "company_releases"], Where = [PageQuery.FilterByName("company", company)] };
        var rows = await request.Ledger.QueryAsync(query.CreateRequest(request.State), cancellationToken);
        var years = rows.Rows.Select(row => row.GetInteger("year")).Distinct().Order().ToList();
        var genres = rows.Rows.GroupBy(row => row.GetText("genre"))
            .OrderByDescending(genre => genre.Sum(row => row.GetInteger("releases"))).ThenBy(genre => genre.Key, StringComparer.Ordinal).ToList();
        var series = genres.Take(MaxGenres).Select(genre => CreateSeries(genre.Key, genre)).ToList();
        if (genres.Count > MaxGenres)
        {
            series.Add(CreateSeries("Other genres", genres.Skip(MaxGenres).SelectMany(genre => genre)) with { Color = ChartColor.Foreground });
        }

        return new CompanyGenres(
            query,
            new ChartView(ChartViewKind.Stacked, Unit.Count, [.. years.Select(year => NumberFormat.FormatExact(year, Unit.Year))], series)
            {
                Name = "company-genres",
                Description = $"Movies by {company} in each genre by year.",
                Links = [.. years.Select(year => NameKind.Company.GetMoviesLink(request.State, company, year))],
            }.WithEveryYear(),
            TableView.Create(
                "Movies by year and genre",
                [.. rows.Rows.OrderByDescending(row => row.GetInteger("year")).ThenByDescending(row => row.GetInteger("releases"))],
                new ResultColumn("year", "Year", Unit.Year) { Link = row => NameKind.Company.GetMoviesLink(request.State, company, row.GetInteger("year")) },
                new ResultColumn("genre", "Genre"),
                ResultColumn.Create("releases") with { Link = Link },
                new ResultColumn("company_releases", "All movies", Unit.Count) { Link = row => NameKind.Company.GetMoviesLink(request.State, company, row.GetInteger("year")), Explanation = "all movies of the company in the year, each counted once" }));

        string? Link(ResultRow row) => NameKind.Company.GetMoviesLink(request.State, company, row.GetInteger("year"), row.GetText("genre"));

        ChartViewSeries CreateSeries(string name, IEnumerable<ResultRow> of)
        {
            var movies = of.GroupBy(row => row.GetInteger("year")).ToDictionary(year => year.Key, year => year.Sum(row => row.GetInteger("releases")));
            return new ChartViewSeries(name, [.. years.Select(year => movies.TryGetValue(year, out var count) ? (double?)count : null)]);
        }
    }
}
