using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Films;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>How popular each genre was in each year.</summary>
public sealed class PopularityFigure(PageState state, GenreGrid grid)
{
    private string Measure => state.PopularityMeasure;

    public ChartView Chart => new(
        ChartKind.Heat,
        Unit.Measure,
        grid.X,
        [.. grid.Genres.Select(genre => new ChartSeries(genre, grid.Values(genre, Measure)) { Notes = grid.Films(genre), Marked = [.. Leads(genre)] })])
    {
        Name = "popularity-by-genre-and-year",
        Description = "How popular each genre was in each year: the darker, the more; a dot is the most popular of its year.",
        Height = ChartHeight.Tall,
        CellLinks = FilmLinks.Behind(state with { From = null, To = null }),
    };

    public TableView Table => grid.Table(
        "Popularity of genres by year",
        "Year",
        Measure,
        Unit.Measure,
        (year, genre) => FilmLinks.Behind(state, year, ("genre", genre)),
        row => $"rank {row[$"rank_{Measure}"]}, {Figures.Films(row.Whole("releases"))}",
        year => FilmLinks.Behind(state, year));

    /// <summary>Places of the years that the genre led.</summary>
    private IEnumerable<int> Leads(string genre)
    {
        for (var i = 0; i < grid.Periods.Count; i++)
        {
            if (grid.Rows.TryGetValue((grid.Periods[i], genre), out var row) && row.Number($"rank_{Measure}") is 1)
            {
                yield return i;
            }
        }
    }
}
