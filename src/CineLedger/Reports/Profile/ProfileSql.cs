using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Profile;

/// <summary>
/// Statements that count values. Each counts the movies of every value once, and makes all else of these counts, in whole numbers: so a
/// profile takes one pass over a column, and its quantiles are the same on every engine.
/// </summary>
internal static class ProfileSql
{
    public const int MostFrequent = 5;

    /// <summary>Movies as of snapshot <c>$1</c>.</summary>
    public static readonly string InSnapshot = AsOf.Build("m");

    /// <summary>Hundredths below which a quantile lies, as <see cref="Quantiles"/> has them.</summary>
    public static IReadOnlyList<int> Percents { get; } = [5, 25, 50, 75, 95];

    /// <summary>The values <c>v</c> of a column of movies and how many movies <c>n</c> have them.</summary>
    public static string BuildValues(string value) =>
        $"SELECT {value} AS v, COUNT(*) AS n FROM movie m WHERE {InSnapshot} AND {value} IS NOT NULL GROUP BY 1";

    /// <summary>Values of texts: <c>v, n, known, kinds, least, largest</c>, the most frequent ones alone.</summary>
    public static string BuildTexts(string counted, int max = MostFrequent) =>
        $"""
        WITH counted AS ({counted}),
        whole AS (SELECT CAST(SUM(n) AS BIGINT) AS known, COUNT(*) AS kinds, MIN(v) AS least, MAX(v) AS largest FROM counted)
        SELECT v, CAST(n AS BIGINT), known, kinds, least, largest FROM counted CROSS JOIN whole
        ORDER BY n DESC, v LIMIT {max}
        """;

    /// <summary>
    /// Values of numbers and days: <c>v, n, upto, known, kinds, place</c>, in their order. Those alone that a profile names: the least, the
    /// largest, the quantiles, the most frequent. <c>upto</c> is how many movies have this value or a lesser one.
    /// </summary>
    public static string BuildNumbers(string counted) =>
        $"""
        WITH counted AS ({counted}),
        placed AS (
            SELECT v, n, SUM(n) OVER (ORDER BY v) AS upto, SUM(n) OVER () AS known, COUNT(*) OVER () AS kinds,
                   ROW_NUMBER() OVER (ORDER BY n DESC, v) AS place
            FROM counted)
        SELECT CAST(v AS TEXT), CAST(n AS BIGINT), CAST(upto AS BIGINT), CAST(known AS BIGINT), kinds, place FROM placed
        WHERE place <= {MostFrequent} OR upto = n OR upto = known
           OR {string.Join(" OR ", Percents.Select(percent => $"(upto * 100 >= known * {percent} AND (upto - n) * 100 < known * {percent})"))}
        ORDER BY placed.v
        """;
}
