using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Reports.Queries;

/// <summary>
/// The value of a dollar by year: the Consumer Price Index for All Urban Consumers, all items, U.S. city average, not seasonally
/// adjusted, annual averages (series CUUR0000SA0 of the Bureau of Labor Statistics, https://www.bls.gov/cpi/), 1982–84 = 100. The value of 2025 is the published annual average
/// (period M13 of https://api.bls.gov/publicAPI/v2/timeseries/data/CUUR0000SA0?startyear=2025&amp;endyear=2025&amp;annualaverage=true), the mean of eleven months: prices of
/// October 2025 were not collected.
/// </summary>
public static class ConsumerPrices
{
    public const int FirstYear = 1913;

    /// <summary>The index in thousandths.</summary>
    private static readonly int[] Index =
    [
        9_900, 10_000, 10_100, 10_900, 12_800, 15_100, 17_300, 20_000, 17_900, 16_800, 17_100, 17_100, 17_500, 17_700, 17_400,
        17_100, 17_100, 16_700, 15_200, 13_700, 13_000, 13_400, 13_700, 13_900, 14_400, 14_100, 13_900, 14_000, 14_700, 16_300,
        17_300, 17_600, 18_000, 19_500, 22_300, 24_100, 23_800, 24_100, 26_000, 26_500, 26_700, 26_900, 26_800, 27_200, 28_100,
        28_900, 29_100, 29_600, 29_900, 30_200, 30_600, 31_000, 31_500, 32_400, 33_400, 34_800, 36_700, 38_800, 40_500, 41_800,
        44_400, 49_300, 53_800, 56_900, 60_600, 65_200, 72_600, 82_400, 90_900, 96_500, 99_600, 103_900, 107_600, 109_600,
        113_600, 118_300, 124_000, 130_700, 136_200, 140_300, 144_500, 148_200, 152_400, 156_900, 160_500, 163_000, 166_600,
        172_200, 177_100, 179_900, 184_000, 188_900, 195_300, 201_600, 207_342, 215_303, 214_537, 218_056, 224_939, 229_594,
        232_957, 236_736, 237_017, 240_007, 245_120, 251_107, 255_657, 258_811, 270_970, 292_655, 304_702, 313_689, 321_943,
    ];

    public static int LastYear => FirstYear + Index.Length - 1;

    /// <summary>Returns the index of a year, 1982–84 = 100; null for a year outside the table.</summary>
    public static decimal? GetIndex(int year) => year >= FirstYear && year <= LastYear ? Index[year - FirstYear] / 1000m : null;

    /// <summary>Throws <see cref="UsageException"/> for a year outside the table.</summary>
    public static void Check(int year)
    {
        if (GetIndex(year) is null)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture, $"--dollars: consumer prices are known for {FirstYear} to {LastYear}, not for {year}."));
        }
    }

    /// <summary>
    /// Builds an amount of a movie <c>m</c> in whole dollars of a year; null for a movie of a year outside the table. Computed in doubles and
    /// rounded once, so that IEEE 754 gives the same result on every engine. The unchanged amount when <paramref name="year"/> is null.
    /// </summary>
    internal static string BuildRestated(string amount, int? year)
    {
        if (year is not { } target)
        {
            return amount;
        }

        var index = string.Join(' ', Index.Select((value, i) => FormattableString.Invariant($"WHEN {FirstYear + i} THEN {value}")));
        return FormattableString.Invariant(
            $"CAST(FLOOR(CAST({amount} AS FLOAT8) * {Index[target - FirstYear]} / CASE m.release_year {index} END + 0.5) AS BIGINT)");
    }
}
