using System.Data.Common;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Snapshots;

/// <summary>
/// The table of the totals by year of all movies, of each month and of each company, genre and studio. Publishing the movies of a complete load, an imported list of
/// studios or a reverted snapshot writes them; the few changes of a merge or a push do not, and reports then read the movies.
/// </summary>
internal static class TotalRows
{
    public const string Table = "snapshot_total";

    /// <summary>The value of the column <c>dimension</c> for all movies, each counted once. A kind of names has the name of its table.</summary>
    public const string AllMovies = "movie";

    /// <summary>The value of the column <c>dimension</c> for all movies by month: <c>name_id</c> is 1 to 12. Movies without a month are not counted.</summary>
    private const string Months = "month";

    /// <summary>The kinds of names with totals, and their links to movies, each name of a movie once, as of the snapshot <c>$1</c>.</summary>
    private static readonly (string Names, string Links)[] Linked =
    [
        ("company", "movie_company"),
        ("genre", "movie_genre"),
        ("studio", $"(SELECT x.movie_id, x.since, x.studio_id FROM ({StudioSql.BuildLinks("$1")}) x GROUP BY x.movie_id, x.since, x.studio_id)"),
    ];

    /// <summary>Returns whether a kind of names has totals.</summary>
    public static bool HasNames(string names) => Linked.Any(kind => kind.Names == names);

    /// <summary>Returns whether a snapshot has totals; false in a ledger of an older version.</summary>
    public static async Task<bool> ExistAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken) =>
        await Migrations.HasProfilesAsync(connection, cancellationToken).ConfigureAwait(false)
        && await connection.ExecuteScalarAsync(
            $"SELECT 1 FROM {Table} WHERE snapshot_id = $1 AND dimension = '{AllMovies}' LIMIT 1", cancellationToken, snapshot).ConfigureAwait(false) is not null;

    /// <summary>Returns the number of releases of each month; null without totals.</summary>
    public static async Task<IReadOnlyList<(int Year, int Month, long Releases)>?> FindMonthsAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken) =>
        await ExistAsync(connection, snapshot, cancellationToken).ConfigureAwait(false)
            ? await connection.QueryAsync(
                $"SELECT release_year, name_id, movies FROM {Table} WHERE snapshot_id = $1 AND dimension = '{Months}'",
                row => (row.GetInt32(0), row.GetInt32(1), row.GetInt64(2)), cancellationToken, snapshot).ConfigureAwait(false)
            : null;

    /// <summary>Writes the totals of a snapshot, in the transaction that publishes it. Call it when the rows of the snapshot itself and of its studios are written.</summary>
    public static async Task WriteAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(BuildInsert(AllMovies, "0", ""), cancellationToken, snapshot).ConfigureAwait(false);
        await connection.ExecuteAsync(BuildInsert(Months, "f.release_month", "", " AND f.release_month IS NOT NULL"), cancellationToken, snapshot).ConfigureAwait(false);
        foreach (var (names, links) in Linked)
        {
            await connection.ExecuteAsync(
                BuildInsert(names, $"l.{names}_id", $" JOIN {links} l ON l.movie_id = f.movie_id AND l.since = f.since"), cancellationToken, snapshot).ConfigureAwait(false);
        }
    }

    private static string BuildInsert(string dimension, string name, string join, string condition = "") =>
        $"""
        INSERT INTO {Table}
        SELECT CAST($1 AS INTEGER), '{dimension}', {name}, f.release_year, COUNT(*), CAST(SUM(f.budget) AS DECIMAL(38, 0)), COUNT(f.budget), CAST(SUM(f.revenue) AS DECIMAL(38, 0)), COUNT(f.revenue),
               CAST(SUM(f.revenue - f.budget) AS DECIMAL(38, 0)), CAST(SUM(CASE WHEN f.revenue IS NOT NULL THEN f.budget END) AS DECIMAL(38, 0)), COUNT(f.revenue - f.budget), SUM(f.popularity), COUNT(f.popularity)
        FROM movie f{join}
        WHERE {AsOf.Build("f")} AND f.release_year IS NOT NULL AND {UnreleasedMovies.BuildExclusion("f", "$1")}{condition}
        GROUP BY {(name == "0" ? "" : $"{name}, ")}f.release_year
        """;
}
