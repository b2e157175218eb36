using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Loading.Statistics;

/// <summary>
/// Finds movies whose revenue is out of all proportion to their budget. The limit on the distance of log(revenue / budget) from its median is
/// a multiple of the median absolute deviation, which is robust against outliers; the factor 1.4826 makes it equal to the standard deviation
/// for normally distributed values (Leys et al., 2013, https://doi.org/10.1016/j.jesp.2013.03.013).
/// </summary>
internal static class ReturnOutliers
{
    private const double MaxDeviations = 5;
    private const double NormalScale = 1.4826;

    /// <summary>With fewer movies the median and the deviation mean little.</summary>
    private const int MinMovies = 30;

    /// <param name="movies">The movies with both amounts, by ID.</param>
    /// <param name="select">Selects the examples among the outliers, the most striking first according to the comparison.</param>
    public static SuspiciousAmounts Find(List<KnownAmounts> movies, Func<List<KnownAmounts>, Comparison<KnownAmounts>, IReadOnlyList<MovieAmounts>> select)
    {
        if (movies.Count < MinMovies)
        {
            return new SuspiciousAmounts(
                AmountRules.Outlier, $"Revenue is out of proportion to budget. Not checked: fewer than {MinMovies} movies have both amounts.", 0, []);
        }

        var median = GetMedian(movies.ConvertAll(GetLogarithm));
        var maxDeviation = GetMedian(movies.ConvertAll(GetDeviation)) * NormalScale * MaxDeviations;
        var outliers = movies.FindAll(movie => GetDeviation(movie) > maxDeviation);
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"Revenue is more than {FormatNumber(Math.Pow(10, median + maxDeviation))} times the budget, or less than 1/{FormatNumber(Math.Pow(10, maxDeviation - median))} of it: beyond "
            + $"{MaxDeviations} scaled median absolute deviations of the logarithm. Half of the movies earn more than {FormatNumber(Math.Pow(10, median))} times their budget.");
        return new SuspiciousAmounts(AmountRules.Outlier, reason, outliers.Count, select(outliers, (one, other) => GetDeviation(other).CompareTo(GetDeviation(one))));

        double GetDeviation(KnownAmounts movie) => Math.Abs(GetLogarithm(movie) - median);
    }

    private static double GetLogarithm(KnownAmounts movie) => Math.Log10((double)movie.Revenue / movie.Budget);

    private static double GetMedian(List<double> values)
    {
        // Array.Sort would be compiled for doubles in every process.
        values.Sort((one, other) => one.CompareTo(other));
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }

    /// <summary>Formats with few digits, because the last digits of a logarithm may differ between machines.</summary>
    private static string FormatNumber(double value) => value.ToString(value >= 9.95 ? "N0" : "0.0#", CultureInfo.InvariantCulture);
}
