using System.Buffers;
using System.Globalization;
using System.Text;

namespace CineLedger.Records;

/// <summary>
/// Decodes the escapes of Python and JSON strings: <c>\\ \' \" \/ \a \b \f \n \r \t \v</c>, <c>\xNN</c>, <c>\uNNNN</c> (surrogate pairs as in JSON),
/// <c>\UNNNNNNNN</c>, octal <c>\N</c> to <c>\NNN</c>, and line continuations.
/// </summary>
internal static class LiteralEscapes
{
    /// <summary>Returns the length of the escape at the start of <paramref name="text"/>, including its backslash; 0 if it is invalid.</summary>
    public static int GetLength(ReadOnlySpan<byte> text) => Decode(text, out _);

    /// <summary>Returns <paramref name="text"/> as a string with its escapes resolved. All escapes must be valid.</summary>
    public static string Resolve(ReadOnlySpan<byte> text)
    {
        var pooled = ArrayPool<byte>.Shared.Rent(text.Length);
        var written = 0;
        while (!text.IsEmpty)
        {
            var backslash = text.IndexOf((byte)'\\');
            var run = backslash < 0 ? text : text[..backslash];
            run.CopyTo(pooled.AsSpan(written));
            written += run.Length;
            text = text[run.Length..];
            if (backslash >= 0)
            {
                // An escape is never shorter than its character in UTF-8, so the buffer suffices.
                var length = Decode(text, out var rune);
                written += rune is { } value ? value.EncodeToUtf8(pooled.AsSpan(written)) : 0;
                text = text[length..];
            }
        }

        var result = Encoding.UTF8.GetString(pooled, 0, written);
        ArrayPool<byte>.Shared.Return(pooled);
        return result;
    }

    /// <param name="text">Text that begins with a backslash.</param>
    /// <param name="rune">The decoded character; null for a line continuation, which produces none.</param>
    private static int Decode(ReadOnlySpan<byte> text, out Rune? rune)
    {
        rune = null;
        if (text.Length < 2)
        {
            return 0;
        }

        switch (text[1])
        {
            case (byte)'\\' or (byte)'\'' or (byte)'"' or (byte)'/':
                rune = new Rune((char)text[1]);
                return 2;
            case (byte)'n':
                rune = new Rune('\n');
                return 2;
            case (byte)'r':
                rune = new Rune('\r');
                return 2;
            case (byte)'t':
                rune = new Rune('\t');
                return 2;
            case (byte)'a':
                rune = new Rune('\a');
                return 2;
            case (byte)'b':
                rune = new Rune('\b');
                return 2;
            case (byte)'f':
                rune = new Rune('\f');
                return 2;
            case (byte)'v':
                rune = new Rune('\v');
                return 2;
            case (byte)'\n':
                return 2;
            case (byte)'x':
                return DecodeHex(text, 2, out rune);
            case (byte)'u':
                return DecodeHex(text, 4, out rune);
            case (byte)'U':
                return DecodeHex(text, 8, out rune);
            case >= (byte)'0' and <= (byte)'7':
                return DecodeOctal(text, out rune);
            default:
                return 0;
        }
    }

    private static int DecodeHex(ReadOnlySpan<byte> text, int digits, out Rune? rune)
    {
        rune = null;
        if (!TryReadHex(text, digits, out var code))
        {
            return 0;
        }

        var length = 2 + digits;
        if (digits == 4 && code is >= 0xD800 and <= 0xDBFF)
        {
            var second = text[length..];
            if (!second.StartsWith("\\u"u8) || !TryReadHex(second, 4, out var low) || low is < 0xDC00 or > 0xDFFF)
            {
                return 0;
            }

            rune = new Rune((char)code, (char)low);
            return length + 6;
        }

        if (!Rune.IsValid(code))
        {
            return 0;
        }

        rune = new Rune(code);
        return length;
    }

    private static bool TryReadHex(ReadOnlySpan<byte> text, int digits, out uint code)
    {
        code = 0;
        return text.Length >= 2 + digits && uint.TryParse(text.Slice(2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
    }

    private static int DecodeOctal(ReadOnlySpan<byte> text, out Rune? rune)
    {
        var (code, length) = (0, 1);
        while (length < 4 && length < text.Length && text[length] is >= (byte)'0' and <= (byte)'7')
        {
            code = (code * 8) + text[length++] - '0';
        }

        rune = new Rune(code);
        return length;
    }
}
