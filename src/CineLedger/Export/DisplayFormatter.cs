using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>Formats values for reading: digits grouped, unknown as a dash.</summary>
internal static class DisplayFormatter
{
    public const string Unknown = "–";

    public static string Format(DbDataReader row, int column, ColumnKind kind)
    {
        if (row.IsDBNull(column))
        {
            return Unknown;
        }

        return kind switch
        {
            ColumnKind.Text or ColumnKind.Exact or ColumnKind.Date => DisplayText.ToOneLine(row.GetString(column)),
            ColumnKind.Number => FormatNumber(row.GetDouble(column)),
            ColumnKind.Time => row.GetDateTime(column).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            ColumnKind.Boolean => row.GetBoolean(column) ? "true" : "false",
            ColumnKind.Identifier => row.GetInteger(column).ToString(CultureInfo.InvariantCulture),
            _ => row.GetInteger(column).ToString("N0", CultureInfo.InvariantCulture),
        };
    }

    public static bool IsRightAligned(ColumnKind kind) => kind is ColumnKind.Integer or ColumnKind.Number or ColumnKind.Identifier or ColumnKind.Exact;

    /// <summary>Large means are amounts, where cents are irrelevant; small ones keep three decimals.</summary>
    private static string FormatNumber(double value) =>
        value.ToString(Math.Abs(value) >= 10_000 ? "N0" : "N3", CultureInfo.InvariantCulture);
}
