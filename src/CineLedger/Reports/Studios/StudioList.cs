using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Studios;

/// <summary>The studios of a snapshot, each with its companies, its movies and their revenue.</summary>
public static class StudioList
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("name", ColumnKind.Text), new("companies", ColumnKind.Integer), new("movies", ColumnKind.Integer), new("first_year", ColumnKind.Identifier),
        new("last_year", ColumnKind.Identifier), new("revenue", ColumnKind.Integer),
    ];

    /// <summary>
    /// Opens one row per studio. Companies are those of the ledger that belong or belonged to the studio. A movie counts once for a studio, and its revenue is unknown or
    /// a whole number of dollars.
    /// </summary>
    public static async Task<DbResult> OpenAsync(DbConnection connection, NameFilter filter, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await Migrations.RequireStudiosAsync(connection, cancellationToken).ConfigureAwait(false);
        var sql = new SqlBuilder();
        var asOf = sql.Add(snapshot.Id);
        var year = $"CASE WHEN {UnreleasedMovies.BuildExclusion("m", asOf)} THEN m.release_year END";
        var condition = filter.SearchText is { } text ? $"\nWHERE {sql.BuildContains("n.name", text)}" : "";
        sql.Text = $"""
            WITH link AS (
                SELECT DISTINCT c.movie_id, c.since, c.studio_id
                FROM ({StudioSql.BuildLinks(asOf)}) c),
            used AS (
                SELECT l.studio_id, COUNT(*) AS movies, MIN({year}) AS first_year, MAX({year}) AS last_year, CAST(SUM(m.revenue) AS BIGINT) AS revenue
                FROM movie m JOIN link l ON l.movie_id = m.movie_id AND l.since = m.since
                WHERE {AsOf.Build("m", asOf)}
                GROUP BY l.studio_id),
            owned AS (
                SELECT s.studio_id, COUNT(DISTINCT s.company_id) AS companies
                FROM company_studio s
                WHERE s.studio_id > 0 AND {AsOf.Build("s", asOf)}
                GROUP BY s.studio_id)
            SELECT n.name, o.companies, COALESCE(u.movies, 0) AS movies, CAST(u.first_year AS BIGINT) AS first_year, CAST(u.last_year AS BIGINT) AS last_year, u.revenue
            FROM owned o JOIN studio n ON n.studio_id = o.studio_id LEFT JOIN used u ON u.studio_id = o.studio_id{condition}
            ORDER BY {NameList.BuildOrderBy(filter.Order, Columns)}name
            """;
        sql.Text += sql.BuildPage(filter.Limit, filter.Offset);
        return await DbResult.OpenAsync(connection, sql, Columns, cancellationToken).ConfigureAwait(false);
    }
}
