using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Studios;

/// <summary>The companies that belonged to a studio, each with the times of ownership and the movies that it released in them.</summary>
public static class StudioLabels
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("company", ColumnKind.Text), new("owned_from", ColumnKind.Date), new("owned_to", ColumnKind.Date), new("releases", ColumnKind.Integer),
        new("revenue", ColumnKind.Integer), new("revenue_known", ColumnKind.Integer), new("first_year", ColumnKind.Identifier), new("last_year", ColumnKind.Identifier),
    ];

    /// <summary>
    /// Opens one row per company and time of ownership, the one with the most movies first. A time without a known beginning starts on <see cref="PartialDate.Earliest"/>,
    /// and one that has not ended lasts until <see cref="PartialDate.Latest"/>.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="studio">The studio's name.</param>
    /// <param name="query">Selects the movies, and the dollars of their revenue; see <see cref="MovieList.CreateQuery"/>.</param>
    /// <param name="snapshot">The snapshot to read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static Task<DbResult> OpenAsync(DbConnection connection, string studio, QueryRequest query, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder();
        var asOf = sql.Add(snapshot.Id);
        var movie = new MovieSql(query, [MovieValues.Get("revenue")], sql, asOf);
        sql.Text = $"""
            {movie.BuildWith()}{movie.BuildTable("selected_movies")}
            SELECT n.name AS company, CAST(s.owned_from AS TEXT) AS owned_from, CAST(s.owned_to AS TEXT) AS owned_to, COUNT(*) AS releases,
                   CAST(SUM(f.revenue) AS BIGINT) AS revenue, COUNT(f.revenue) AS revenue_known,
                   CAST(MIN(m.release_year) AS BIGINT) AS first_year, CAST(MAX(m.release_year) AS BIGINT) AS last_year
            FROM selected_movies f
            JOIN movie m ON m.movie_id = f.movie_id AND m.since = f.since
            JOIN movie_company c ON c.movie_id = f.movie_id AND c.since = f.since
            JOIN company_studio s ON s.company_id = c.company_id AND {AsOf.Build("s", asOf)} AND {StudioSql.BuildOwnership("s", "m")}
              AND s.studio_id IN (SELECT t.studio_id FROM studio t WHERE t.name = {sql.Add(studio)})
            JOIN company n ON n.company_id = c.company_id
            GROUP BY n.name, s.owned_from, s.owned_to
            ORDER BY releases DESC, company, owned_from
            """;
        return DbResult.OpenAsync(connection, sql, Columns, cancellationToken);
    }
}
