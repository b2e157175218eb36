namespace CineLedger.Reports;

/// <summary>One column of a result.</summary>
public sealed record Column(string Name, ColumnKind Kind);

/// <summary>What a column holds, and so how it is read and written.</summary>
public enum ColumnKind
{
    Text,

    /// <summary>A whole number of up to 64 bits.</summary>
    Integer,

    /// <summary>A year, an id, a line: a whole number whose digits are not grouped.</summary>
    Identifier,

    /// <summary>A double.</summary>
    Number,

    /// <summary>A moment, UTC.</summary>
    Time,

    /// <summary>A number that a double or 64 bits may not hold, as text: its digits, or <c>NaN</c>, <c>Infinity</c>.</summary>
    Exact,

    Boolean,

    /// <summary>A day, as text: <c>1995-10-30</c>; what no calendar has, <c>infinity</c>, as the engine writes it.</summary>
    Date,
}
