using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports.Queries;

namespace CineLedger.Reports;

/// <summary>
/// The movies behind a report or a query: those that match its conditions, each once, with the amounts that were counted, null when unknown.
/// </summary>
public static class MovieList
{
    private static readonly string[] Values = ["budget", "revenue", "runtime", "popularity", "vote_average", "vote_count"];

    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("movie_id", ColumnKind.Identifier), new("title", ColumnKind.Text), new("release_date", ColumnKind.Date), new("year", ColumnKind.Identifier),
        new("budget", ColumnKind.Integer), new("revenue", ColumnKind.Integer), new("profit", ColumnKind.Integer), new("runtime", ColumnKind.Integer),
        new("popularity", ColumnKind.Number), new("vote_average", ColumnKind.Number), new("vote_count", ColumnKind.Integer),
        new("language", ColumnKind.Text), new("status", ColumnKind.Text), new("collection", ColumnKind.Text), new("imdb_id", ColumnKind.Text),
        new("companies", ColumnKind.Integer), new("genres", ColumnKind.Integer), new("since", ColumnKind.Identifier),
    ];

    /// <summary>Creates a query from conditions on movies alone. Throws like <see cref="QueryChecks"/>.</summary>
    /// <param name="where">The conditions, as parsed by <see cref="FilterFields.Parse"/>.</param>
    /// <param name="dollars">The year whose dollars amounts are converted to; null for dollars of the release year.</param>
    public static QueryRequest CreateQuery(IReadOnlyList<QueryFilter> where, int? dollars)
    {
        var query = new QueryRequest { Measures = [Measures.Parse("releases")], Where = where, Dollars = dollars };
        QueryChecks.Check(query);
        return query;
    }

    /// <summary>Opens the movies, ordered by <paramref name="order"/>, then by ID.</summary>
    public static async Task<DbResult> OpenAsync(
        DbConnection connection, QueryRequest query, IReadOnlyList<QueryOrder> order, int? limit, int offset, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await ReportRunner.RequireTablesAsync(connection, query, cancellationToken).ConfigureAwait(false);
        return await DbResult.OpenAsync(connection, Build(query, order, limit, offset, snapshot.Id), Columns, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Throws <see cref="UsageException"/> when <paramref name="order"/> names an unknown column.</summary>
    public static void CheckOrder(IEnumerable<QueryOrder> order)
    {
        var names = Columns.Select(column => column.Name).ToList();
        foreach (var unknown in order.Where(by => !names.Contains(by.Column)))
        {
            throw new UsageException($"--order: movies have no column '{unknown.Column}'{NearestNames.BuildHint(unknown.Column, names)}");
        }
    }

    /// <summary>Builds the SQL of <see cref="OpenAsync"/>. Throws <see cref="UsageException"/> when <paramref name="order"/> names an unknown column.</summary>
    internal static SqlBuilder Build(QueryRequest query, IReadOnlyList<QueryOrder> order, int? limit, int offset, int snapshotId)
    {
        CheckOrder(order);
        var sql = new SqlBuilder();
        var movie = new MovieSql(query, Values.Select(MovieValues.Get), sql, sql.Add(snapshotId));
        sql.Text = $"""
            {movie.BuildWith()}{movie.BuildTable("selected_movies")}
            SELECT f.movie_id, m.title, CAST(m.release_date AS TEXT) AS release_date, m.release_year AS year, f.budget, f.revenue,
                   f.revenue - f.budget AS profit, CAST(f.runtime AS BIGINT) AS runtime, CAST(f.popularity AS FLOAT8) AS popularity,
                   CAST(f.vote_average AS FLOAT8) AS vote_average, CAST(f.vote_count AS BIGINT) AS vote_count, m.language, m.status, m.collection, m.imdb_id,
                   CAST(m.company_count AS BIGINT) AS companies, CAST(m.genre_count AS BIGINT) AS genres, CAST(m.since AS BIGINT) AS since
            FROM selected_movies f JOIN movie m ON m.movie_id = f.movie_id AND m.since = f.since
            ORDER BY {string.Join(", ", order.Select(by => $"{by.Column}{(by.IsDescending ? " DESC" : "")} NULLS LAST").Append("movie_id"))}
            """;
        sql.Text += sql.BuildPage(limit, offset);
        return sql;
    }
}
