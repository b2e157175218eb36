using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Overview;

/// <summary>The most popular genre of each year.</summary>
public sealed record FavouriteFigure(PageQuery Asked, ChartView Chart, TableView Table)
{
    public static async Task<FavouriteFigure> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var measure = request.State.PopularityMeasure;
        var asked = new PageQuery { By = ["year", "genre"], Measures = [measure, "releases"], Order = ["year:desc"], Top = 1 };
        var rows = await request.Ledger.QueryAsync(asked.Request(request.State), cancellationToken);
        var byYear = rows.Rows.OrderBy(row => row.Whole("year")).ToList();

        // The genre that led most often is at the top.
        var genres = byYear.GroupBy(row => row.Text("genre")).OrderByDescending(genre => genre.Count()).ThenBy(genre => genre.Key, StringComparer.Ordinal).ToList();
        var hasPage = DashboardPages.Has("genres");
        return new FavouriteFigure(
            asked,
            new ChartView(
                ChartKind.Marks,
                Unit.Measure,
                [.. byYear.Select(row => Figures.Exact(row["year"], Unit.Year)).Distinct()],
                [.. genres.Select(genre => new ChartSeries(genre.Key, [.. byYear.Select(row => row.Text("genre") == genre.Key ? row.Number(measure) : null)]))])
            {
                Name = "most-popular-genres",
                Description = "Which genre was the most popular in each year.",
                Height = ChartHeight.Tall,
            },
            TableView.Of(
                "The most popular genre of each year",
                rows,
                new DataColumn("year", "Year", Unit.Year),
                new DataColumn("genre", "Genre") { Link = hasPage ? row => request.State.Link(PageState.Named("genres", row.Text("genre"))) : null },
                new DataColumn(measure, "Popularity", Unit.Measure) { Explanation = "the mean over the genre's films of that year" },
                DataColumn.Of("releases")));
    }
}
