using System.Buffers.Text;
using System.Globalization;

namespace CineLedger.Export;

/// <summary>Numbers as files write them: plain digits, a point, no exponent, whatever the machine's language.</summary>
internal static class NumberFormatter
{
    /// <summary>Bytes that any number fits into: the smallest double has 324 places behind the point, and 17 digits.</summary>
    public const int MaxLength = 352;

    /// <summary>
    /// Writes the shortest digits that read back as the same double, or <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>; returns how many
    /// bytes. <see cref="MaxLength"/> is room enough.
    /// </summary>
    public static int Write(double value, Span<byte> target)
    {
        if (!Utf8Formatter.TryFormat(value, target, out var written))
        {
            throw new ArgumentException("no room for a number", nameof(target));
        }

        var e = target[..written].IndexOf((byte)'E');
        return e < 0 ? written : WritePlain(target[..written].ToArray(), e, target);
    }

    /// <summary>Moves the point of <c>4.175E-13</c> by its exponent: a detour over decimal would lose digits.</summary>
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

        // One digit stands before the point.
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
