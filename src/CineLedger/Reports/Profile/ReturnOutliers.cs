using System.Data.Common;
using System.Globalization;
using CineLedger.Storage;

namespace CineLedger.Reports.Profile;

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

    public static async Task<SuspiciousAmounts> ReadAsync(DbConnection connection, int snapshot, int max, CancellationToken cancellationToken)
    {
        // Logarithms differ between engines, so they are computed here, at 24 bytes per movie with both amounts.
        var returns = await connection.QueryAsync(
            $"""
            SELECT m.movie_id, m.budget, m.revenue FROM movie m
            WHERE {ProfileSql.InSnapshot} AND m.budget >= {AmountRules.MinAmount} AND m.revenue >= {AmountRules.MinAmount} ORDER BY m.movie_id
            """,
            row => (Id: row.GetInt64(0), Log: Math.Log10((double)row.GetInt64(2) / row.GetInt64(1))),
            cancellationToken,
            snapshot).ConfigureAwait(false);
        if (returns.Count < MinMovies)
        {
            return new SuspiciousAmounts(
                AmountRules.Outlier, $"Revenue is out of proportion to budget. Not checked: fewer than {MinMovies} movies have both amounts.", 0, []);
        }

        var median = Median([.. returns.Select(movie => movie.Log)]);
        var maxDeviation = Median([.. returns.Select(movie => Math.Abs(movie.Log - median))]) * NormalScale * MaxDeviations;
        var outliers = returns.Where(movie => Math.Abs(movie.Log - median) > maxDeviation)
            .OrderByDescending(movie => Math.Abs(movie.Log - median)).ThenBy(movie => movie.Id).ToList();
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"Revenue is more than {FormatNumber(Math.Pow(10, median + maxDeviation))} times the budget, or less than 1/{FormatNumber(Math.Pow(10, maxDeviation - median))} of it: beyond "
            + $"{MaxDeviations} scaled median absolute deviations of the logarithm. Half of the movies earn more than {FormatNumber(Math.Pow(10, median))} times their budget.");
        return new SuspiciousAmounts(
            AmountRules.Outlier, reason, outliers.Count, await MoviesAsync([.. outliers.Take(max).Select(movie => movie.Id)]).ConfigureAwait(false));

        async Task<IReadOnlyList<MovieAmounts>> MoviesAsync(IReadOnlyList<long> ids)
        {
            var movies = new List<MovieAmounts>();
            foreach (var id in ids)
            {
                movies.AddRange(await connection.QueryAsync(
                    $"SELECT {AmountProfiles.MovieColumns} FROM movie m WHERE {ProfileSql.InSnapshot} AND m.movie_id = $2",
                    AmountProfiles.ReadMovie,
                    cancellationToken,
                    snapshot,
                    id).ConfigureAwait(false));
            }

            return movies;
        }
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    /// <summary>Formats with few digits, because the last digits of a logarithm may differ between machines.</summary>
    private static string FormatNumber(double value) => value.ToString(value >= 9.95 ? "N0" : "0.0#", CultureInfo.InvariantCulture);
}
