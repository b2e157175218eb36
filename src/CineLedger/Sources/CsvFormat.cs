using System.Globalization;
using System.Text;
using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>How a CSV file separates its columns, and where its header is. Detected from the first lines, because users rename files and re-save them.</summary>
/// <param name="Delimiter">The byte between two columns: a comma, semicolon, tab or pipe.</param>
/// <param name="HeaderStart">The offset of the header line in the text.</param>
/// <param name="Title">The lines above the header; empty if it is the first line.</param>
/// <param name="Columns">The column names as in the file, without quotes and surrounding white space.</param>
internal sealed record CsvFormat(byte Delimiter, int HeaderStart, string Title, IReadOnlyList<string> Columns)
{
    /// <summary>The number of lines in which the header is sought.</summary>
    private const int MaxTitleLines = 10;

    /// <summary>The number of known columns by which a line below the first is recognized as the header.</summary>
    private const int MinKnownColumns = 2;

    private static readonly byte[] Delimiters = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];

    private static readonly HashSet<string> KnownColumns =
    [
        .. MovieField.All.Select(field => field.SourceName)
            .Concat(SupplierLayout.All.SelectMany(layout => layout.HasAll.Concat(layout.HasAny).Concat(layout.Aliases.Keys)))
            .Concat(["id", "genres", "production_companies", "production_countries", "spoken_languages", "timestamp", "release_year"])
            .Select(column => ColumnName.Parse(column).Compact),
    ];

    /// <summary>Detects the format of a file from its first lines.</summary>
    /// <param name="text">The beginning of the file in UTF-8, without a byte order mark.</param>
    public static CsvFormat Detect(ReadOnlySpan<byte> text)
    {
        CsvFormat? best = null;
        var bestKnown = 0;
        var first = true;
        var start = 0;
        for (var lines = 0; lines < MaxTitleLines && start < text.Length && bestKnown < MinKnownColumns; lines++)
        {
            var end = text[start..].IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var length ? start + length : text.Length;
            var line = Encoding.UTF8.GetString(text[start..end]);
            if (GetStatedDelimiter(line) is { } stated)
            {
                // The header is on the next line.
                start = SkipLineEnd(text, end);
                end = text[start..].IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var next ? start + next : text.Length;
                return new(stated, start, line.Trim(), Split(Encoding.UTF8.GetString(text[start..end]), stated));
            }

            foreach (var delimiter in Delimiters)
            {
                var columns = Split(line, delimiter);
                var known = columns.Distinct(StringComparer.OrdinalIgnoreCase).Count(column => KnownColumns.Contains(ColumnName.Parse(column).Compact));
                if (best is null || (known > bestKnown && (first || known >= MinKnownColumns)) || (first && known == bestKnown && columns.Count > best.Columns.Count))
                {
                    (best, bestKnown) = (new(delimiter, start, Encoding.UTF8.GetString(text[..start]).Trim(), columns), known);
                }
            }

            first = line.Length == 0 && first;
            start = SkipLineEnd(text, end);
        }

        best ??= new((byte)',', 0, "", [""]);
        return best.HeaderStart == 0 || IsTitle(best) ? best : Detect(text[..FindLineEnd(text)]);
    }

    /// <summary>
    /// Returns whether a first line is a record instead of a header: it has a date, an IMDb ID, a Boolean or the start of a list, which are not
    /// column names, or numbers only.
    /// </summary>
    public static bool IsRecord(IReadOnlyList<string> columns) => columns.Count > 1 && (columns.Any(IsValue) || columns.All(IsNumber));

    /// <summary>Splits a header line. A delimiter in quotes belongs to a name.</summary>
    private static List<string> Split(string line, byte delimiter)
    {
        var columns = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var at = 0; at <= line.Length; at++)
        {
            if (at == line.Length || (line[at] == delimiter && !isQuoted))
            {
                columns.Add(line[start..at].Trim().Trim('"').Trim());
                start = at + 1;
            }
            else if (line[at] == '"')
            {
                isQuoted = !isQuoted;
            }
        }

        return columns;
    }

    /// <summary>Returns whether the lines above a header are titles, and not records of a file whose header is missing.</summary>
    private static bool IsTitle(CsvFormat found) => found.Title.Split('\n').All(line => Split(line.Trim('\r'), found.Delimiter) is var fields
        && !IsRecord(fields) && fields.Count(field => field.Length > 0) * 2 <= found.Columns.Count);

    /// <summary>Parses the line <c>sep=;</c>, which tells Excel the delimiter. Returns null for any other line.</summary>
    private static byte? GetStatedDelimiter(string line) =>
        line.Trim().Trim('"') is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', var delimiter, ..] && char.IsAscii(delimiter) ? (byte)delimiter : null;

    private static int FindLineEnd(ReadOnlySpan<byte> text) => text.IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var end ? end : text.Length;

    private static int SkipLineEnd(ReadOnlySpan<byte> text, int end) => text[end..].StartsWith("\r\n"u8) ? end + 2 : Math.Min(end + 1, text.Length);

    private static bool IsValue(string column) => column.ToLowerInvariant() is "true" or "false"
        || column.StartsWith("[{", StringComparison.Ordinal) || column.StartsWith("{'", StringComparison.Ordinal)
        || (column.Length > 6 && column.StartsWith("tt", StringComparison.Ordinal) && column.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0)
        || DateOnly.TryParseExact(column, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsNumber(string column) => decimal.TryParse(column, CultureInfo.InvariantCulture, out _);
}
