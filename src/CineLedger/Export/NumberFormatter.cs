using System.Buffers.Text;
using System.Globalization;

namespace CineLedger.Export;

/// <summary>Formats numbers for files: plain digits, a decimal point, no exponent, independent of the machine's language.</summary>
internal static class NumberFormatter
{
    /// <summary>The maximum number of bytes: the smallest double has 324 places after the decimal point, and 17 digits.</summary>
    public const int MaxLength = 352;

    /// <summary>
    /// Writes the shortest digits that parse to the same double, or <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>, and returns the number of
    /// bytes. A target of <see cref="MaxLength"/> bytes is always large enough.
    /// </summary>
    public static int Write(double value, Span<byte> target)
    {
        if (!Utf8Formatter.TryFormat(value, target, out var written))
        {
            throw new ArgumentException("The target is too short for the number.", nameof(target));
        }

        var e = target[..written].IndexOf((byte)'E');
        return e < 0 ? written : WritePlain(target[..written].ToArray(), e, target);
    }

    /// <summary>Moves the decimal point of <c>4.175E-13</c> by its exponent: a conversion to decimal would lose digits.</summary>
    private static int WritePlain(ReadOnlySpan<byte> text, int e, Span<byte> target)
    {
        var exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var used = 0;
        if (text[0] == '-')
        {
            target[used++] = (byte)'-';
            text = text[1..];
            e--;
        }

        // One digit precedes the decimal point.
        Span<byte> digits = [text[0], .. e > 1 ? text[2..e] : default];
        var whole = exponent + 1;
        if (whole <= 0)
        {
            "0."u8.CopyTo(target[used..]);
            target.Slice(used + 2, -whole).Fill((byte)'0');
            used += 2 - whole;
            digits.CopyTo(target[used..]);
            return used + digits.Length;
        }

        if (whole >= digits.Length)
        {
            digits.CopyTo(target[used..]);
            target.Slice(used + digits.Length, whole - digits.Length).Fill((byte)'0');
            return used + whole;
        }

        digits[..whole].CopyTo(target[used..]);
        target[used + whole] = (byte)'.';
        digits[whole..].CopyTo(target[(used + whole + 1)..]);
        return used + digits.Length + 1;
    }
}
