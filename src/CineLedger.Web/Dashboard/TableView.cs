using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard;

/// <summary>A table as it is shown.</summary>
/// <param name="Caption">What it is of; for screen readers.</param>
/// <param name="Columns">In their order; the first names the row.</param>
/// <param name="Rows">In their order.</param>
public sealed record TableView(string Caption, IReadOnlyList<TableViewColumn> Columns, IReadOnlyList<TableViewRow> Rows)
{
    /// <summary>What is said in place of no rows.</summary>
    public string EmptyText { get; init; } = "No movie fits.";

    /// <summary>The column that it is ordered by, with <c>:desc</c> for the largest first; null where that is of no interest.</summary>
    public string? Order { get; init; }

    /// <summary>
    /// Makes the address of the same table in another order, given as <see cref="Order"/>: for a table of which only a part is shown. Null lets the
    /// browser order the rows that are there.
    /// </summary>
    public Func<string, string>? OrderLink { get; init; }

    /// <summary>Makes a table of an answer's rows.</summary>
    public static TableView Create(string caption, ResultTable result, params IReadOnlyList<ResultColumn> columns) => Create(caption, result.Rows, columns);

    /// <summary>Makes a table of some of an answer's rows, in their order.</summary>
    public static TableView Create(string caption, IReadOnlyList<ResultRow> rows, params IReadOnlyList<ResultColumn> columns) => new(
        caption,
        [.. columns.Select(column => new TableViewColumn(column.Title, column.Unit) { Name = column.Source, Title = column.Explanation })],
        [.. rows.Select(row => new TableViewRow([.. columns.Select(column => new TableViewCell(row[column.Source]) { Link = column.Link?.Invoke(row), Note = column.Note?.Invoke(row) })]))]);
}

/// <param name="Heading">Its heading.</param>
/// <param name="Unit">How its values are written; all but texts stand to the right.</param>
public sealed record TableViewColumn(string Heading, Unit Unit = Unit.Text)
{
    /// <summary>The answer's name for it, which orders go by; null where the table cannot be ordered by it.</summary>
    public string? Name { get; init; }

    /// <summary>What it means, on hover; null where the heading says it.</summary>
    public string? Title { get; init; }
}

/// <param name="IsTotal">Below a double rule.</param>
public sealed record TableViewRow(IReadOnlyList<TableViewCell> Cells, bool IsTotal = false);

/// <param name="Value">A text or a number; null is unknown.</param>
public sealed record TableViewCell(object? Value)
{
    /// <summary>Where it leads; null for nowhere.</summary>
    public string? Link { get; init; }

    /// <summary>What else one should know, on hover: of how many movies an amount is.</summary>
    public string? Note { get; init; }
}

/// <summary>A column of an answer, and how it is shown.</summary>
/// <param name="Source">The answer's column.</param>
/// <param name="Title">The heading.</param>
/// <param name="Unit">How its values are written.</param>
public sealed record ResultColumn(string Source, string Title, Unit Unit = Unit.Text)
{
    public string? Explanation { get; init; }

    /// <summary>Where a row's value leads.</summary>
    public Func<ResultRow, string?>? Link { get; init; }

    public Func<ResultRow, string?>? Note { get; init; }

    /// <summary>The column of a measure, labelled and written as the measure says.</summary>
    public static ResultColumn Of(string measure) => new(measure, MeasureDisplay.Heading(measure), MeasureDisplay.UnitOf(measure));

    /// <summary>Adds the note that says of how many movies the measure is known.</summary>
    public ResultColumn WithKnownNote()
    {
        var known = Measures.Find(Source).Known!;
        return this with { Note = row => FormattableString.Invariant($"known of {row[known]:N0} of {row["releases"]:N0} movies") };
    }
}
