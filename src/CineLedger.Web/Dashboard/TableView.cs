using System.Globalization;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard;

/// <summary>A table on a page.</summary>
/// <param name="Caption">The caption for screen readers.</param>
/// <param name="Columns">The columns in order; the first one names the row.</param>
/// <param name="Rows">The rows in order.</param>
public sealed record TableView(string Caption, IReadOnlyList<TableViewColumn> Columns, IReadOnlyList<TableViewRow> Rows)
{
    /// <summary>The text shown when there are no rows.</summary>
    public string EmptyText { get; init; } = "No matching movies.";

    /// <summary>The column that the rows are ordered by, with <c>:desc</c> for descending order; null when unspecified.</summary>
    public string? Order { get; init; }

    /// <summary>
    /// Returns the address of the same table in another <see cref="Order"/>, for a table that is only partly shown. Null lets the browser sort the rows on the
    /// page.
    /// </summary>
    public Func<string, string>? OrderLink { get; init; }

    /// <summary>Creates a table from the rows of a result.</summary>
    public static TableView Create(string caption, ResultTable result, params IReadOnlyList<ResultColumn> columns) => Create(caption, result.Rows, columns);

    /// <summary>Creates a table from some rows of a result, in their order.</summary>
    public static TableView Create(string caption, IReadOnlyList<ResultRow> rows, params IReadOnlyList<ResultColumn> columns) => new(
        caption,
        [.. columns.Select(column => new TableViewColumn(column.Title, column.Unit) { Name = column.Source, Title = column.Explanation })],
        [
            .. rows.Select(row => new TableViewRow(
                [
                    .. columns.Select(column => new TableViewCell(column.GetValue(row))
                    {
                        Link = column.Link?.Invoke(row), Note = column.Note?.Invoke(row),
                    }),
                ])),
        ]);
}

/// <param name="Heading">The heading.</param>
/// <param name="Unit">How the values are formatted; all but texts are right-aligned.</param>
public sealed record TableViewColumn(string Heading, Unit Unit = Unit.Text)
{
    /// <summary>The name of the column in the result, used for ordering; null when the table cannot be ordered by it.</summary>
    public string? Name { get; init; }

    /// <summary>An explanation shown on hover; null when the heading is enough.</summary>
    public string? Title { get; init; }

    /// <summary>The measure that the movies behind the values explain; null if it follows from <see cref="Name"/> or <see cref="Heading"/>.</summary>
    public string? Measure { get; init; }

    internal string? EffectiveMeasure => Unit == Unit.Text ? null : Measure ?? Name ?? Heading;
}

/// <param name="IsTotal">Whether the row is shown as a total below the others.</param>
public sealed record TableViewRow(IReadOnlyList<TableViewCell> Cells, bool IsTotal = false);

/// <param name="Value">A text, a number or a fragment; null when unknown.</param>
public sealed record TableViewCell(object? Value)
{
    /// <summary>Creates the cell of a change, with a sign unless it is 0.</summary>
    public static TableViewCell CreateChange(double change, Unit unit) => new(change) { Text = NumberFormat.FormatChange(change, unit) };

    /// <summary>The address that the value links to; null for no link.</summary>
    public string? Link { get; init; }

    /// <summary>The text shown for the value, such as <c>+12</c>, if the column does not format it; rows are sorted by the value.</summary>
    public string? Text { get; init; }

    /// <summary>Additional text shown on hover, such as the number of movies behind an amount.</summary>
    public string? Note { get; init; }
}

/// <summary>A column of a result, and how it is shown.</summary>
/// <param name="Source">The name of the column in the result.</param>
/// <param name="Title">The heading.</param>
/// <param name="Unit">How the values are formatted.</param>
public sealed record ResultColumn(string Source, string Title, Unit Unit = Unit.Text)
{
    public string? Explanation { get; init; }

    /// <summary>Returns the address that a row's value links to.</summary>
    public Func<ResultRow, string?>? Link { get; init; }

    public Func<ResultRow, string?>? Note { get; init; }

    /// <summary>Returns the text to show for a value that has one, such as the name of a month; null to format the value by its unit.</summary>
    public Func<object, string>? Format { get; init; }

    /// <summary>Returns the value that a row shows: formatted if the column has its own format, and the fallback for an unknown value.</summary>
    internal object? GetValue(ResultRow row) => row[Source] is { } value ? Format is null ? value : Format(value) : Fallback?.Invoke(row);

    /// <summary>Returns the text to show in place of an unknown value.</summary>
    public Func<ResultRow, string?>? Fallback { get; init; }

    /// <summary>Creates the column of release dates in a list of movies; a movie may have only a year.</summary>
    public static ResultColumn CreateReleased() =>
        new("release_date", "Released") { Fallback = row => row["year"] is { } year ? Convert.ToString(year, CultureInfo.InvariantCulture) : null };

    /// <summary>Creates the column of a measure, with its heading, unit and explanation.</summary>
    public static ResultColumn Create(string measure) =>
        new(measure, MeasureDisplay.GetHeading(measure), MeasureDisplay.GetUnit(measure)) { Explanation = Measures.Find(measure).Meaning };

    /// <summary>Adds a note with the number of movies for which the measure is known.</summary>
    public ResultColumn WithKnownNote()
    {
        var known = Measures.Find(Source).Known!;
        return this with { Note = row => FormattableString.Invariant($"known for {row[known]:N0} of {NumberFormat.FormatMovieCount(row.GetInteger("releases"))}") };
    }
}
