using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace CineLedger.Model;

/// <summary>
/// The first 96 bits of a text's XXH128. The probability of a collision among a hundred million texts is one in ten trillion. A packed struct: together with
/// a number it takes 16 bytes instead of 24.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Fingerprint(ulong Low, uint High)
{
    public static Fingerprint Create(ReadOnlySpan<byte> text, long seed = 0)
    {
        var hash = XxHash128.HashToUInt128(text, seed);
        return new((ulong)hash, (uint)(hash >> 64));
    }

    public override int GetHashCode() => (int)Low;
}
