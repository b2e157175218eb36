using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>The popularity of each genre in each year.</summary>
public sealed class GenrePopularity(PageState state, NameGrid grid)
{
    private string Measure => state.PopularityMeasure;

    public ChartView Chart => new(
        ChartViewKind.Heat,
        Unit.Measure,
        grid.Labels,
        [.. grid.Names.Select(genre => new ChartViewSeries(genre, grid.GetValues(genre, Measure)) { Notes = grid.GetMovieCounts(genre), Marked = [.. FindLeadingYears(genre)] })])
    {
        Name = "popularity-by-genre-and-year",
        Description = "The popularity of each genre in each year, darker for higher values. A dot marks the most popular genre of the year.",
        Height = ChartHeight.Tall,
        CellLinks = MovieLinks.GetListPath(state with { From = null, To = null, AllYears = false }),
    };

    public TableView Table => grid.CreateTable(
        "Popularity of genres by year",
        "Year",
        row => row[Measure],
        Unit.Measure,
        (year, genre) => MovieLinks.GetListPath(state, year, ("genre", genre)),
        row => $"rank {row[$"rank_{Measure}"]}, {NumberFormat.FormatMovieCount(row.GetInteger("releases"))}",
        year => MovieLinks.GetListPath(state, year));

    /// <summary>Returns the indexes of the years in which the genre was the most popular one.</summary>
    private IEnumerable<int> FindLeadingYears(string genre)
    {
        for (var i = 0; i < grid.Periods.Count; i++)
        {
            if (grid.Rows.TryGetValue((grid.Periods[i], genre), out var row) && row.GetNumber($"rank_{Measure}") is 1)
            {
                yield return i;
            }
        }
    }
}
