namespace CineLedger.Web.Dashboard.Genres;

/// <summary>The rows of a query by period and genre as a grid. A period without movies of a genre is a gap.</summary>
/// <param name="Periods">The years or decades, from the first to the last.</param>
/// <param name="Genres">The genres in display order.</param>
/// <param name="Rows">The rows by period and genre.</param>
public sealed record GenreGrid(IReadOnlyList<long> Periods, IReadOnlyList<string> Genres, IReadOnlyDictionary<(long Period, string Genre), ResultRow> Rows)
{
    /// <param name="rows">The result of the query.</param>
    /// <param name="period"><c>year</c> or <c>decade</c>.</param>
    /// <param name="genres">The genres in display order.</param>
    public static GenreGrid Create(ResultTable rows, string period, IReadOnlyList<string> genres)
    {
        var cells = rows.Rows.ToDictionary(row => (row.GetInteger(period), row.GetText("genre")));
        var (first, last) = cells.Count == 0 ? (1, 0) : (cells.Keys.Min(at => at.Item1), cells.Keys.Max(at => at.Item1));
        var step = period == "decade" ? 10 : 1;
        return new GenreGrid([.. Enumerable.Range(0, (int)((last - first) / step) + 1).Select(i => first + (i * step)).Where(at => at <= last)], genres, cells);
    }

    public IReadOnlyList<string> Labels => [.. Periods.Select(period => NumberFormat.FormatExact(period, Unit.Year))];

    public IReadOnlyList<double?> GetValues(string genre, string measure) =>
        [.. Periods.Select(period => Rows.TryGetValue((period, genre), out var row) ? row.GetNumber(measure) : null)];

    /// <summary>Returns the number of movies behind each value: the values of the column <paramref name="of"/>.</summary>
    public IReadOnlyList<string?> GetMovieCounts(string genre, string of = "releases") =>
        [.. Periods.Select(period => Rows.TryGetValue((period, genre), out var row) ? NumberFormat.FormatMovieCount(row.GetInteger(of)) : null)];

    /// <summary>Creates a table with one row per period, newest first, and one column per genre.</summary>
    /// <param name="caption">The caption of the table.</param>
    /// <param name="heading">The heading of the periods.</param>
    /// <param name="measure">The column of the result.</param>
    /// <param name="unit">The unit of the values.</param>
    /// <param name="link">Returns the address of the movies behind a value.</param>
    /// <param name="note">Returns the text shown on hover.</param>
    /// <param name="all">Returns the address that a period links to.</param>
    public TableView CreateTable(
        string caption, string heading, string measure, Unit unit, Func<long, string, string> link, Func<ResultRow, string> note, Func<long, string> all) => new(
        caption,
        [new(heading, Unit.Year), .. Genres.Select(genre => new TableViewColumn(genre, unit))],
        [.. Periods.Reverse().Select(period => new TableViewRow(
        [
            new(period) { Link = all(period) },
            .. Genres.Select(genre => Rows.TryGetValue((period, genre), out var row)
                ? new TableViewCell(row[measure]) { Link = link(period, genre), Note = note(row) }
                : new TableViewCell(null) { Note = "no movies" }),
        ]))]);
}
