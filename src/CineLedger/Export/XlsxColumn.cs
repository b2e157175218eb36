using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>A column of a workbook's sheet.</summary>
/// <param name="Heading">The text in the first row.</param>
/// <param name="Kind">The kind of values.</param>
/// <param name="Format">The number format.</param>
internal sealed record XlsxColumn(string Heading, ColumnKind Kind, XlsxFormat Format = XlsxFormat.Default)
{
    /// <summary>The width in characters, with room for the heading's filter button.</summary>
    public int Width => Math.Min(255, Math.Max(
        Heading.Length + 4,
        Kind switch { ColumnKind.Text => 32, ColumnKind.Integer => 16, ColumnKind.Time => 20, _ => 10 } + (Format == XlsxFormat.Dollars ? 2 : 0)));
}

/// <summary>The number format of a column.</summary>
internal enum XlsxFormat
{
    /// <summary>By the kind of the column.</summary>
    Default,

    /// <summary>Whole US dollars: $30,000,000.</summary>
    Dollars,

    /// <summary>A part of 1 as a percentage: 16.5%.</summary>
    Percent,
}
