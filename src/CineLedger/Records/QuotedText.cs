namespace CineLedger.Records;

/// <summary>Unescapes quoted fields.</summary>
internal static class QuotedText
{
    private const byte Quote = (byte)'"';

    /// <summary>
    /// Writes the text of <paramref name="raw"/> (quotes included) to <paramref name="target"/> and returns its length. Doubled
    /// quotes become one. Text after the closing quote is kept unchanged, as in Python's csv module and most readers.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        var written = 0;
        var rest = raw[1..];
        while (true)
        {
            var quote = rest.IndexOf(Quote);
            var run = quote < 0 ? rest : rest[..quote];
            run.CopyTo(target[written..]);
            written += run.Length;
            if (quote < 0)
            {
                return written;
            }

            if (quote + 1 < rest.Length && rest[quote + 1] == Quote)
            {
                target[written++] = Quote;
                rest = rest[(quote + 2)..];
                continue;
            }

            var tail = rest[(quote + 1)..];
            tail.CopyTo(target[written..]);
            return written + tail.Length;
        }
    }

    /// <summary>
    /// Returns the text of <paramref name="raw"/> (quotes included), in which quotes inside the text follow a backslash or are doubled, and a backslash may be
    /// doubled, too. Any other backslash is text.
    /// </summary>
    public static byte[] UnescapeBackslashes(ReadOnlySpan<byte> raw)
    {
        var text = raw[1..].EndsWith("\""u8) ? raw[1..^1] : raw[1..];
        var target = new byte[text.Length];
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && ((text[i] == (byte)'\\' && text[i + 1] is (byte)'\\' or Quote) || (text[i] == Quote && text[i + 1] == Quote));
            i += isPair ? 1 : 0;
            target[written++] = text[i];
        }

        return target[..written];
    }
}
