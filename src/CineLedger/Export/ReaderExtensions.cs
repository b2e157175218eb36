using System.Data.Common;
using System.Globalization;

namespace CineLedger.Export;

/// <summary>Values of a row whatever width the engine gives them.</summary>
internal static class ReaderExtensions
{
    /// <summary>A whole number of 32 or 64 bits: the engines' readers widen it themselves.</summary>
    public static long GetInteger(this DbDataReader row, int column) => row.GetInt64(column);

    public static string FormatTime(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
