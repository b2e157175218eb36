using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard;

/// <summary>A table as it is shown.</summary>
/// <param name="Caption">What it is of; for screen readers.</param>
/// <param name="Columns">In their order; the first names the row.</param>
/// <param name="Rows">In their order.</param>
public sealed record TableView(string Caption, IReadOnlyList<TableColumn> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>What is said in place of no rows.</summary>
    public string Empty { get; init; } = "No film fits.";

    /// <summary>The column that it is ordered by, with <c>:desc</c> for the largest first; null where that is of no interest.</summary>
    public string? Order { get; init; }

    /// <summary>
    /// Makes the address of the same table in another order, given as <see cref="Order"/>: for a table of which only a part is shown. Null lets the
    /// browser order the rows that are there.
    /// </summary>
    public Func<string, string>? OrderLink { get; init; }

    /// <summary>Makes a table of an answer's rows.</summary>
    public static TableView Of(string caption, ResultTable result, params IReadOnlyList<DataColumn> columns) => Of(caption, result.Rows, columns);

    /// <summary>Makes a table of some of an answer's rows, in their order.</summary>
    public static TableView Of(string caption, IReadOnlyList<ResultRow> rows, params IReadOnlyList<DataColumn> columns) => new(
        caption,
        [.. columns.Select(column => new TableColumn(column.Title, column.Unit) { Name = column.Source, Title = column.Explanation })],
        [.. rows.Select(row => new TableRow([.. columns.Select(column => new Cell(row[column.Source]) { Link = column.Link?.Invoke(row), Note = column.Note?.Invoke(row) })]))]);
}

/// <param name="Heading">Its heading.</param>
/// <param name="Unit">How its values are written; all but texts stand to the right.</param>
public sealed record TableColumn(string Heading, Unit Unit = Unit.Text)
{
    /// <summary>The answer's name for it, which orders go by; null where the table cannot be ordered by it.</summary>
    public string? Name { get; init; }

    /// <summary>What it means, on hover; null where the heading says it.</summary>
    public string? Title { get; init; }
}

/// <param name="IsTotal">Below a double rule.</param>
public sealed record TableRow(IReadOnlyList<Cell> Cells, bool IsTotal = false);

/// <param name="Value">A text or a number; null is unknown.</param>
public sealed record Cell(object? Value)
{
    /// <summary>Where it leads; null for nowhere.</summary>
    public string? Link { get; init; }

    /// <summary>What else one should know, on hover: of how many films an amount is.</summary>
    public string? Note { get; init; }
}

/// <summary>A column of an answer, and how it is shown.</summary>
/// <param name="Source">The answer's column.</param>
/// <param name="Title">The heading.</param>
/// <param name="Unit">How its values are written.</param>
public sealed record DataColumn(string Source, string Title, Unit Unit = Unit.Text)
{
    public string? Explanation { get; init; }

    /// <summary>Where a row's value leads.</summary>
    public Func<ResultRow, string?>? Link { get; init; }

    public Func<ResultRow, string?>? Note { get; init; }

    /// <summary>The column of a measure, labelled and written as the measure says.</summary>
    public static DataColumn Of(string measure) => new(measure, MeasureDisplay.Heading(measure), MeasureDisplay.UnitOf(measure));

    /// <summary>Adds the note that says of how many films the measure is known.</summary>
    public DataColumn KnownOf()
    {
        var known = Measures.Find(Source).Known!;
        return this with { Note = row => FormattableString.Invariant($"known of {row[known]:N0} of {row["releases"]:N0} films") };
    }
}
