using System.Text;
using System.Text.RegularExpressions;

namespace CineLedger.Sources;

/// <summary>
/// Parses the first line of a CSV file just enough to recognize which file of the dataset it is. Downloads and pipes have no file name, and users rename
/// files.
/// </summary>
internal static partial class CsvHeader
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
    /// Returns whether a first line is a record instead of a header: it has a value that no column is named after, or numbers only.
    /// </summary>
    public static bool IsRecord(IReadOnlyList<string> columns) => columns.Count > 1 && (columns.Any(Value().IsMatch) || columns.All(Number().IsMatch));

    /// <summary>Matches a date, an IMDb id, a truth value and the start of a list of dicts.</summary>
    [GeneratedRegex(@"^(?:\d{4}-\d\d-\d\d|tt\d{5,}|true|false|\[?\{['""].*)$")]
    private static partial Regex Value();

    [GeneratedRegex(@"^-?\d+(?:\.\d+)?$")]
    private static partial Regex Number();
}
