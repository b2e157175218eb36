using CsCheck;

namespace CineLedger.Tests.Support;

/// <summary>Writes CSV as defined by RFC 4180.</summary>
internal static class CsvText
{
    /// <summary>Random text with the characters that are hard to handle in CSV.</summary>
    public static readonly Gen<string> Field = Gen.Frequency(
        (6, Gen.Char["abc 1.é"].Select(c => c.ToString())),
        (2, Gen.OneOf(",", "\"", "\n", "\r", "\r\n", "日", "🎬"))).Array[0, 8].Select(parts => string.Concat(parts));

    public static string Quote(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Returns the field, quoted if necessary.</summary>
    public static string Escape(string field) => field.AsSpan().ContainsAny(",\"\r\n") ? Quote(field) : field;

    public static string Row(IEnumerable<string> fields) => string.Join(',', fields.Select(Escape));

    public static string Table(IEnumerable<IEnumerable<string>> rows, string lineEnd = "\n") => string.Concat(rows.Select(row => Row(row) + lineEnd));

    /// <summary>
    /// Reads the rows that <see cref="Table"/> writes. A CR in an unquoted field is allowed, because the original dataset contains some; everything else that
    /// RFC 4180 does not define is an error.
    /// </summary>
    public static List<string[]> Read(string text)
    {
        var (rows, row) = (new List<string[]>(), new List<string>());
        for (var at = 0; at < text.Length; at++)
        {
            row.Add(ReadField(text, ref at));
            if (at == text.Length || text[at] is not (',' or '\n'))
            {
                throw new FormatException($"record {rows.Count + 1}: a field ends without a comma or a line end at character {at}");
            }

            if (text[at] == '\n')
            {
                rows.Add([.. row]);
                row.Clear();
            }
        }

        return row.Count == 0 ? rows : throw new FormatException("the last record has no line end");
    }

    /// <summary>Reads a field and moves to the character after it.</summary>
    private static string ReadField(string text, ref int at)
    {
        var start = at;
        if (text[at] != '"')
        {
            var length = text.AsSpan(at).IndexOfAny(",\n\"");
            at = length < 0 ? text.Length : at + length;
            return text[start..at];
        }

        do
        {
            at = text.IndexOf('"', at + 1) + 1;
            if (at == 0)
            {
                throw new FormatException($"the quote at character {start} is never closed");
            }
        }
        while (at < text.Length && text[at] == '"');

        return text[(start + 1)..(at - 1)].Replace("\"\"", "\"", StringComparison.Ordinal);
    }
}
