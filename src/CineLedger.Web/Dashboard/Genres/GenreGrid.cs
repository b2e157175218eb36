namespace CineLedger.Web.Dashboard.Genres;

/// <summary>Rows of a query by a period and genre, as a grid: a period that a genre has no movie of is a gap.</summary>
/// <param name="Periods">Years, or decades, from the first to the last.</param>
/// <param name="Genres">In the order in which they are shown.</param>
/// <param name="Rows">By period and genre.</param>
public sealed record GenreGrid(IReadOnlyList<long> Periods, IReadOnlyList<string> Genres, IReadOnlyDictionary<(long Period, string Genre), ResultRow> Rows)
{
    /// <param name="rows">The answer.</param>
    /// <param name="period"><c>year</c> or <c>decade</c>.</param>
    /// <param name="genres">In the order in which they are shown.</param>
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

    /// <summary>How many movies each value is of, as <paramref name="of"/> counts them.</summary>
    public IReadOnlyList<string?> GetMovieCounts(string genre, string of = "releases") =>
        [.. Periods.Select(period => Rows.TryGetValue((period, genre), out var row) ? NumberFormat.FormatMovieCount(row.GetInteger(of)) : null)];

    /// <summary>A row for each period, the newest first, and a column for each genre.</summary>
    /// <param name="caption">Of the table.</param>
    /// <param name="heading">Of the periods.</param>
    /// <param name="measure">The answer's column.</param>
    /// <param name="unit">Of its values.</param>
    /// <param name="link">To the movies behind a value.</param>
    /// <param name="note">What is said on hover.</param>
    /// <param name="all">Where a period leads.</param>
    public TableView CreateTable(string caption, string heading, string measure, Unit unit, Func<long, string, string> link, Func<ResultRow, string> note, Func<long, string> all) => new(
        caption,
        [new(heading, Unit.Year), .. Genres.Select(genre => new TableViewColumn(genre, unit))],
        [.. Periods.Reverse().Select(period => new TableViewRow(
        [
            new(period) { Link = all(period) },
            .. Genres.Select(genre => Rows.TryGetValue((period, genre), out var row)
                ? new TableViewCell(row[measure]) { Link = link(period, genre), Note = note(row) }
                : new TableViewCell(null) { Note = "no movie" }),
        ]))]);
}
