using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace CineLedger.Cleaning.Lists;

/// <summary>
/// Parses lists of people in the exact form of the supplier's credits.csv, with its order of keys. Lists in any other form are left to
/// <see cref="CreditListParser"/>, which parses every literal but is several times slower.
/// </summary>
internal ref struct FastCreditParser(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>
    /// Adds the people of a list and, for the cast, their order. Returns false if the list has another form; some people may have been added already.
    /// </summary>
    public bool TryParse(bool isCast, CreditListBuilder people, List<(long Order, int Place)> orders)
    {
        if (!TrySkip("["u8) || _rest.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
        {
            return false;
        }

        do
        {
            var order = 0L;
            if (!(isCast ? TryReadCastMember(people, out order) : TryReadCrewMember(people)))
            {
                return false;
            }

            orders.Add((order, orders.Count));
        }
        while (TrySkip(", "u8));
        return TrySkip("]"u8) && _rest.IsEmpty;
    }

    private bool TryReadCastMember(CreditListBuilder people, out long order)
    {
        order = 0;
        if (!TrySkip("{'cast_id': "u8) || !TryReadNumber(out _)
            || !TrySkip(", 'character': "u8) || !TryReadText(out var character)
            || !TrySkip(", 'credit_id': "u8) || !TryReadQuoted(out _)
            || !TrySkip(", 'gender': "u8) || !TryReadNumber(out _)
            || !TrySkip(", 'id': "u8) || !TryReadNumber(out var id) || id == 0
            || !TrySkip(", 'name': "u8) || !TryReadText(out var name)
            || !TrySkip(", 'order': "u8) || !TryReadNumber(out order)
            || !TrySkipProfilePath())
        {
            return false;
        }

        people.Add(id, isCast: true, name, character, default);
        return true;
    }

    private bool TryReadCrewMember(CreditListBuilder people)
    {
        if (!TrySkip("{'credit_id': "u8) || !TryReadQuoted(out _)
            || !TrySkip(", 'department': "u8) || !TryReadText(out var department)
            || !TrySkip(", 'gender': "u8) || !TryReadNumber(out _)
            || !TrySkip(", 'id': "u8) || !TryReadNumber(out var id) || id == 0
            || !TrySkip(", 'job': "u8) || !TryReadText(out var job)
            || !TrySkip(", 'name': "u8) || !TryReadText(out var name)
            || !TrySkipProfilePath())
        {
            return false;
        }

        people.Add(id, isCast: false, name, job, department);
        return true;
    }

    private bool TrySkipProfilePath() => TrySkip(", 'profile_path': "u8) && (TrySkip("None}"u8) || (TryReadQuoted(out _) && TrySkip("}"u8)));

    private bool TrySkip(ReadOnlySpan<byte> expected)
    {
        if (!_rest.StartsWith(expected))
        {
            return false;
        }

        _rest = _rest[expected.Length..];
        return true;
    }

    /// <summary>Reads a number of up to 18 digits.</summary>
    private bool TryReadNumber(out long number)
    {
        var rest = _rest;
        var (length, sum) = (0, 0L);
        while ((uint)length < (uint)rest.Length && (uint)(rest[length] - '0') is <= 9 and var digit)
        {
            sum = (sum * 10) + digit;
            length++;
        }

        number = sum;
        _rest = rest[length..];
        return length is > 0 and < 19;
    }

    /// <summary>Reads a quoted string without escapes.</summary>
    private bool TryReadQuoted(out ReadOnlySpan<byte> value)
    {
        value = default;
        var rest = _rest;
        if (rest.IsEmpty || rest[0] is not ((byte)'\'' or (byte)'"'))
        {
            return false;
        }

        var end = FindEnd(rest[1..], rest[0]);
        if (end < 0 || rest[end + 1] == '\\')
        {
            return false;
        }

        value = rest.Slice(1, end);
        _rest = rest[(end + 2)..];
        return true;
    }

    /// <summary>Finds the closing quote or a backslash. Most texts are short, so the first 32 bytes are checked inline.</summary>
    private static int FindEnd(ReadOnlySpan<byte> text, byte quote)
    {
        if (Vector256.IsHardwareAccelerated && text.Length >= Vector256<byte>.Count)
        {
            var block = Vector256.Create(text);
            var found = (Vector256.Equals(block, Vector256.Create(quote)) | Vector256.Equals(block, Vector256.Create((byte)'\\'))).ExtractMostSignificantBits();
            if (found != 0)
            {
                return BitOperations.TrailingZeroCount(found);
            }
        }

        return text.IndexOfAny(quote, (byte)'\\');
    }

    /// <summary>Reads a quoted string without escapes or surrounding spaces.</summary>
    private bool TryReadText(out ReadOnlySpan<byte> value) =>

        // White space is not only ASCII. Texts that need trimming are left to the general parser.
        TryReadQuoted(out value)
        && (value.IsEmpty || (value[0] is > (byte)' ' and < 0x80 && value[^1] is > (byte)' ' and < 0x80)
            || (value[0] != ' ' && value[^1] != ' ' && Encoding.UTF8.GetString(value) is var all && all.Length == all.Trim().Length));
}
