namespace CineLedger.Web.Dashboard;

/// <summary>The rows of a query by period and name, such as genre, as a grid. A period without movies of a name is a gap.</summary>
/// <param name="Periods">The years or decades, from the first to the last.</param>
/// <param name="Names">The names in display order.</param>
/// <param name="Rows">The rows by period and name.</param>
public sealed record NameGrid(IReadOnlyList<long> Periods, IReadOnlyList<string> Names, IReadOnlyDictionary<(long Period, string Name), ResultRow> Rows)
{
    /// <param name="rows">The result of the query.</param>
    /// <param name="period"><c>year</c> or <c>decade</c>.</param>
    /// <param name="dimension">The dimension of the names.</param>
    /// <param name="names">The names in display order.</param>
    public static NameGrid Create(ResultTable rows, string period, string dimension, IReadOnlyList<string> names)
    {
        var cells = rows.Rows.ToDictionary(row => (row.GetInteger(period), row.GetText(dimension)));
        var (first, last) = cells.Count == 0 ? (1, 0) : (cells.Keys.Min(at => at.Item1), cells.Keys.Max(at => at.Item1));
        var step = period == "decade" ? 10 : 1;
        return new NameGrid([.. Enumerable.Range(0, (int)((last - first) / step) + 1).Select(i => first + (i * step)).Where(at => at <= last)], names, cells);
    }

    public IReadOnlyList<string> Labels => [.. Periods.Select(period => NumberFormat.FormatExact(period, Unit.Year))];

    public IReadOnlyList<double?> GetValues(string name, string measure) => GetValues(name, row => row.GetNumber(measure));

    public IReadOnlyList<double?> GetValues(string name, Func<ResultRow, double?> value) =>
        [.. Periods.Select(period => Rows.TryGetValue((period, name), out var row) ? value(row) : null)];

    /// <summary>Returns the number of movies behind each value: the values of the column <paramref name="of"/>.</summary>
    public IReadOnlyList<string?> GetMovieCounts(string name, string of = "releases") => GetNotes(name, row => NumberFormat.FormatMovieCount(row.GetInteger(of)));

    /// <summary>Returns a text for each value.</summary>
    public IReadOnlyList<string?> GetNotes(string name, Func<ResultRow, string> note) =>
        [.. Periods.Select(period => Rows.TryGetValue((period, name), out var row) ? note(row) : null)];

    /// <summary>Creates a table with one row per period, newest first, and one column per name.</summary>
    /// <param name="caption">The caption of the table.</param>
    /// <param name="heading">The heading of the periods.</param>
    /// <param name="value">Returns the value of a row.</param>
    /// <param name="unit">The unit of the values.</param>
    /// <param name="link">Returns the address of the movies behind a value.</param>
    /// <param name="note">Returns the text shown on hover.</param>
    /// <param name="all">Returns the address that a period links to.</param>
    /// <param name="measure">The measure of the values; null if the movies behind them do not explain it.</param>
    public TableView CreateTable(
        string caption, string heading, Func<ResultRow, object?> value, Unit unit, Func<long, string, string> link, Func<ResultRow, string> note, Func<long, string> all,
        string? measure = null) => new(
        caption,
        [new(heading, Unit.Year), .. Names.Select(name => new TableViewColumn(name, unit) { Measure = measure })],
        [.. Periods.Reverse().Select(period => new TableViewRow(
        [
            new(period) { Link = all(period) },
            .. Names.Select(name => Rows.TryGetValue((period, name), out var row)
                ? new TableViewCell(value(row)) { Link = link(period, name), Note = note(row) }
                : new TableViewCell(null) { Note = "no movies" }),
        ]))]);
}
