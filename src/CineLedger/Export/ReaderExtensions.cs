using System.Data.Common;
using System.Globalization;

namespace CineLedger.Export;

/// <summary>Reads and formats values of a row independently of the engine.</summary>
internal static class ReaderExtensions
{
    /// <summary>Reads a whole number of 32 or 64 bits; the engines' readers widen it.</summary>
    public static long GetInteger(this DbDataReader row, int column) => row.GetInt64(column);

    public static string FormatTime(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
