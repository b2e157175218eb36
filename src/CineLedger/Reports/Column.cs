namespace CineLedger.Reports;

/// <summary>One column of a result.</summary>
public sealed record Column(string Name, ColumnKind Kind);

/// <summary>What a column holds, and so how it is read and written.</summary>
public enum ColumnKind
{
    Text,

    /// <summary>A whole number of up to 64 bits.</summary>
    Whole,

    /// <summary>A year, an id, a line: a whole number whose digits are not grouped.</summary>
    Identifier,

    /// <summary>A double.</summary>
    Number,

    /// <summary>A moment, UTC.</summary>
    Time,
}
