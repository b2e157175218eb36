using System.Data.Common;
using System.Globalization;
using CineLedger.Storage;

namespace CineLedger.Reports.Profile;

/// <summary>
/// Films whose revenue is out of all proportion to their budget. How far the logarithm of revenue by budget may lie from its median is
/// measured by the median absolute deviation, which outliers themselves do not move; 1.4826 makes it a standard deviation where values are
/// normal (Leys et al., 2013, https://doi.org/10.1016/j.jesp.2013.03.013).
/// </summary>
internal static class ReturnOutliers
{
    private const double Deviations = 5;
    private const double Normal = 1.4826;

    /// <summary>Of fewer films nothing can be said of what is usual.</summary>
    private const int LeastFilms = 30;

    public static async Task<AmountDoubt> ReadAsync(DbConnection connection, int snapshot, int most, CancellationToken cancellationToken)
    {
        // 24 bytes a film of which both are known: logarithms are not the same on all engines, so they are taken here.
        var returns = await connection.QueryAsync(
            $"""
            SELECT m.movie_id, m.budget, m.revenue FROM movie m
            WHERE {ProfileSql.InSnapshot} AND m.budget >= {DoubtRules.Least} AND m.revenue >= {DoubtRules.Least} ORDER BY m.movie_id
            """,
            row => (Id: row.GetInt64(0), Log: Math.Log10((double)row.GetInt64(2) / row.GetInt64(1))),
            cancellationToken,
            snapshot).ConfigureAwait(false);
        if (returns.Count < LeastFilms)
        {
            return new AmountDoubt(
                DoubtRules.Outlier, $"Revenue is out of all proportion to budget; fewer than {LeastFilms} films have both, too few to say what is usual.", 0, []);
        }

        var median = Median([.. returns.Select(film => film.Log)]);
        var reach = Median([.. returns.Select(film => Math.Abs(film.Log - median))]) * Normal * Deviations;
        var outliers = returns.Where(film => Math.Abs(film.Log - median) > reach)
            .OrderByDescending(film => Math.Abs(film.Log - median)).ThenBy(film => film.Id).ToList();
        var why = string.Create(
            CultureInfo.InvariantCulture,
            $"Revenue is more than {Figure(Math.Pow(10, median + reach))} times the budget, or less than 1/{Figure(Math.Pow(10, reach - median))} of it: beyond "
            + $"{Deviations} scaled median absolute deviations of the logarithm. Half of the films take more than {Figure(Math.Pow(10, median))} times their budget.");
        return new AmountDoubt(DoubtRules.Outlier, why, outliers.Count, await FilmsAsync([.. outliers.Take(most).Select(film => film.Id)]).ConfigureAwait(false));

        async Task<IReadOnlyList<FilmAmounts>> FilmsAsync(IReadOnlyList<long> ids)
        {
            var films = new List<FilmAmounts>();
            foreach (var id in ids)
            {
                films.AddRange(await connection.QueryAsync(
                    $"SELECT {AmountProfiles.Film} FROM movie m WHERE {ProfileSql.InSnapshot} AND m.movie_id = $2", AmountProfiles.ReadFilm, cancellationToken, snapshot, id)
                    .ConfigureAwait(false));
            }

            return films;
        }
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    /// <summary>Few digits: a logarithm's last ones may differ from machine to machine.</summary>
    private static string Figure(double value) => value.ToString(value >= 9.95 ? "N0" : "0.0#", CultureInfo.InvariantCulture);
}
