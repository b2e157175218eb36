using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>A set of release years, as in <c>--years</c>: <c>2016</c>, <c>2010-2016</c>, <c>2010,2012-2014</c>.</summary>
public sealed class YearSet
{
    private readonly IReadOnlyList<(int From, int To)> _ranges;

    private YearSet(IReadOnlyList<(int From, int To)> ranges) => _ranges = ranges;

    /// <summary>Returns whether the set contains a year; false for undated movies.</summary>
    public bool Contains(int? year)
    {
        foreach (var (from, to) in _ranges)
        {
            if (from <= year && year <= to)
            {
                return true;
            }
        }

        return false;
    }

    /// <exception cref="UsageException">The text is not a list of years.</exception>
    public static YearSet Parse(string text)
    {
        var ranges = new List<(int, int)>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || ParseYear(ends[0]) is not { } from || ParseYear(ends[^1]) is not { } to || from > to)
            {
                throw new UsageException($"--years: '{part.Trim()}' is not a year or a range of years; use 2016, 2010-2016 or 2010,2012-2014.");
            }

            ranges.Add((from, to));
        }

        return new YearSet(ranges);
    }

    public override string ToString() => string.Join(
        ',', _ranges.Select(range => range.From == range.To ? FormatYear(range.From) : $"{FormatYear(range.From)}-{FormatYear(range.To)}"));

    private static string FormatYear(int year) => year.ToString(CultureInfo.InvariantCulture);

    private static int? ParseYear(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1800 and <= 9999 ? year : null;
}
