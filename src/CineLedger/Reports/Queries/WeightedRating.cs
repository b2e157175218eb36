using System.Globalization;

namespace CineLedger.Reports.Queries;

/// <summary>
/// IMDb's weighted rating WR = v/(v+m)·R + m/(v+m)·C (https://help.imdb.com/article/imdb/track-movies-tv/ratings-faq/G67Y87TFYYP6TWAV):
/// R is the movie's mean vote over v votes, m the number of votes from which its own mean outweighs the global mean, C the mean vote of all
/// movies. Computed in whole millionths and divided without remainder, so that every engine returns the same digits: the floor of
/// (v·R + m·C) / (v + m).
/// </summary>
public static class WeightedRating
{
    /// <summary>The 95th percentile of this dataset's vote counts. IMDb's m suits its own, far larger vote counts.</summary>
    public const int DefaultVotes = 434;

    /// <summary>Builds the rating of a movie <c>m</c>; NULL when its number of votes is unknown.</summary>
    internal static string Build(QueryRequest query)
    {
        var max = query.WeightedVotes.ToString(CultureInfo.InvariantCulture);
        var mean = query.WeightedMean is { } given ? FormattableString.Invariant($"CAST({(long)(given * 1_000_000)} AS BIGINT)") : "e.mean_vote";
        var points = $"(m.vote_count * CAST(m.vote_average * 1000000 AS BIGINT) + {max} * {mean})";
        var votes = $"(m.vote_count + {max})";
        return $"CASE WHEN m.vote_count IS NOT NULL THEN CAST(CAST(({points} - {points} % {votes}) / {votes} AS BIGINT) AS DECIMAL(12, 0)) * 0.000001 END";
    }

    /// <summary>Builds the common table of C: the mean vote, in millionths, of all movies with votes.</summary>
    internal static string BuildGlobalMeanTable(string asOf) =>
        $"""
        global_mean AS (
            SELECT CAST((t.vote_sum - t.vote_sum % t.movies) / t.movies AS BIGINT) AS mean_vote
            FROM (SELECT CAST(SUM(CAST(m.vote_average * 1000000 AS BIGINT)) AS BIGINT) AS vote_sum, NULLIF(COUNT(*), 0) AS movies
                  FROM movie m
                  WHERE {asOf} AND m.vote_count > 0 AND m.vote_average IS NOT NULL) t),
        """;
}
