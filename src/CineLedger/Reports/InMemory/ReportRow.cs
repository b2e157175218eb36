namespace CineLedger.Reports.InMemory;

/// <summary>A row of a report, with names by their places. The links of its company and year are those from start to end.</summary>
internal sealed class ReportRow
{
    public int Year;
    public int Company;
    public int Genre;
    public int Rank;
    public int Releases;
    public MovieTotals Totals;
    public int Start;
    public int End;
}

/// <summary>The measures of a group of movies, as <see cref="Queries.MeasureSql"/> defines them.</summary>
internal struct MovieTotals
{
    public KnownSum Budget;
    public KnownSum Revenue;
    public KnownSum MatchedProfit;
    private KnownSum _popularity;

    public readonly long? Profit => Budget.Known + Revenue.Known > 0 ? Revenue.Sum - Budget.Sum : null;

    /// <summary>The mean in millionths, by which rows are ranked: equal means are equal here, and may differ in the last digit of <see cref="Popularity"/>.</summary>
    public readonly double? PopularityKey => _popularity.Value / (double)_popularity.Known;

    /// <summary>The mean. Throws <see cref="OverflowException"/> if a double cannot hold the sum exactly, because engines round it differently.</summary>
    public readonly double? Popularity => _popularity.Value is not { } sum ? null
        : Math.Abs(sum) <= 1L << 53 ? (double)sum / 1_000_000 / _popularity.Known
        : throw new OverflowException();

    public void Add(in ReportMovie movie)
    {
        Budget.Add(movie.Budget);
        Revenue.Add(movie.Revenue);
        MatchedProfit.Add(Math.Min(movie.Budget, movie.Revenue) == KnownSum.Unknown ? KnownSum.Unknown : movie.Revenue - movie.Budget);
        _popularity.Add(movie.Popularity);
    }
}

/// <summary>The sum and number of known values.</summary>
internal struct KnownSum
{
    public const long Unknown = -long.MaxValue;

    public long Sum;
    public int Known;

    public readonly long? Value => Known > 0 ? Sum : null;

    /// <summary>Throws <see cref="OverflowException"/> if the sum exceeds 64 bits.</summary>
    public void Add(long value)
    {
        if (value != Unknown)
        {
            Sum = checked(Sum + value);
            Known++;
        }
    }
}
