namespace CineLedger.Model;

/// <summary>How many movies of a year have known amounts.</summary>
/// <param name="Year">The release year; null for undated movies.</param>
/// <param name="Movies">All movies of the year.</param>
/// <param name="BudgetKnown">Movies with a known budget.</param>
/// <param name="RevenueKnown">Movies with a known revenue.</param>
/// <param name="BothKnown">Movies with both known.</param>
public sealed record YearCoverage(int? Year, long Movies, long BudgetKnown, long RevenueKnown, long BothKnown)
{
    /// <summary>Adds up several years.</summary>
    internal static YearCoverage Sum(int? year, IEnumerable<YearCoverage> years) => years.Aggregate(
        new YearCoverage(year, 0, 0, 0, 0),
        (sum, one) => new(year, sum.Movies + one.Movies, sum.BudgetKnown + one.BudgetKnown, sum.RevenueKnown + one.RevenueKnown, sum.BothKnown + one.BothKnown));
}
