namespace CineLedger.Reports;

/// <summary>The films that a report rests on, as of one snapshot: one row a film, with its year, amounts and popularity.</summary>
internal static class FilmSql
{
    /// <summary>
    /// Votes that the weighted rating asks of a film before its own mean counts for more than everybody's: the m of IMDb's formula
    /// WR = v/(v+m)·R + m/(v+m)·C (https://help.imdb.com/article/imdb/track-movies-tv/ratings-faq/G67Y87TFYYP6TWAV), where R is the
    /// film's mean vote of v votes and C the mean vote of all films. IMDb's own m is of its own, far larger, vote counts; 434 is
    /// the 95th percentile of this dataset's.
    /// </summary>
    public const int WeightedMinimumVotes = 434;

    /// <summary>Builds the common tables <c>film</c> and, where needed, <c>everybody</c>. <paramref name="dated"/> leaves undated films out.</summary>
    public static string With(ReportRequest request, SqlText sql, int snapshotId, bool dated)
    {
        var s = sql.Add(snapshotId);
        var asOf = $"m.since <= {s} AND (m.until IS NULL OR m.until > {s})";
        List<string> filters = [asOf, dated ? "m.release_year IS NOT NULL" : "m.release_year IS NULL"];
        if (dated && request.From is { } from)
        {
            filters.Add($"m.release_year >= {sql.Add(from)}");
        }

        if (dated && request.To is { } to)
        {
            filters.Add($"m.release_year <= {sql.Add(to)}");
        }

        var everybody = request.Popularity == Popularity.Weighted
            ? $"""
              everybody AS (
                  SELECT CAST((t.points - t.points % t.films) / t.films AS BIGINT) AS mean_vote
                  FROM (SELECT CAST(SUM(CAST(m.vote_average * 1000000 AS BIGINT)) AS BIGINT) AS points, NULLIF(COUNT(*), 0) AS films
                        FROM movie m
                        WHERE {asOf} AND m.vote_count > 0 AND m.vote_average IS NOT NULL) t),
              """
            : "";
        var rated = request.Popularity is Popularity.Ratings or Popularity.RatingsCount
            ? $"""
               LEFT JOIN (
                    SELECT m.movie_id, CAST(SUM(m.ratings) AS BIGINT) AS ratings, CAST(SUM(CAST(m.rating_sum * 1000000 AS BIGINT)) AS BIGINT) AS points
                    FROM movie_rating m
                    WHERE {asOf}
                    GROUP BY m.movie_id) r ON r.movie_id = m.movie_id
              """
            : "";
        return $"""
            WITH {everybody} film AS (
                SELECT m.movie_id, m.since, m.release_year AS year, m.budget, m.revenue, m.company_count, m.genre_count,
                       {PopularityOf(request.Popularity)} AS popularity
                FROM movie m{(everybody.Length > 0 ? " CROSS JOIN everybody e" : "")}{rated}
                WHERE {string.Join(" AND ", filters)})
            """;
    }

    /// <summary>True of a film <c>f</c> that has one of the names.</summary>
    public static string Has(string dimension, IReadOnlyList<string> names, SqlText sql) =>
        $"""
        EXISTS (SELECT 1 FROM movie_{dimension} x JOIN {dimension} y ON y.{dimension}_id = x.{dimension}_id
                WHERE x.movie_id = f.movie_id AND x.since = f.since AND y.name IN ({sql.AddAll(names)}))
        """;

    private static string PopularityOf(Popularity popularity) => popularity switch
    {
        Popularity.VoteAverage => "CASE WHEN m.vote_count > 0 THEN m.vote_average END",
        Popularity.VoteCount => "m.vote_count",
        Popularity.Weighted => Weighted(),
        Popularity.Ratings => Quotient("r.points", "r.ratings"),
        Popularity.RatingsCount => "r.ratings",
        _ => "m.popularity",
    };

    /// <summary>
    /// Whole millionths throughout, so that every engine gets the same digits: the floor of (v·R + m·C) / (v + m).
    /// </summary>
    private static string Weighted()
    {
        var points = $"(m.vote_count * CAST(m.vote_average * 1000000 AS BIGINT) + {WeightedMinimumVotes} * e.mean_vote)";
        var votes = $"(m.vote_count + {WeightedMinimumVotes})";
        return $"CASE WHEN m.vote_count IS NOT NULL THEN {Quotient(points, votes)} END";
    }

    /// <summary>The floor of millionths by a count, as a decimal: a division without remainder, since engines differ in what dividing whole numbers gives.</summary>
    private static string Quotient(string points, string count) =>
        $"CAST(CAST(({points} - {points} % {count}) / {count} AS BIGINT) AS DECIMAL(12, 0)) * 0.000001";
}
