using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Reports.Explanations;

/// <summary>The change of one figure from the previous snapshot to a snapshot.</summary>
/// <param name="Previous">The previous snapshot.</param>
/// <param name="Before">The value of the figure in that snapshot; null if it was unknown.</param>
/// <param name="Movies">The movies that changed the figure, the largest change first.</param>
/// <param name="Count">The number of all movies that changed the figure.</param>
public sealed record FigureChange(int Previous, double? Before, IReadOnlyList<ChangedMovie> Movies, long Count)
{
    private const int MaxMovies = 10;

    /// <summary>Compares a figure with the previous snapshot. Returns null for the oldest snapshot that is kept.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="figure">A query of at most one row, whose first measure is the figure.</param>
    /// <param name="selection">The movies of the figure, from <see cref="MovieList.CreateQuery"/>.</param>
    /// <param name="snapshot">The snapshot of the figure.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<FigureChange?> ReadAsync(
        DbConnection connection, QueryRequest figure, QueryRequest selection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var id = await connection.ExecuteScalarAsync(
            "SELECT MAX(snapshot_id) FROM snapshot WHERE state = 'published' AND snapshot_id < $1", cancellationToken, snapshot.Id).ConfigureAwait(false);
        if (id is not int number || await SnapshotRows.TryFindAsync(connection, number, cancellationToken).ConfigureAwait(false) is not { } previous)
        {
            return null;
        }

        var sql = BuildMovies(selection, SelectedValue.Create(figure.Measures[0], acrossSnapshots: true), snapshot.Id, previous.Id);
        var count = 0L;
        var movies = await connection.QueryAsync(
            sql.Text,
            row =>
            {
                count = row.GetInt64(6);
                return new ChangedMovie(
                    row.GetInt64(0),
                    row.IsDBNull(1) ? null : row.GetString(1),
                    row.IsDBNull(2) ? ChangeKind.Added : row.IsDBNull(3) ? ChangeKind.Removed : ChangeKind.Changed,
                    row.IsDBNull(4) ? null : row.GetDouble(4),
                    row.IsDBNull(5) ? null : row.GetDouble(5));
            },
            cancellationToken,
            [.. sql.Parameters]).ConfigureAwait(false);
        return new(previous.Id, await ReadValueAsync(connection, figure, previous, cancellationToken).ConfigureAwait(false), movies, count);
    }

    private static async Task<double?> ReadValueAsync(DbConnection connection, QueryRequest figure, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var result = await ReportRunner.OpenAsync(connection, figure, snapshot, cancellationToken).ConfigureAwait(false);
        await using (result.ConfigureAwait(false))
        {
            return await result.Rows.ReadAsync(cancellationToken).ConfigureAwait(false) && !result.Rows.IsDBNull(figure.By.Count)
                ? Convert.ToDouble(result.Rows.GetValue(figure.By.Count), System.Globalization.CultureInfo.InvariantCulture)
                : null;
        }
    }

    /// <summary>Builds the movies that only one of two snapshots selects, or for which the value differs.</summary>
    private static SqlBuilder BuildMovies(QueryRequest selection, SelectedValue? value, int snapshot, int previous)
    {
        var sql = new SqlBuilder();
        var (now, before) = (new MovieSql(selection, value?.Needs ?? [], sql, sql.Add(snapshot)), new MovieSql(selection, value?.Needs ?? [], sql, sql.Add(previous)));
        var amount = value?.Sql ?? "CAST(1 AS FLOAT8)";
        sql.Text = $"""
            WITH {now.BuildTable("movies_now")},
            {before.BuildTable("movies_before")},
            both_snapshots AS (
                SELECT x.movie_id, MAX(x.since_before) AS since_before, MAX(x.since_now) AS since_now, MAX(x.amount_before) AS amount_before, MAX(x.amount_now) AS amount_now
                FROM (
                    SELECT f.movie_id, CAST(NULL AS INTEGER) AS since_before, f.since AS since_now, CAST(NULL AS FLOAT8) AS amount_before, {amount} AS amount_now
                    FROM movies_now f
                    UNION ALL
                    SELECT f.movie_id, f.since, CAST(NULL AS INTEGER), {amount}, CAST(NULL AS FLOAT8) FROM movies_before f) x
                GROUP BY x.movie_id)
            SELECT b.movie_id, m.title, b.since_before, b.since_now, b.amount_before, b.amount_now, COUNT(*) OVER ()
            FROM both_snapshots b JOIN movie m ON m.movie_id = b.movie_id AND m.since = COALESCE(b.since_now, b.since_before)
            WHERE b.since_before IS NULL OR b.since_now IS NULL OR b.amount_before IS DISTINCT FROM b.amount_now
            ORDER BY ABS(COALESCE(b.amount_now, 0) - COALESCE(b.amount_before, 0)) DESC, b.movie_id
            LIMIT {MaxMovies}
            """;
        return sql;
    }
}

/// <summary>A movie that changed a figure.</summary>
/// <param name="Title">The title; null if unknown.</param>
/// <param name="Kind">Whether the figure now includes the movie, no longer includes it, or includes it with another value.</param>
/// <param name="Before">The value of the movie before; null if unknown.</param>
/// <param name="After">The value of the movie now; null if unknown.</param>
public sealed record ChangedMovie(long MovieId, string? Title, ChangeKind Kind, double? Before, double? After);
