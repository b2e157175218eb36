using System.Data.Common;
using System.Globalization;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>Values as people read them: digits grouped, unknown as a dash.</summary>
internal static class ReadableText
{
    public const string Unknown = "–";

    public static string Of(DbDataReader row, int column, ColumnKind kind)
    {
        if (row.IsDBNull(column))
        {
            return Unknown;
        }

        return kind switch
        {
            ColumnKind.Text or ColumnKind.Exact or ColumnKind.Date => OneLine(row.GetString(column)),
            ColumnKind.Number => Number(row.GetDouble(column)),
            ColumnKind.Time => row.GetDateTime(column).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            ColumnKind.Boolean => row.GetBoolean(column) ? "true" : "false",
            ColumnKind.Identifier => row.GetWhole(column).ToString(CultureInfo.InvariantCulture),
            _ => row.GetWhole(column).ToString("N0", CultureInfo.InvariantCulture),
        };
    }

    public static bool IsRightAligned(ColumnKind kind) => kind is ColumnKind.Whole or ColumnKind.Number or ColumnKind.Identifier or ColumnKind.Exact;

    /// <summary>Large means are amounts, where cents say nothing; small ones keep three decimals.</summary>
    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 10_000 ? "N0" : "N3", CultureInfo.InvariantCulture);

    public static string OneLine(string text) =>
        text.AsSpan().ContainsAny('\r', '\n', '\t') ? string.Join(' ', text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)) : text;
}
