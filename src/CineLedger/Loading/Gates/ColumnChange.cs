using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Schema;

namespace CineLedger.Loading.Gates;

/// <summary>
/// How the movies that a load changes differ from their previous versions, by column and by the decade of the previous release date. Computed from the
/// sample of <see cref="GateSample"/>; movies that the load leaves alone enter only as totals.
/// </summary>
/// <param name="Column">The column, as the dataset calls it.</param>
/// <param name="Decade">The first year of the decade; null for undated movies.</param>
/// <param name="Before">Movies of the previous snapshot with a known value.</param>
/// <param name="Lost">Movies whose value is no longer known.</param>
/// <param name="Changed">Movies whose known value became another known one.</param>
/// <param name="Moved">Of these, movies whose number moved far more than popularity and votes do in a month; for titles, those with letters beyond ASCII.</param>
/// <param name="SumBefore">The sum of the previous values of movies whose value is known in both versions; null for columns without numbers.</param>
/// <param name="SumAfter">The sum of their new values.</param>
internal sealed record ColumnChange(string Column, int? Decade, long Before, long Lost, long Changed, long Moved, double? SumBefore, double? SumAfter)
{
    private static readonly string Decades = "CAST(FLOOR(p.release_year / 10.0) * 10 AS INTEGER)";

    /// <summary>Columns whose values change every month.</summary>
    public static bool IsVolatile(string column) => column is "popularity" or "vote_average" or "vote_count";

    /// <summary>Compares the version of each movie that snapshot <paramref name="current"/> ends with the one that it begins.</summary>
    public static async Task<IReadOnlyList<ColumnChange>> ReadAsync(
        DbConnection connection, int previous, int current, long movies, CancellationToken cancellationToken)
    {
        var sample = GateSample.BuildCondition("p", movies);
        var before = (await connection.QueryAsync(
            $"""
            SELECT {Decades}, {string.Join(", ", MovieField.All.Select(field => $"COUNT(p.{field.Name})"))}
            FROM movie p WHERE {AsOf.Build("p", previous)} AND {sample} GROUP BY 1
            """,
            row => (Decade: GetDecade(row), Counts: MovieField.All.Select((_, index) => row.GetInt64(index + 1)).ToArray()),
            cancellationToken).ConfigureAwait(false)).ToDictionary(row => row.Decade ?? int.MinValue, row => row.Counts);
        var columns = MovieField.All.SelectMany(field => (string[])
        [
            $"COUNT(p.{field.Name}) - COUNT(CASE WHEN p.{field.Name} IS NOT NULL THEN n.{field.Name} END)",
            $"COUNT(*) FILTER (WHERE p.{field.Name} <> n.{field.Name})", $"COUNT(*) FILTER (WHERE {BuildMoved(field)})", BuildSum("p", field), BuildSum("n", field),
        ]);
        var changes = await connection.QueryAsync(
            $"""
            SELECT {Decades}, {string.Join(", ", columns)}
            FROM movie p JOIN movie n ON n.movie_id = p.movie_id
            WHERE p.until = {Number(current)} AND p.since < {Number(current)} AND n.since = {Number(current)} AND {sample} GROUP BY 1
            """,
            row => MovieField.All.Select((field, index) => Read(row, field, 1 + (index * 5), index)).ToList(),
            cancellationToken).ConfigureAwait(false);
        return [.. changes.SelectMany(change => change)];

        ColumnChange Read(DbDataReader row, MovieField field, int column, int index) => new(
            field.SourceName, GetDecade(row), before.GetValueOrDefault(GetDecade(row) ?? int.MinValue)?[index] ?? 0, row.GetInt64(column), row.GetInt64(column + 1),
            row.GetInt64(column + 2), FiguresReader.GetDouble(row, column + 3), FiguresReader.GetDouble(row, column + 4));
    }

    /// <summary>Returns up to three movies whose value of a column a load changed, with both values.</summary>
    public static async Task<string> ReadExamplesAsync(DbConnection connection, int current, string column, CancellationToken cancellationToken)
    {
        var name = MovieField.All.First(field => field.SourceName == column).Name;
        var rows = await connection.QueryAsync(
            $"""
            SELECT p.movie_id, CAST(p.{name} AS TEXT), CAST(n.{name} AS TEXT)
            FROM movie p JOIN movie n ON n.movie_id = p.movie_id
            WHERE p.until = {Number(current)} AND p.since < {Number(current)} AND n.since = {Number(current)} AND p.{name} IS DISTINCT FROM n.{name}
              AND p.{name} IS NOT NULL
            ORDER BY p.movie_id LIMIT 3
            """,
            row => $"{row.GetInt64(0)}: {Shorten(row.GetText(1))} → {Shorten(row.GetText(2))}",
            cancellationToken).ConfigureAwait(false);
        return string.Join(", ", rows);
    }

    private static string Shorten(string? text) => text is null ? "unknown" : text.Length <= 40 ? text : $"{text.AsSpan(0, 40)}…";

    /// <summary>
    /// Popularity and vote counts move by a factor of more than five, mean votes by more than one. Of titles, those count that a wrong encoding changes. Other columns
    /// are not judged by this.
    /// </summary>
    private static string BuildMoved(MovieField field) => field.Name switch
    {
        "popularity" => "p.popularity > 0 AND n.popularity > 0 AND (n.popularity > p.popularity * 5 OR p.popularity > n.popularity * 5)",
        "vote_count" => "ABS(n.vote_count - p.vote_count) > 10 AND (n.vote_count > p.vote_count * 5.0 OR p.vote_count > n.vote_count * 5.0)",
        "title" or "original_title" => $"p.{field.Name} <> n.{field.Name} AND BIT_LENGTH(p.{field.Name}) > 8 * LENGTH(p.{field.Name})",
        "vote_average" => "ABS(n.vote_average - p.vote_average) > 1",
        _ => "FALSE",
    };

    private static string BuildSum(string alias, MovieField field) => FiguresReader.IsNumber(field)
        ? $"CAST(SUM(CASE WHEN p.{field.Name} IS NOT NULL AND n.{field.Name} IS NOT NULL THEN {alias}.{field.Name} END) AS DOUBLE PRECISION)"
        : "CAST(NULL AS DOUBLE PRECISION)";

    private static int? GetDecade(DbDataReader row) => row.IsDBNull(0) ? null : row.GetInt32(0);

    private static string Number(int snapshot) => snapshot.ToString(CultureInfo.InvariantCulture);
}
