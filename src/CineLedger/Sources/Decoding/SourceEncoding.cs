using System.Text;
using CineLedger.Model;

namespace CineLedger.Sources.Decoding;

/// <summary>The encodings of text files: those detected from the first bytes, and those that a user names.</summary>
public static class SourceEncoding
{
    /// <summary>The number of first bytes that show whether text without a byte order mark is UTF-16.</summary>
    internal const int HeadLength = 4096;

    internal static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly Encoding[] Marked = [Encoding.UTF32, new UTF32Encoding(bigEndian: true, byteOrderMark: true), Encoding.Unicode, Encoding.BigEndianUnicode];

    /// <summary>Parses the name of an encoding: <c>windows-1250</c>, <c>shift_jis</c>, or any other that .NET knows.</summary>
    /// <exception cref="UsageException">The name is unknown.</exception>
    public static Encoding Parse(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--encoding: '{name}' is not a known encoding. Examples: utf-8, utf-16, windows-1252, windows-1250, iso-8859-2, shift_jis.", e);
        }
    }

    /// <summary>
    /// Returns the encoding that the first bytes of a file show, and the length of its byte order mark. Null for UTF-8, and for encodings that extend ASCII.
    /// </summary>
    internal static (Encoding Encoding, int MarkLength)? Detect(ReadOnlySpan<byte> head)
    {
        foreach (var encoding in Marked)
        {
            if (head.StartsWith(encoding.Preamble))
            {
                return (encoding, encoding.Preamble.Length);
            }
        }

        return FindZeroHalf(head[..Math.Min(head.Length, HeadLength)]) switch
        {
            1 => (Encoding.Unicode, 0),
            0 => (Encoding.BigEndianUnicode, 0),
            _ => null,
        };
    }

    /// <summary>Returns the first bytes of a file as UTF-8 without NUL and without a mark. Invalid bytes in a UTF-8 file stay unchanged.</summary>
    internal static ReadOnlyMemory<byte> DecodeHead(ReadOnlyMemory<byte> head)
    {
        if (Detect(head.Span) is { } found)
        {
            head = Encoding.UTF8.GetBytes(found.Encoding.GetString(head.Span[found.MarkLength..]));
        }
        else if (head.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            head = head[Encoding.UTF8.Preamble.Length..];
        }

        return head.Span.Contains((byte)0) ? head.ToArray().Where(value => value != 0).ToArray() : head;
    }

    /// <summary>
    /// Text of Western languages in UTF-16 has a zero in every second byte, and hardly any other zero. Returns 0 or 1 for the half that is zero; −1 for other text.
    /// </summary>
    private static int FindZeroHalf(ReadOnlySpan<byte> head)
    {
        Span<int> zeros = [0, 0];
        for (var i = 0; i < head.Length; i++)
        {
            zeros[i & 1] += head[i] == 0 ? 1 : 0;
        }

        var half = head.Length / 2;
        return half < 8 ? -1
            : zeros[1] > half * 3 / 4 && zeros[0] <= half / 16 ? 1
            : zeros[0] > half * 3 / 4 && zeros[1] <= half / 16 ? 0
            : -1;
    }
}
