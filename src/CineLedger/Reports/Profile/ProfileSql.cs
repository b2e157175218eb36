using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Profile;

/// <summary>
/// Statements that count values. Each counts the movies of every value once and derives everything else from these counts with integer
/// arithmetic, so that a profile takes one pass over a column and its quantiles are the same on every engine.
/// </summary>
internal static class ProfileSql
{
    /// <summary>The condition for movies as of snapshot <c>$1</c>.</summary>
    public static readonly string InSnapshot = AsOf.Build("m");

    /// <summary>Builds a query of the values <c>v</c> of a movie column and the number of movies <c>n</c> that have them.</summary>
    public static string BuildValues(string value) =>
        $"SELECT {value} AS v, COUNT(*) AS n FROM movie m WHERE {InSnapshot} AND {value} IS NOT NULL GROUP BY 1";

    /// <summary>Builds a query of the most frequent text values: <c>v, n, known, kinds, least, largest</c>.</summary>
    public static string BuildTexts(string counted, int max = ValueStatistics.MaxFrequent) =>
        $"""
        WITH counted AS ({counted}),
        whole AS (SELECT CAST(SUM(n) AS BIGINT) AS known, COUNT(*) AS kinds, MIN(v) AS least, MAX(v) AS largest FROM counted)
        SELECT v, CAST(n AS BIGINT), known, kinds, least, largest FROM counted CROSS JOIN whole
        ORDER BY n DESC, v LIMIT {max}
        """;

    /// <summary>
    /// Builds a query of numbers or dates: <c>v, n, upto, known, kinds, place</c>, ordered by value. It returns only the values that a profile
    /// shows: the smallest, the largest, the quantiles and the most frequent. <c>upto</c> is the number of movies with this value or a smaller one.
    /// </summary>
    public static string BuildNumbers(string counted) =>
        $"""
        WITH counted AS ({counted}),
        placed AS (
            SELECT v, n, SUM(n) OVER (ORDER BY v) AS upto, SUM(n) OVER () AS known, COUNT(*) OVER () AS kinds,
                   ROW_NUMBER() OVER (ORDER BY n DESC, v) AS place
            FROM counted)
        SELECT CAST(v AS TEXT), CAST(n AS BIGINT), CAST(upto AS BIGINT), CAST(known AS BIGINT), kinds, place FROM placed
        WHERE place <= {ValueStatistics.MaxFrequent} OR upto = n OR upto = known
           OR {string.Join(" OR ", Quantiles.Percents.Select(percent => $"(upto * 100 >= known * {percent} AND (upto - n) * 100 < known * {percent})"))}
        ORDER BY placed.v
        """;
}
