using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Overview;

/// <summary>The most popular genre of each year.</summary>
public sealed record MostPopularGenres(PageQuery Query, ChartView Chart, TableView Table)
{
    public static async Task<MostPopularGenres> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var measure = request.State.PopularityMeasure;
        var query = new PageQuery { By = ["year", "genre"], Measures = [measure, "releases"], Order = ["year:desc"], Top = 1 };
        var rows = await request.Ledger.QueryAsync(query.CreateRequest(request.State), cancellationToken);
        var byYear = rows.Rows.OrderBy(row => row.GetInteger("year")).ToList();

        // The genre that was most popular in the most years is at the top.
        var genres = byYear.GroupBy(row => row.GetText("genre")).OrderByDescending(genre => genre.Count()).ThenBy(genre => genre.Key, StringComparer.Ordinal).ToList();
        var hasPage = DashboardPages.HasPage("genres");
        return new MostPopularGenres(
            query,
            new ChartView(
                ChartViewKind.Marks,
                Unit.Measure,
                [.. byYear.Select(row => NumberFormat.FormatExact(row["year"], Unit.Year)).Distinct()],
                [.. genres.Select(genre => new ChartViewSeries(genre.Key, [.. byYear.Select(row => row.GetText("genre") == genre.Key ? row.GetNumber(measure) : null)]))])
            {
                Name = "most-popular-genres",
                Description = "The most popular genre of each year.",
                Height = ChartHeight.Tall,
            },
            TableView.Create(
                "Most popular genre by year",
                rows,
                new ResultColumn("year", "Year", Unit.Year),
                new ResultColumn("genre", "Genre") { Link = hasPage ? row => request.State.GetLink(PageState.GetPath("genres", row.GetText("genre"))) : null },
                new ResultColumn(measure, "Popularity", Unit.Measure) { Explanation = "the average over the genre's movies of the year" },
                ResultColumn.Create("releases")));
    }
}
