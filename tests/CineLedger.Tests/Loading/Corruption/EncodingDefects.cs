using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.Corruption;

/// <summary>Characters that were lost or replaced while the file was converted.</summary>
internal static partial class EncodingDefects
{
    /// <summary>Windows-1252 as spreadsheets write it: characters that it lacks become question marks.</summary>
    private static readonly Encoding Windows1252 =
        CodePagesEncodingProvider.Instance.GetEncoding(1252, new EncoderReplacementFallback("?"), new DecoderReplacementFallback("\ufffd"))!;

    public static IEnumerable<Defect> All =>
    [
        // "Ã©" for "é" and the replacement character hardly occur in an intact text, and never hundreds of times.
        new("UTF-8 read as Latin-1") { IsEvident = true, Encode = text => Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text))) },
        new("UTF-8 read as Windows-1252") { IsEvident = true, Encode = text => Encoding.UTF8.GetBytes(Windows1252.GetString(Encoding.UTF8.GetBytes(text))) },
        new("non-ASCII characters as U+FFFD") { IsEvident = true, Encode = text => Encoding.UTF8.GetBytes(NotAscii().Replace(text, "\ufffd")) },

        // A question mark, a missing character and an entity may be part of a text. A missing block spoils one record.
        new("a block of 64 KB missing in the middle") { Encode = text => RemoveBlock(Encoding.UTF8.GetBytes(text), 64 << 10) },
        new("non-ASCII characters as question marks") { Encode = text => Encoding.UTF8.GetBytes(NotAscii().Replace(text, "?")) },
        new("non-ASCII characters removed") { Encode = text => Encoding.UTF8.GetBytes(NotAscii().Replace(text, "")) },
        new("saved as Windows-1252") { Encode = Windows1252.GetBytes },
        new("texts with HTML entities", "title", "overview", "tagline") { Rows = (table, _) => EscapeTexts(table) },
        new("texts without apostrophes", "title", "overview", "tagline")
        {
            Rows = (table, _) => ChangeTexts(table, text => text.Replace("'", "", StringComparison.Ordinal)),
        },
        new("a third of the bytes lost at the end") { IsEvident = true, Encode = text => CutInRecord(Encoding.UTF8.GetBytes(text), 2.0 / 3) },
        new("a block of zero bytes in the middle") { IsEvident = true, Encode = text => Zero(Encoding.UTF8.GetBytes(text), 4096) },

        // Readable encodings: the movies must be the same, or the load must stop.
        new("UTF-16 with a byte order mark") { IsEvident = true, Encode = text => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)] },
        new("byte order mark and CR LF") { IsEvident = true, Encode = text => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"))] },
    ];

    private static void EscapeTexts(MovieTable table) => ChangeTexts(table, text => WebUtility.HtmlEncode(text));

    private static void ChangeTexts(MovieTable table, Func<string, string> change)
    {
        foreach (var column in (string[])["title", "overview", "tagline"])
        {
            table.Change(column, change);
        }
    }

    /// <summary>Ends the file inside a record.</summary>
    private static byte[] CutInRecord(byte[] text, double share)
    {
        var end = Array.IndexOf(text, (byte)'\n', (int)(text.Length * share)) + 200;
        return text[..end];
    }

    private static byte[] Zero(byte[] text, int length)
    {
        text.AsSpan(text.Length / 2, length).Clear();
        return text;
    }

    private static byte[] RemoveBlock(byte[] text, int length) => [.. text.AsSpan(0, text.Length / 2), .. text.AsSpan((text.Length / 2) + length)];

    [GeneratedRegex(@"[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\x00-\x7F]")]
    private static partial Regex NotAscii();
}
