namespace CineLedger.Reports.Yearly;

/// <summary>
/// What the films of a group come to: the measures of the yearly reports, by the definitions of <see cref="Queries.MeasureSql"/>. Sums are exact;
/// one beyond 64 bits throws <see cref="OverflowException"/>.
/// </summary>
internal struct YearTotals
{
    /// <summary>Above it not every whole number is a double.</summary>
    private const long LargestExactDouble = 1L << 53;

    private const long Million = 1_000_000;
    private long _popularityWhole;
    private long _popularityMillionths;
    private int _popularityKnown;

    public int Releases { get; private set; }

    /// <summary>US dollars, of the films of which it is known; 0 where that is none.</summary>
    public long Budget { get; private set; }

    /// <inheritdoc cref="Budget"/>
    public long Revenue { get; private set; }

    /// <summary>US dollars, of the films of which both amounts are known; 0 where that is none.</summary>
    public long MatchedProfit { get; private set; }

    public int BudgetKnown { get; private set; }

    public int RevenueKnown { get; private set; }

    public int ProfitKnown { get; private set; }

    /// <summary>US dollars, of whatever is known.</summary>
    public readonly long Profit => checked(Revenue - Budget);

    /// <summary>The mean of the films of which it is known; null where that is none.</summary>
    public readonly double? Popularity => _popularityKnown == 0 ? null : PopularitySum() / _popularityKnown;

    /// <summary>Of films of which nothing else is asked.</summary>
    public static YearTotals Of(int releases) => new() { Releases = releases };

    public void Add(in YearlyFilm film)
    {
        Releases++;
        var (budget, revenue, popularity) = (film.Budget, film.Revenue, film.Popularity);
        checked
        {
            if (budget != YearlyFilm.Unknown)
            {
                Budget += budget;
                BudgetKnown++;
            }

            if (revenue != YearlyFilm.Unknown)
            {
                Revenue += revenue;
                RevenueKnown++;
                if (budget != YearlyFilm.Unknown)
                {
                    MatchedProfit += revenue - budget;
                    ProfitKnown++;
                }
            }

            if (popularity != YearlyFilm.Unknown)
            {
                // In two parts, since all of it in millionths may be beyond 64 bits.
                _popularityWhole += popularity / Million;
                _popularityMillionths += popularity % Million;
                _popularityKnown++;
            }
        }
    }

    /// <summary>The double that an engine makes of the decimal: the nearest, for one division rounds once; beyond what doubles hold as DuckDB does it.</summary>
    private readonly double PopularitySum()
    {
        var (whole, rest) = (_popularityWhole + (_popularityMillionths / Million), _popularityMillionths % Million);
        return whole <= LargestExactDouble / Million && (whole * Million) + rest <= LargestExactDouble
            ? (double)((whole * Million) + rest) / Million
            : whole + ((double)rest / Million);
    }
}
