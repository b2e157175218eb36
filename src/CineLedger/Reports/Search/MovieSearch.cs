using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports.Search;

/// <summary>Finds movies by their title or original title and by the conditions of reports and queries, with their studios and genres.</summary>
public static class MovieSearch
{
    /// <summary>The SQL of the original title of a movie <c>m</c>; null if it is the title.</summary>
    internal const string OriginalTitle = "CASE WHEN m.original_title <> m.title THEN m.original_title END";

    private static readonly string[] Values = ["budget", "revenue", "vote_average", "vote_count"];

    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("movie_id", ColumnKind.Identifier), new("title", ColumnKind.Text), new("original_title", ColumnKind.Text), new("year", ColumnKind.Identifier),
        new("budget", ColumnKind.Integer), new("revenue", ColumnKind.Integer), new("vote_average", ColumnKind.Number), new("vote_count", ColumnKind.Integer), new("studio", ColumnKind.Text),
        new("genre", ColumnKind.Text),
    ];

    /// <summary>Opens the movies. Throws <see cref="UsageException"/> if <paramref name="order"/> names an unknown column, or no title matches the text.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="query">The conditions, from <see cref="MovieList.CreateQuery"/>.</param>
    /// <param name="text">The text in the title; null for all movies.</param>
    /// <param name="order">The columns to sort by. Without any, the best matches come first, then the movies with the most votes.</param>
    /// <param name="limit">The maximum number of rows; null for all.</param>
    /// <param name="snapshot">The snapshot to read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<DbResult> OpenAsync(
        DbConnection connection, QueryRequest query, SearchText? text, IReadOnlyList<QueryOrder> order, int? limit, Snapshot snapshot, CancellationToken cancellationToken)
    {
        CheckOrder(order);
        await ReportRunner.RequireTablesAsync(connection, query, cancellationToken).ConfigureAwait(false);
        var matches = text is null ? null : await FindAsync(connection, text, snapshot, cancellationToken).ConfigureAwait(false);
        var hasStudios = await Migrations.HasStudiosAsync(connection, cancellationToken).ConfigureAwait(false);
        return await DbResult.OpenAsync(connection, Build(query, matches, order, limit, hasStudios, snapshot.Id), Columns, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Throws <see cref="UsageException"/> if <paramref name="order"/> names an unknown column.</summary>
    public static void CheckOrder(IEnumerable<QueryOrder> order)
    {
        foreach (var by in order)
        {
            NameList.BuildOrderBy(by, Columns);
        }
    }

    /// <summary>Returns the IDs of the movies whose title or original title matches, by how well it matches.</summary>
    private static async Task<List<long>[]> FindAsync(DbConnection connection, SearchText text, Snapshot snapshot, CancellationToken cancellationToken)
    {
        List<long>[] matches = [.. Enum.GetValues<MatchRank>().Select(_ => new List<long>())];
        var titles = new List<string>();
        await connection.ReadEachAsync(
            $"SELECT m.movie_id, m.title, {OriginalTitle} FROM movie m WHERE {AsOf.Build("m")} AND m.title IS NOT NULL ORDER BY m.vote_count DESC NULLS LAST, m.movie_id",
            row =>
            {
                titles.Add(row.GetString(1));
                if (text.Match(titles[^1], row.GetText(2)) is { } rank)
                {
                    matches[(int)rank].Add(row.GetInt64(0));
                }
            },
            cancellationToken,
            snapshot.Id).ConfigureAwait(false);
        return matches.All(ids => ids.Count == 0) ? throw text.CreateNotFound("movie", titles) : matches;
    }

    private static SqlBuilder Build(QueryRequest query, List<long>[]? matches, IReadOnlyList<QueryOrder> order, int? limit, bool hasStudios, int snapshotId)
    {
        var sql = new SqlBuilder();
        var movie = new MovieSql(query, Values.Select(MovieValues.Get), sql, sql.Add(snapshotId));
        var rank = matches is null ? "" : $"CASE{string.Concat(matches.Select((ids, i) => ids.Count == 0 ? "" : $" WHEN f.movie_id IN ({Join(ids)}) THEN {i}"))} END, ";
        sql.Text = $"""
            {movie.BuildWith()}{movie.BuildTable("selected_movies")}
            SELECT f.movie_id, m.title, {OriginalTitle} AS original_title, m.release_year AS year, f.budget, f.revenue, CAST(f.vote_average AS FLOAT8) AS vote_average, CAST(f.vote_count AS BIGINT) AS vote_count,
                   {(hasStudios ? "s.names" : "CAST(NULL AS TEXT)")} AS studio, g.names AS genre
            FROM selected_movies f JOIN movie m ON m.movie_id = f.movie_id AND m.since = f.since
            LEFT JOIN {BuildNames("movie_genre", "genre")} g ON g.movie_id = f.movie_id AND g.since = f.since
            {(hasStudios ? $"LEFT JOIN {BuildNames($"({StudioSql.BuildLinks(movie.Snapshot)})", "studio")} s ON s.movie_id = f.movie_id AND s.since = f.since" : "")}
            {(matches is null ? "" : $"WHERE f.movie_id IN ({Join(matches.SelectMany(ids => ids))})")}
            ORDER BY {(order.Count == 0 ? $"{rank}vote_count DESC NULLS LAST, " : string.Concat(order.Select(by => NameList.BuildOrderBy(by, Columns))))}movie_id
            """;
        sql.Text += sql.BuildPage(limit, 0);
        return sql;
    }

    /// <summary>Builds a table of the names that movies are linked to, in alphabetical order and separated by commas.</summary>
    private static string BuildNames(string links, string names) =>
        $"""
        (SELECT x.movie_id, x.since, STRING_AGG(DISTINCT n.name, ', ' ORDER BY n.name) AS names
              FROM {links} x JOIN {names} n ON n.{names}_id = x.{names}_id GROUP BY x.movie_id, x.since)
        """;

    private static string Join(IEnumerable<long> ids) => string.Join(", ", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
}
