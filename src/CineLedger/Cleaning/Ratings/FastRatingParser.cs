using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CineLedger.Records;

namespace CineLedger.Cleaning.Ratings;

/// <summary>
/// Parses plain rating lines, <c>digits,digits,digit.digit,digits</c>, eight bytes at a time: a few operations on a word find a number's end and value (SWAR;
/// https://lemire.me/blog/2022/01/21/swar-explained-parsing-eight-digits/). Lines of another form are parsed as general CSV records.
/// </summary>
internal static class FastRatingParser
{
    /// <summary>The number of bytes that must be readable after the lines.</summary>
    public const int Padding = 16;

    private const int GeneralBlockBytes = 4096;
    private const ulong Zeros = 0x3030303030303030;

    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>Returns true if a block can be parsed line by line: ASCII without quotes and NUL.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> block) =>
        BitConverter.IsLittleEndian && System.Text.Ascii.IsValid(block) && block.IndexOfAny((byte)'"', (byte)0) < 0;

    /// <summary>Parses complete lines for which <see cref="IsPlain"/> is true.</summary>
    /// <param name="cleaner">Receives the ratings.</param>
    /// <param name="block">The lines, including the last line end, followed by at least <see cref="Padding"/> arbitrary bytes.</param>
    /// <param name="length">The length of the lines in bytes.</param>
    /// <param name="line">The number of the first line.</param>
    public static void Read(RatingCleaner cleaner, ReadOnlySpan<byte> block, int length, int line)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, block.Length - Padding);
        ref var text = ref MemoryMarshal.GetReference(block);
        for (var start = 0; start < length;)
        {
            var at = start;
            if (TryReadNumber(ref text, ref at, out var user) && TrySkip(ref text, ref at, ',')
                && TryReadNumber(ref text, ref at, out var movie) && TrySkip(ref text, ref at, ',')
                && TryReadRating(ref text, ref at, out var micros) && TrySkip(ref text, ref at, ',')
                && TryReadNumber(ref text, ref at, out var time) && TrySkipLineEnd(ref text, ref at) && at <= length
                && cleaner.TryAdd(user, movie, micros, time, line))
            {
                start = at;
                line++;
                continue;
            }

            var end = FindEndOfGeneralRecords(block[..length], start);
            ReadGeneralRecords(cleaner, block[start..end], line);
            line += RecordScanner.CountLineEnds(block[start..end]);
            start = end;
        }
    }

    private static void ReadGeneralRecords(RatingCleaner cleaner, ReadOnlySpan<byte> lines, int firstLine)
    {
        using var batch = RecordBatch.Parse(lines, firstLine);
        cleaner.Add(batch);
    }

    /// <summary>Finds the end of the lines to parse as general records. Lines of another form often follow each other, so several are parsed together.</summary>
    private static int FindEndOfGeneralRecords(ReadOnlySpan<byte> lines, int start)
    {
        var some = lines[start..Math.Min(lines.Length, start + GeneralBlockBytes)].LastIndexOf((byte)'\n');
        return start + (some >= 0 ? some : lines[start..].IndexOf((byte)'\n')) + 1;
    }

    /// <summary>Reads a number of up to 15 digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadNumber(ref byte text, ref int position, out long number)
    {
        var length = ReadDigits(ref text, position, out number);
        position += length;
        if (length == 8)
        {
            length = ReadDigits(ref text, position, out var more);
            number = (number * Powers[length]) + more;
            position += length;
            return length < 8;
        }

        return length > 0;
    }

    /// <summary>Returns the number of leading digits in the next eight bytes, and their value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadDigits(ref byte text, int position, out long number)
    {
        // Digits are now below 10. The bytes are ASCII, so the addition does not carry into the next byte.
        var digits = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, position)) ^ Zeros;
        var others = (digits + 0x7676767676767676) & 0x8080808080808080;
        var length = BitOperations.TrailingZeroCount(others) >> 3;
        if (length == 0)
        {
            number = 0;
            return 0;
        }

        // Pad to eight digits with leading zeros.
        digits <<= (8 - length) * 8;
        digits = (digits * 2561) >> 8;
        digits = ((digits & 0x00FF00FF00FF00FF) * 6553601) >> 16;
        number = (long)(((digits & 0x0000FFFF0000FFFF) * 42949672960001) >> 32);
        return length;
    }

    /// <summary>Reads one digit, optionally followed by a point and another digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadRating(ref byte text, ref int position, out long micros)
    {
        ref var first = ref Unsafe.Add(ref text, position);
        var (whole, tenth) = ((uint)first - '0', (uint)Unsafe.Add(ref first, 2) - '0');
        if (Unsafe.Add(ref first, 1) == '.' && tenth <= 9)
        {
            position += 3;
            micros = ((whole * 10L) + tenth) * 100_000;
        }
        else
        {
            position++;
            micros = whole * 1_000_000L;
        }

        return whole <= 9;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySkip(ref byte text, ref int position, char expected) => Unsafe.Add(ref text, position++) == expected;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TrySkipLineEnd(ref byte text, ref int position)
    {
        if (Unsafe.Add(ref text, position) == '\r')
        {
            position++;
        }

        return Unsafe.Add(ref text, position++) == '\n';
    }
}
