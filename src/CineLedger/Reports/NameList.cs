using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage.Schema;

namespace CineLedger.Reports;

/// <summary>The companies or genres of a snapshot, each with its number of movies and its first and last release year.</summary>
public static class NameList
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("name", ColumnKind.Text), new("movies", ColumnKind.Integer), new("first_year", ColumnKind.Identifier), new("last_year", ColumnKind.Identifier),
    ];

    /// <param name="connection">An open connection.</param>
    /// <param name="kind"><c>company</c> or <c>genre</c>.</param>
    /// <param name="filter">Selects and orders the names.</param>
    /// <param name="snapshot">The snapshot to read.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static Task<DbResult> OpenAsync(
        DbConnection connection, string kind, NameFilter filter, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var links = Dimensions.Find(kind, "kind").Links!;
        var sql = new SqlBuilder();
        var asOf = sql.Add(snapshot.Id);
        var year = $"CASE WHEN {UnreleasedMovies.BuildExclusion("m", asOf)} THEN m.release_year END";
        var condition = filter.SearchText is { } text
            ? $"\n    AND l.{links.IdColumn} IN (SELECT n.{links.IdColumn} FROM {links.Names} n WHERE {sql.BuildContains("n.name", text)})"
            : "";
        sql.Text = $"""
            WITH used AS (
                SELECT l.{links.IdColumn}, COUNT(*) AS movies, MIN({year}) AS first_year, MAX({year}) AS last_year
                FROM movie m JOIN {links.Table} l ON l.movie_id = m.movie_id AND l.since = m.since
                WHERE {AsOf.Build("m", asOf)}{condition}
                GROUP BY l.{links.IdColumn})
            SELECT n.name, u.movies, CAST(u.first_year AS BIGINT) AS first_year, CAST(u.last_year AS BIGINT) AS last_year
            FROM used u JOIN {links.Names} n ON n.{links.IdColumn} = u.{links.IdColumn}
            ORDER BY {BuildOrderBy(filter.Order, Columns)}name
            """;
        sql.Text += sql.BuildPage(filter.Limit, filter.Offset);
        return DbResult.OpenAsync(connection, sql, Columns, cancellationToken);
    }

    /// <summary>Builds the beginning of an ORDER BY list; empty for no order. Throws <see cref="UsageException"/> for an unknown column.</summary>
    internal static string BuildOrderBy(QueryOrder? order, IReadOnlyList<Column> columns)
    {
        var names = columns.Select(column => column.Name).ToList();
        return order is null ? ""
            : names.Contains(order.Column) ? $"{order.Column}{(order.IsDescending ? " DESC" : "")} NULLS LAST, "
            : throw new UsageException($"--order: there is no column '{order.Column}'{NearestNames.BuildHint(order.Column, names)}");
    }
}

/// <summary>Selects and orders names.</summary>
public sealed record NameFilter
{
    /// <summary>Only names that contain this text, regardless of letter case and accents; null for all.</summary>
    public string? SearchText { get; init; }

    /// <summary>The column to order by before the name; null to order by name only.</summary>
    public QueryOrder? Order { get; init; }

    public int? Limit { get; init; }

    public int Offset { get; init; }
}
