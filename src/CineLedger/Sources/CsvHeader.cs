using System.Globalization;
using System.Text;

namespace CineLedger.Sources;

/// <summary>
/// Parses the first line of a CSV file just enough to recognize which file of the dataset it is. Downloads and pipes have no file name, and users rename
/// files.
/// </summary>
internal static class CsvHeader
{
    // A spreadsheet may have saved the file with semicolons or tabs. The separator that yields the most columns is used.
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>Returns the column names in order, in lower case and without quotes.</summary>
    public static string[] ParseColumns(ReadOnlySpan<byte> head)
    {
        head = head.StartsWith(Encoding.UTF8.Preamble) ? head[Encoding.UTF8.Preamble.Length..] : head;
        var end = head.IndexOfAny((byte)'\n', (byte)'\r');
        var line = Encoding.UTF8.GetString(end < 0 ? head : head[..end]);

        var names = Separators.Select(separator => line.Split(separator)).MaxBy(names => names.Length)!;
        return Array.ConvertAll(names, name => name.Trim().Trim('"').Trim().ToLowerInvariant());
    }

    /// <summary>
    /// Returns whether a first line is a record instead of a header: it has a date, an IMDb id, a truth value or the start of a list, after which no column is
    /// named, or numbers only.
    /// </summary>
    public static bool IsRecord(IReadOnlyList<string> columns) => columns.Count > 1 && (columns.Any(IsValue) || columns.All(IsNumber));

    private static bool IsValue(string column) => column is "true" or "false"
        || column.StartsWith("[{", StringComparison.Ordinal) || column.StartsWith("{'", StringComparison.Ordinal)
        || (column.Length > 6 && column.StartsWith("tt", StringComparison.Ordinal) && column.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0)
        || DateOnly.TryParseExact(column, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsNumber(string column) => decimal.TryParse(column, CultureInfo.InvariantCulture, out _);
}
