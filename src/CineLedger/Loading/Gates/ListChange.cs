using System.Data.Common;
using System.Globalization;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Loading.Gates;

/// <summary>
/// How the lists of the movies that a load changes differ from those of their previous versions, in the sample of <see cref="GateSample"/>. A list is the
/// same if its names or its supplier's IDs are the same, so that a renamed company does not change the lists of all its movies.
/// </summary>
/// <param name="List">The kind of list.</param>
/// <param name="Before">Movies of the previous snapshot with such a list.</param>
/// <param name="Lost">Movies whose list is now empty.</param>
/// <param name="Changed">Movies whose list names others.</param>
/// <param name="Renamed">Distinct names that were replaced, or that replace another one, under the same ID of the supplier.</param>
/// <param name="Names">Distinct names of the previous snapshot.</param>
internal sealed record ListChange(string List, long Before, long Lost, long Changed, long Renamed, long Names)
{
    public static async Task<ListChange> ReadAsync(
        DbConnection connection, GateList list, int previous, int current, long movies, CancellationToken cancellationToken)
    {
        var sample = GateSample.BuildCondition("m", movies);
        var now = current.ToString(CultureInfo.InvariantCulture);
        var rows = await connection.QueryAsync(
            $"""
            WITH previous AS ({BuildLists(list, $"m.until = {now} AND m.since < {now} AND {sample}")}),
                 current AS ({BuildLists(list, $"m.since = {now} AND {sample}")}),
                 renamed AS (
                    SELECT GREATEST(COUNT(DISTINCT n.{list.Key}), COUNT(DISTINCT p.{list.Key})) AS names
                    FROM movie m JOIN {list.LinkTable} p ON p.movie_id = m.movie_id AND p.since = m.since
                         JOIN {list.LinkTable} n ON n.movie_id = m.movie_id AND n.since = {now} AND {BuildSameId(list)} AND n.{list.Key} <> p.{list.Key}
                    WHERE m.until = {now} AND m.since < {now} AND {sample}),
                 total AS (
                    SELECT COUNT(DISTINCT l.movie_id) AS movies, COUNT(DISTINCT l.{list.Key}) AS names
                    FROM movie m JOIN {list.LinkTable} l ON l.movie_id = m.movie_id AND l.since = m.since WHERE {AsOf.Build("m", previous)} AND {sample})
            SELECT t.movies, d.lost, d.changed, r.names, t.names
            FROM (SELECT COUNT(*) FILTER (WHERE c.movie_id IS NULL) AS lost,
                         COUNT(*) FILTER (WHERE c.movie_id IS NOT NULL AND (c.size <> p.size OR c.names <> p.names OR c.squares <> p.squares)
                                          AND (c.ids IS NULL OR p.ids IS NULL OR c.size <> p.size OR c.ids <> p.ids OR c.id_squares <> p.id_squares)) AS changed
                  FROM previous p JOIN movie m ON m.movie_id = p.movie_id AND m.since = {now} LEFT JOIN current c ON c.movie_id = p.movie_id) d
                 CROSS JOIN total t CROSS JOIN renamed r
            """,
            row => new ListChange(list.Name, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
            cancellationToken).ConfigureAwait(false);
        return rows[0];
    }

    /// <summary>Returns up to three movies whose list a load changed, with the first name before and after.</summary>
    public static async Task<string> ReadExamplesAsync(DbConnection connection, GateList list, int current, CancellationToken cancellationToken)
    {
        var now = current.ToString(CultureInfo.InvariantCulture);
        var rows = await connection.QueryAsync(
            $"""
            SELECT m.movie_id, b.name, a.name
            FROM movie m JOIN movie c ON c.movie_id = m.movie_id AND c.since = {now}
                 JOIN {list.LinkTable} p ON p.movie_id = m.movie_id AND p.since = m.since AND p.position = 0 JOIN {list.Entity} b ON b.{list.Key} = p.{list.Key}
                 LEFT JOIN {list.LinkTable} n ON n.movie_id = m.movie_id AND n.since = {now} AND n.position = 0 LEFT JOIN {list.Entity} a ON a.{list.Key} = n.{list.Key}
            WHERE m.until = {now} AND m.since < {now} AND (n.{list.Key} IS NULL OR n.{list.Key} <> p.{list.Key})
            ORDER BY m.movie_id LIMIT 3
            """,
            row => $"{row.GetInt64(0)}: {row.GetText(1)} → {row.GetText(2) ?? "none"}",
            cancellationToken).ConfigureAwait(false);
        return string.Join(", ", rows);
    }

    /// <summary>Builds a query of one row per movie. Sums and sums of squares identify a set of keys almost surely, and are cheaper than a sorted list.</summary>
    private static string BuildLists(GateList list, string condition) =>
        $"""
        SELECT l.movie_id, COUNT(*) AS size, SUM(l.{list.Key}) AS names, SUM(CAST(l.{list.Key} AS BIGINT) * l.{list.Key}) AS squares,
               {(list.HasSourceIds ? "SUM(l.source_id) AS ids, SUM(l.source_id * l.source_id) AS id_squares" : "CAST(NULL AS BIGINT) AS ids, CAST(NULL AS BIGINT) AS id_squares")}
        FROM movie m JOIN {list.LinkTable} l ON l.movie_id = m.movie_id AND l.since = m.since WHERE {condition} GROUP BY l.movie_id
        """;

    private static string BuildSameId(GateList list) => list.HasSourceIds ? "n.source_id = p.source_id" : "FALSE";
}
