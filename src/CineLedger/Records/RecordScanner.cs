namespace CineLedger.Records;

/// <summary>
/// Finds the records and fields of CSV text (RFC 4180) in a buffer. Lenient where the standard is silent: a quote inside an
/// unquoted field is text, text after a closing quote belongs to the field, and LF, CRLF and a lone CR all end a record.
/// </summary>
internal static class RecordScanner
{
    private const byte Quote = (byte)'"';
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    public enum ScanResult
    {
        /// <summary>A complete record, whose fields were added to the batch.</summary>
        Record,

        /// <summary>The record continues beyond the data.</summary>
        Incomplete,

        /// <summary>The data ends inside quotes, and no more data follows.</summary>
        OpenQuote,
    }

    /// <summary>Scans one record that starts at <paramref name="start"/>.</summary>
    /// <param name="batch">Receives the fields.</param>
    /// <param name="data">The buffer's filled part.</param>
    /// <param name="start">First byte of the record.</param>
    /// <param name="final">True when no more data follows.</param>
    /// <param name="delimiter">The byte between two fields.</param>
    /// <param name="end">Offset after the record's last byte, before the line end.</param>
    /// <param name="next">First byte of the next record.</param>
    /// <param name="hasBackslashes">True if a backslash before a quote in quoted text makes the quote a part of the text.</param>
    public static ScanResult Scan(
        RecordBatch batch, ReadOnlySpan<byte> data, int start, bool final, byte delimiter, out int end, out int next, bool hasBackslashes = false)
    {
        var position = start;
        end = next = start;
        while (true)
        {
            var fieldStart = position;
            var kind = FieldKind.Plain;
            var (textStart, textEnd) = (fieldStart, 0);
            if (position < data.Length && data[position] == Quote)
            {
                var close = FindClosingQuote(data, position + 1, final, hasBackslashes, out var escaped);
                if (close < 0)
                {
                    return final ? ScanResult.OpenQuote : ScanResult.Incomplete;
                }

                position = close + 1;
                if (position < data.Length && data[position] is not (LineFeed or CarriageReturn) && data[position] != delimiter)
                {
                    // `"abc"def`: the text after the closing quote belongs to the field.
                    var rest = data[position..].IndexOfAny(delimiter, LineFeed, CarriageReturn);
                    position = rest < 0 ? data.Length : position + rest;
                    escaped = true;
                }

                (kind, textStart, textEnd) = escaped
                    ? (FieldKind.Escaped, fieldStart, position)
                    : (FieldKind.Plain, fieldStart + 1, position - 1);
            }
            else
            {
                var stop = data[position..].IndexOfAny(delimiter, LineFeed, CarriageReturn);
                position = stop < 0 ? data.Length : position + stop;
                textEnd = position;
            }

            if (position == data.Length && !final)
            {
                return ScanResult.Incomplete;
            }

            if (hasBackslashes && kind == FieldKind.Escaped)
            {
                var text = QuotedText.UnescapeBackslashes(data[textStart..textEnd]);
                batch.AddField(batch.AddJoined(text), text.Length, FieldKind.Joined);
            }
            else
            {
                batch.AddField(textStart, textEnd - textStart, kind);
            }

            end = next = position;
            if (position == data.Length)
            {
                return ScanResult.Record;
            }

            position++;
            switch (data[position - 1])
            {
                case var value when value == delimiter:
                    continue;
                case CarriageReturn when position < data.Length:
                    next = data[position] == LineFeed ? position + 1 : position;
                    return ScanResult.Record;
                case CarriageReturn when !final:
                    return ScanResult.Incomplete; // The next byte may be the LF of a CRLF.
                default:
                    next = position;
                    return ScanResult.Record;
            }
        }
    }

    /// <summary>Counts the line ends in <paramref name="text"/>: LF, CRLF and lone CR count as one each.</summary>
    public static int CountLineEnds(ReadOnlySpan<byte> text)
    {
        var count = text.Count(LineFeed);
        for (var at = text.IndexOf(CarriageReturn); at >= 0;)
        {
            count += at + 1 < text.Length && text[at + 1] == LineFeed ? 0 : 1;
            text = text[(at + 1)..];
            at = text.IndexOf(CarriageReturn);
        }

        return count;
    }

    /// <summary>Returns the offset of the quote that ends quoted text; −1 if there is none.</summary>
    public static int FindClosingQuote(ReadOnlySpan<byte> data, int position, bool final, bool hasBackslashes, out bool escaped)
    {
        escaped = false;
        while (true)
        {
            var quote = data[position..].IndexOf(Quote);
            if (quote < 0)
            {
                return -1;
            }

            position += quote;
            if (hasBackslashes && quote > 0 && HasOddBackslashes(data[..position]))
            {
                escaped = true;
                position++;
                continue;
            }

            if (position + 1 == data.Length)
            {
                return final ? position : -1;
            }

            if (data[position + 1] != Quote)
            {
                return position;
            }

            escaped = true;
            position += 2;
        }
    }

    /// <summary>Returns whether a text ends with an odd number of backslashes, so that the last one escapes the character after it.</summary>
    private static bool HasOddBackslashes(ReadOnlySpan<byte> text) => ((text.Length - text.TrimEnd((byte)'\\').Length) & 1) == 1;
}
