using System.Buffers;
using System.Text;

namespace CineLedger.Sources.Decoding;

/// <summary>
/// Decides from a whole file, which is not valid UTF-8, whether it is Windows-1252 or damaged UTF-8. The bytes above ASCII must be characters of Windows-1252, and
/// nearly all of them in plausible places, such as a letter beside a letter.
/// </summary>
internal sealed class LegacyText
{
    private const int BlockBytes = 128 << 10;

    /// <summary>The minimum number of such characters per sequence that is valid UTF-8. Two Windows-1252 letters rarely form such a sequence.</summary>
    private const int MinRatio = 20;

    private const int MinPlausiblePercent = 90;

    private long _sequences;
    private long _characters;
    private long _plausible;
    private long _lowQuotes;
    private bool _startsWithSequence;
    private bool _hasUndefined;

    private bool IsWindows1252 => !_startsWithSequence && !_hasUndefined && _characters >= _sequences * MinRatio && _plausible * 100 >= _characters * MinPlausiblePercent;

    /// <summary>Reads a stream to its end. Returns whether its text is Windows-1252.</summary>
    public static async Task<bool> IsWindows1252Async(Stream stream, CancellationToken cancellationToken)
    {
        var text = new LegacyText();
        var buffer = new byte[BlockBytes];
        var (before, filled) = ((byte)'\n', 0);
        while (true)
        {
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(filled), buffer.Length - filled, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            filled += read;
            var ended = filled < buffer.Length;

            // A sequence has at most four bytes, and the character after a letter is examined, too.
            var end = ended ? filled : filled - 4;
            var next = text.Add(buffer.AsSpan(0, filled), end, before);
            if (ended)
            {
                return text.IsWindows1252;
            }

            before = buffer[next - 1];
            buffer.AsSpan(next, filled - next).CopyTo(buffer);
            filled -= next;
        }
    }

    /// <summary>Counts the characters up to an offset. Returns the offset of the first byte that was not counted.</summary>
    private int Add(ReadOnlySpan<byte> text, int end, byte before)
    {
        var at = 0;
        while (at < end)
        {
            var ascii = text[at..end].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (ascii < 0)
            {
                return end;
            }

            at += ascii;
            if (Rune.DecodeFromUtf8(text[at..], out _, out var length) == OperationStatus.Done)
            {
                _startsWithSequence |= _sequences + _characters == 0;
                _sequences++;
                at += length;
                continue;
            }

            _characters++;
            _hasUndefined |= text[at] is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D;
            var after = at + 1 < text.Length ? text[at + 1] : (byte)'\n';
            _plausible += ClosesLowQuote(text[at], after) || IsPlausible(at > 0 ? text[at - 1] : before, text[at], after) ? 1 : 0;
            at++;
        }

        return at;
    }

    /// <summary>Returns whether a character ends a quotation that began with „ or ‚, as in German and Czech. In English it would begin one.</summary>
    private bool ClosesLowQuote(byte value, byte after)
    {
        _lowQuotes += value is 0x82 or 0x84 ? 1 : 0;
        if (value is not (0x91 or 0x93) || _lowQuotes == 0 || IsWord(after))
        {
            return false;
        }

        _lowQuotes--;
        return true;
    }

    private static bool IsPlausible(byte before, byte value, byte after) => value switch
    {
        // Opening and closing quotation marks: ‚ „ ‘ “ and ’ ”.
        0x82 or 0x84 or 0x91 or 0x93 => IsWord(after) && !IsWord(before),
        0x92 => IsWord(before),
        0x94 => !IsWord(after) && before is not ((byte)' ' or (byte)'\n' or (byte)','),

        // €, beside a number, and then …, •, dashes and ™.
        0x80 => before is (byte)' ' or (>= (byte)'0' and <= (byte)'9') || after is (byte)' ' or (>= (byte)'0' and <= (byte)'9'),
        0x85 or 0x95 or 0x96 or 0x97 or 0x99 => true,
        // A capital letter does not follow a small one.
        >= 0xC0 and <= 0xDE when char.IsAsciiLetterLower((char)before) => false,
        _ when IsLetter(value) => IsLetter(before) || IsLetter(after) || (!IsWord(before) && !IsWord(after)),
        _ => value is >= 0xA0 and <= 0xBF,
    };

    private static bool IsWord(byte value) => char.IsAsciiDigit((char)value) || IsLetter(value);

    /// <summary>An ASCII letter, or one of Windows-1252 except ÿ, which begins no word and rarely ends one.</summary>
    private static bool IsLetter(byte value) => char.IsAsciiLetter((char)value)
        || value is 0x8A or 0x8C or 0x8E or 0x9A or 0x9C or 0x9E or 0x9F or (>= 0xC0 and <= 0xFE and not (0xD7 or 0xF7));
}
