namespace CineLedger.Reports.Queries;

/// <summary>
/// A function over the groups of a query, such as <c>share(revenue)</c>. The command line, HTTP, pages and assistant tools read it from
/// <see cref="GroupFunctions"/>, so adding a function means adding an entry there.
/// </summary>
public sealed record GroupFunction
{
    /// <param name="name">The name that users enter.</param>
    /// <param name="meaning">A description for users.</param>
    /// <param name="scope">The groups that it reads besides a row's own.</param>
    /// <param name="column">Returns the name of its column from the column of its measure.</param>
    /// <param name="title">Returns the label within a sentence from the label of its measure.</param>
    /// <param name="sql">Builds its SQL for a measure of a group <c>g</c>.</param>
    internal GroupFunction(
        string name, string meaning, GroupScope scope, Func<string, string> column, Func<string, string> title, Func<GroupFunctionSql, SelectedMeasure, string> sql) =>
        (Name, Meaning, Scope, Column, Title, Sql) = (name, meaning, scope, column, title, sql);

    public string Name { get; }

    public string Meaning { get; }

    /// <summary>Whether it accepts only measures that add up: counts and sums.</summary>
    public bool NeedsSum { get; init; }

    internal GroupScope Scope { get; }

    internal Func<string, string> Column { get; }

    /// <summary>Returns the label within a sentence from the label of its measure.</summary>
    public Func<string, string> Title { get; }

    internal Func<GroupFunctionSql, SelectedMeasure, string> Sql { get; }

    /// <summary>The unit on a chart's axis; null for the measure's.</summary>
    internal string? Unit { get; init; }

    /// <summary>Returns the kind of number from the measure's.</summary>
    internal Func<MeasureKind, MeasureKind> Kind { get; init; } = kind => kind;

    /// <summary>The kind of column; null for the measure's.</summary>
    internal ColumnKind? ColumnKind { get; init; }

    /// <summary>Whether a value may be negative; null if one of the measure may.</summary>
    internal bool? CanBeNegative { get; init; }

    /// <summary>The number of earlier periods that it reads; 0 for the same period of the year before.</summary>
    internal int Earlier { get; init; }
}

/// <summary>The groups that a function reads besides a row's own.</summary>
internal enum GroupScope
{
    /// <summary>The rows that differ only in the last dimension.</summary>
    Neighbors,

    /// <summary>All movies of the rows that differ only in the last dimension, each counted once.</summary>
    Whole,

    /// <summary>The selected periods up to the row's, with the same other names.</summary>
    SelectedPeriods,

    /// <summary>Earlier periods with the same other names, whether selected or not.</summary>
    EarlierPeriods,

    /// <summary>The row's own movies, by year.</summary>
    Years,
}

/// <summary>A function and the measure that it is applied to.</summary>
public sealed record AppliedFunction(GroupFunction Function, SelectedMeasure Of)
{
    /// <summary>Returns the text that users enter: <c>share(revenue:sum)</c>.</summary>
    public override string ToString() =>
        $"{Function.Name}({Of.Measure.Name}{(Of.Aggregate is { } aggregate ? $":{ReportOptionNames.GetName(aggregate)}" : "")})";
}
