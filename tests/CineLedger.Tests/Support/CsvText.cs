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
}
