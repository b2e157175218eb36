namespace CineLedger.Reports;

/// <summary>A column of a result.</summary>
public sealed record Column(string Name, ColumnKind Kind)
{
    /// <summary>Gets the beginning of the name that is a value of a pivoted dimension, such as a genre; empty for the name of a dimension or measure.</summary>
    public string Value { get; init; } = "";
}

/// <summary>The kind of values in a column, which decides how they are read and written.</summary>
public enum ColumnKind
{
    Text,

    /// <summary>A whole number of up to 64 bits.</summary>
    Integer,

    /// <summary>A whole number written without digit grouping: a year, an ID, a line number.</summary>
    Identifier,

    /// <summary>A double.</summary>
    Number,

    /// <summary>A UTC timestamp.</summary>
    Time,

    /// <summary>A number, as text, that may exceed a double or 64 bits: its digits, <c>NaN</c> or <c>Infinity</c>.</summary>
    Exact,

    Boolean,

    /// <summary>A date as text, such as <c>1995-10-30</c>. Values outside the calendar, such as <c>infinity</c>, are written as by the engine.</summary>
    Date,
}
