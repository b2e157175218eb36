using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;

namespace CineLedger.Reports.Explanations;

/// <summary>The findings of one rule in one field of the movies of a selection.</summary>
/// <param name="Kind">One of <see cref="FindingKindNames.All"/>.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Field">The field; null for whole records.</param>
/// <param name="Movies">The number of movies with such a finding.</param>
/// <param name="Examples">A few of them, by ID.</param>
public sealed record SelectionFindings(string Kind, string Rule, string? Field, long Movies, IReadOnlyList<(long MovieId, string? Title)> Examples)
{
    private const int MaxExamples = 3;

    /// <summary>
    /// Reads the findings, those with the most movies first. The findings of a movie are those of the snapshot's load or, if there are none, of the load that last wrote the movie.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="selection">The conditions, from <see cref="MovieList.CreateQuery"/>.</param>
    /// <param name="snapshot">The snapshot to read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<IReadOnlyList<SelectionFindings>> ReadAsync(
        DbConnection connection, QueryRequest selection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder();
        var id = sql.Add(snapshot.Id);
        var movie = new MovieSql(selection, [], sql, id);
        sql.Text = $"""
            {movie.BuildWith()}{movie.BuildTable("selected_movies")},
            movie_findings AS (
                SELECT f.movie_id, f.since, x.kind, x.rule, x.field, x.snapshot_id, MAX(x.snapshot_id) OVER (PARTITION BY f.movie_id) AS newest
                FROM selected_movies f JOIN finding x ON x.movie_id = f.movie_id AND (x.snapshot_id = {id} OR x.snapshot_id = f.since)),
            counted AS (
                SELECT d.movie_id, d.since, d.kind, d.rule, d.field, COUNT(*) OVER (PARTITION BY d.kind, d.rule, d.field) AS movies,
                       ROW_NUMBER() OVER (PARTITION BY d.kind, d.rule, d.field ORDER BY d.movie_id) AS place
                FROM (SELECT DISTINCT movie_id, since, kind, rule, field FROM movie_findings WHERE snapshot_id = newest) d)
            SELECT c.kind, c.rule, c.field, c.movies, c.movie_id, m.title
            FROM counted c JOIN movie m ON m.movie_id = c.movie_id AND m.since = c.since
            WHERE c.place <= {MaxExamples}
            ORDER BY c.movies DESC, c.rule, c.field NULLS FIRST, c.kind, c.movie_id
            """;
        var rows = await connection.QueryAsync(
            sql.Text,
            row => (
                Kind: row.GetString(0), Rule: row.GetString(1), Field: row.IsDBNull(2) ? null : row.GetString(2), Movies: row.GetInt64(3),
                Example: (row.GetInt64(4), row.IsDBNull(5) ? null : row.GetString(5))),
            cancellationToken,
            [.. sql.Parameters]).ConfigureAwait(false);
        return
        [
            .. rows.GroupBy(row => (row.Kind, row.Rule, row.Field, row.Movies))
                .Select(group => new SelectionFindings(group.Key.Kind, group.Key.Rule, group.Key.Field, group.Key.Movies, [.. group.Select(row => row.Example)])),
        ];
    }
}
