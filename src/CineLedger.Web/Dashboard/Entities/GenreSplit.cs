using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Entities;

/// <summary>The number of movies of one name in each genre and year.</summary>
internal static class GenreSplit
{
    /// <summary>Colors repeat after eight series; the remaining genres are one series.</summary>
    private const int MaxGenres = 7;

    public static async Task<FigureView> ReadAsync(PageRequest request, NameKind kind, string name, CancellationToken cancellationToken)
    {
        var query = new PageQuery { By = ["year", kind.Dimension, "genre"], Measures = ["releases"], Where = [PageQuery.FilterByName(kind.Dimension, name)] };
        var rows = (await request.Ledger.QueryAsync(query.CreateRequest(request.State), cancellationToken)).Rows;
        var years = rows.Select(row => row.GetInteger("year")).Distinct().Order().ToList();
        var genres = rows.GroupBy(row => row.GetText("genre"))
            .OrderByDescending(genre => genre.Sum(row => row.GetInteger("releases"))).ThenBy(genre => genre.Key, StringComparer.Ordinal).ToList();
        var series = genres.Take(MaxGenres).Select(genre => CreateSeries(genre.Key, genre)).ToList();
        if (genres.Count > MaxGenres)
        {
            series.Add(CreateSeries("Other genres", genres.Skip(MaxGenres).SelectMany(genre => genre)) with { Color = ChartColor.Foreground });
        }

        return new(
            "movies-by-genre",
            "Movies by genre",
            TableView.Create(
                "Movies by year and genre",
                [.. rows.OrderByDescending(row => row.GetInteger("year")).ThenByDescending(row => row.GetInteger("releases"))],
                new ResultColumn("year", "Year", Unit.Year) { Link = row => kind.GetMoviesLink(request.State, name, row.GetInteger("year")) },
                new ResultColumn("genre", "Genre") { Link = row => NameKind.Genre.GetLink(request.State, row.GetText("genre")) },
                ResultColumn.Create("releases") with { Link = row => kind.GetMoviesLink(request.State, name, row.GetInteger("year"), row.GetText("genre")) }))
        {
            Chart = new ChartView(ChartViewKind.Stacked, Unit.Count, [.. years.Select(year => NumberFormat.FormatExact(year, Unit.Year))], series)
            {
                Name = $"{kind.Dimension}-genres",
                Description = $"Movies of {name} in each genre by year.",
                Links = [.. years.Select(year => kind.GetMoviesLink(request.State, name, year))],
            }.WithEveryYear(),
            Query = query,
            Notes = ["A movie with several genres is counted in each of them, so the stacks are higher than the number of movies."],
            IsShort = true,
        };

        ChartViewSeries CreateSeries(string title, IEnumerable<ResultRow> of)
        {
            var movies = of.GroupBy(row => row.GetInteger("year")).ToDictionary(year => year.Key, year => year.Sum(row => row.GetInteger("releases")));
            return new ChartViewSeries(title, [.. years.Select(year => movies.TryGetValue(year, out var count) ? (double?)count : null)]);
        }
    }
}
