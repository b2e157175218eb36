using System.Buffers.Text;

namespace CineLedger.Cleaning;

/// <summary>A date written as three numbers between equal separators: <c>10/30/95</c>, <c>30-10-1995</c>, <c>1995/10/30</c>, <c>30 10 1995</c>.</summary>
internal readonly record struct NumericDate(byte Separator, int First, int Second, int Third, bool YearFirst, bool ShortYear)
{
    /// <summary>True for <c>06/09/15</c>.</summary>
    public bool HasLeadingZero { get; private init; }

    public static bool TryParse(ReadOnlySpan<byte> text, out NumericDate date)
    {
        date = default;
        var separator = text.IndexOfAny("/-. "u8);
        if (separator is not (1 or 2 or 4))
        {
            return false;
        }

        var rest = text[(separator + 1)..];
        var second = rest.IndexOf(text[separator]);
        if (second is not (1 or 2)
            || !TryParseNumber(text[..separator], out var a) || !TryParseNumber(rest[..second], out var b) || !TryParseNumber(rest[(second + 1)..], out var c))
        {
            return false;
        }

        var last = rest.Length - second - 1;
        var yearFirst = separator == 4;
        date = new NumericDate(text[separator], a, b, c, yearFirst, last == 2) { HasLeadingZero = text[0] == '0' || rest[0] == '0' };
        return yearFirst ? last is 1 or 2 : last is 2 or 4;
    }

    /// <summary>Returns the date; null if it is invalid or if it is unclear which number is the day.</summary>
    /// <param name="order">Which number is the day.</param>
    /// <param name="columnYear">The year in the record's column of years; null if there is none.</param>
    public DateOnly? Resolve(DateOrder? order, int? columnYear)
    {
        if (YearFirst)
        {
            return TryCreate(First, Second, Third, out var date) ? date : null;
        }

        var year = ShortYear ? DateParser.ExpandYear(Third, columnYear) : Third;
        var dayFirst = First > 12 ? true : Second > 12 ? false : First == Second ? true : order?.IsDayFirst(this);
        return year is { } known && dayFirst is { } decided && TryCreate(known, decided ? Second : First, decided ? First : Second, out var resolved) ? resolved : null;
    }

    public static bool TryCreate(int year, int month, int day, out DateOnly date)
    {
        var good = year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = good ? new DateOnly(year, month, day) : default;
        return good;
    }

    private static bool TryParseNumber(ReadOnlySpan<byte> text, out int number) =>
        Utf8Parser.TryParse(text, out number, out var length) && length == text.Length && number >= 0 && text[0] != '+';
}
