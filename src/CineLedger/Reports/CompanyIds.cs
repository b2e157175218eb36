using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports;

/// <summary>The TMDB IDs of a company name and the movies of each: TMDB lists some companies under two IDs.</summary>
public static class CompanyIds
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("source_id", ColumnKind.Identifier), new("movies", ColumnKind.Integer), new("dated", ColumnKind.Integer),
        new("first_year", ColumnKind.Identifier), new("last_year", ColumnKind.Identifier),
    ];

    /// <summary>Opens one row per ID, the one with the most movies first; no rows when no movie of the snapshot has the name.</summary>
    public static Task<DbResult> OpenAsync(DbConnection connection, string name, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var sql = new SqlBuilder();
        var asOf = sql.Add(snapshot.Id);
        var year = $"CASE WHEN {UnreleasedMovies.BuildExclusion("m", asOf)} THEN m.release_year END";
        sql.Text = $"""
            SELECT l.source_id, COUNT(*) AS movies, COUNT({year}) AS dated,
                   CAST(MIN({year}) AS BIGINT) AS first_year, CAST(MAX({year}) AS BIGINT) AS last_year
            FROM movie m JOIN movie_company l ON l.movie_id = m.movie_id AND l.since = m.since JOIN company c ON c.company_id = l.company_id
            WHERE {AsOf.Build("m", asOf)} AND c.name = {sql.Add(name)}
            GROUP BY l.source_id
            ORDER BY movies DESC, l.source_id
            """;
        return DbResult.OpenAsync(connection, sql, Columns, cancellationToken);
    }
}
