using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Films;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>What the largest genres brought, cost or released in each year.</summary>
public sealed class GenreAmounts
{
    /// <summary>The whole of it is in the files to take along; all genres by all years twice on one page would be its greater part.</summary>
    private const int MostLines = 6;

    private readonly PageState _state;
    private readonly Measure _measure;
    private readonly GenreGrid _grid;

    public GenreAmounts(PageRequest request, GenreGrid grid, ResultTable genres)
    {
        (_state, _measure) = (request.State, GenreParameters.MeasureOf(request));
        _grid = grid with
        {
            Genres = [.. genres.Rows.OrderByDescending(row => row.Number(_measure.Name) ?? double.MinValue).Take(MostLines).Select(row => row.Text("genre"))],
        };
    }

    public ChartView Chart => new(
        ChartKind.Lines,
        _measure.DisplayUnit(),
        _grid.X,
        [.. _grid.Genres.Select(genre => new ChartSeries(genre, _grid.Values(genre, _measure.Name)) { Notes = _grid.Films(genre, Known) })])
    {
        Name = $"{_measure.Name}-of-genres",
        Description = $"{_measure.Heading()} by year of the {MostLines} genres that have the most of it.",
        Links = [.. _grid.Periods.Select(year => FilmLinks.Behind(_state, year))],
    };

    public TableView Table => _grid.Table(
        $"{_measure.Heading()} of genres by year",
        "Year",
        _measure.Name,
        _measure.DisplayUnit(),
        (year, genre) => FilmLinks.Behind(_state, year, ("genre", genre)),
        row => FormattableString.Invariant($"known of {row[Known]:N0} of {Figures.Films(row.Whole("releases"))}"),
        year => FilmLinks.Behind(_state, year));

    private string Known => _measure.Known ?? _measure.Name;
}
