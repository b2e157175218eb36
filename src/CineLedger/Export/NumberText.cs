using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CineLedger.Export;

/// <summary>Numbers as files write them: plain digits, a point, no exponent, whatever the machine's language.</summary>
internal static class NumberText
{
    /// <summary>
    /// Writes the shortest digits that read back as the same double; returns how many bytes. 32 bytes of room suffice for anything
    /// between 1e-15 and 1e15.
    /// </summary>
    public static int Write(double value, Span<byte> target)
    {
        if (!Utf8Formatter.TryFormat(value, target, out var written))
        {
            throw new ArgumentException("no room for a number", nameof(target));
        }

        if (target[..written].Contains((byte)'E'))
        {
            var plain = decimal.Parse(target[..written], NumberStyles.Float, CultureInfo.InvariantCulture);
            written = Encoding.UTF8.GetBytes(plain.ToString(CultureInfo.InvariantCulture), target);
        }

        return written;
    }
}
