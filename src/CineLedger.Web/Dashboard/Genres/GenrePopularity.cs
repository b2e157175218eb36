using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;
using CineLedger.Web.Dashboard.Overview;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>The popularity of each genre in each year.</summary>
public sealed class GenrePopularity(PageRequest request, NameGrid grid)
{
    private readonly PageState _state = request.State;

    private string Measure => _state.PopularityMeasure;

    public ChartView Chart => new(
        ChartViewKind.Heat,
        Unit.Measure,
        grid.Labels,
        [.. grid.Names.Select(genre => new ChartViewSeries(genre, grid.GetValues(genre, Measure)) { Notes = grid.GetMovieCounts(genre), Marked = [.. FindLeadingYears(genre)] })])
    {
        Name = "popularity-by-genre-and-year",
        Description = "The popularity of each genre in each year, darker for higher values. A dot marks the most popular genre of the year, of those with enough movies.",
        Height = ChartHeight.Tall,
        CellLinks = MovieLinks.GetListPath(_state with { From = null, To = null, AllYears = false }),
    };

    public TableView Table => grid.CreateTable(
        "Popularity of genres by year",
        "Year",
        row => row[Measure],
        Unit.Measure,
        (year, genre) => MovieLinks.GetListPath(_state, year, ("genre", genre)),
        row => $"rank {row[$"rank_{Measure}"]}, {NumberFormat.FormatMovieCount(row.GetInteger("releases"))}",
        year => MovieLinks.GetListPath(_state, year),
        Measure);

    /// <summary>Returns the indexes of the years in which the genre was the most popular one, of those with enough movies.</summary>
    private IEnumerable<int> FindLeadingYears(string genre) => Enumerable.Range(0, grid.Periods.Count).Where(i => FindLeader(grid.Periods[i]) == genre);

    private string? FindLeader(long year) => !request.IsRanked(year) ? null : grid.Names
        .Where(name => grid.Rows.TryGetValue((year, name), out var row) && row.GetInteger("releases") >= MostPopularGenres.MinMovies && row.GetNumber(Measure) is not null)
        .MaxBy(name => grid.Rows[(year, name)].GetNumber(Measure));
}
