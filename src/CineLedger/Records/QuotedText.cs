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
}
