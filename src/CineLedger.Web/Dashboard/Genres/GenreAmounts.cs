using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>A measure of the largest genres by year: revenue, budget, profit or number of movies.</summary>
public sealed class GenreAmounts
{
    /// <summary>The downloads contain all genres. A second table of all genres by all years would make up most of the page.</summary>
    public const int MaxLines = 6;

    private readonly PageState _state;
    private readonly Measure _measure;
    private readonly NameGrid _grid;

    public GenreAmounts(PageRequest request, NameGrid grid, ResultTable genres)
    {
        (_state, _measure) = (request.State, GenreParameters.GetMeasure(request));
        _grid = grid with
        {
            Names = [.. genres.Rows.OrderByDescending(row => row.GetNumber(_measure.Name) ?? double.MinValue).Take(MaxLines).Select(row => row.GetText("genre"))],
        };
    }

    public ChartView Chart => new(
        ChartViewKind.Lines,
        _measure.GetDisplayUnit(),
        _grid.Labels,
        [.. _grid.Names.Select(genre => new ChartViewSeries(genre, _grid.GetValues(genre, _measure.Name)) { Notes = _grid.GetMovieCounts(genre, KnownColumn) })])
    {
        Name = $"{_measure.Name}-of-genres",
        Description = $"{_measure.GetHeading()} by year of the {MaxLines} largest genres.",
        Links = [.. _grid.Periods.Select(year => MovieLinks.GetListPath(_state, year))],
    };

    public TableView Table => _grid.CreateTable(
        $"{_measure.GetHeading()} of genres by year",
        "Year",
        row => row[_measure.Name],
        _measure.GetDisplayUnit(),
        (year, genre) => MovieLinks.GetListPath(_state, year, ("genre", genre)),
        row => FormattableString.Invariant($"known for {row[KnownColumn]:N0} of {NumberFormat.FormatMovieCount(row.GetInteger("releases"))}"),
        year => MovieLinks.GetListPath(_state, year),
        _measure.Name);

    private string KnownColumn => _measure.Known ?? _measure.Name;
}
