using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage.Schema;

namespace CineLedger.Storage.Snapshots;

/// <summary>
/// The table of the totals by year of all movies, of each month and of each company, genre and studio. Publishing the movies of a complete load, an imported list of
/// studios or a reverted snapshot writes them; the few changes of a merge or a push do not, and reports then read the movies.
/// </summary>
internal static class TotalRows
{
    public const string Table = "snapshot_total";

    /// <summary>
    /// The value of the column <c>dimension</c> for all movies, each counted once: <c>name_id</c> is the month, or 0 if only the year is known. For companies, genres and
    /// studios the column has the name of their table.
    /// </summary>
    public const string AllMovies = "movie";

    /// <summary>Up to this number of movies, all totals are written by one statement.</summary>
    private const long MaxTogether = 100_000;

    /// <summary>Sums up to this fit into 64 bits.</summary>
    private const long MaxDollars = 9_000_000_000_000_000_000;

    /// <summary>Sums up to this fit into a decimal of 18 digits, of which six are decimal places.</summary>
    private const long MaxPopularity = 900_000_000_000;

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

    /// <summary>Returns the number of releases of each month; null without totals of months.</summary>
    public static async Task<IReadOnlyList<(int Year, int Month, long Releases)>?> FindMonthsAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken) =>
        await Migrations.HasProfilesAsync(connection, cancellationToken).ConfigureAwait(false)
        && await connection.QueryAsync(
            $"SELECT release_year, name_id, CAST(movies AS BIGINT) FROM {Table} WHERE snapshot_id = $1 AND dimension = '{AllMovies}' AND name_id > 0",
            row => (row.GetInt32(0), row.GetInt32(1), row.GetInt64(2)), cancellationToken, snapshot).ConfigureAwait(false) is { Count: > 0 } months
            ? months
            : null;

    /// <summary>
    /// Writes the totals of a snapshot, in the transaction that publishes it. Call it when the rows of the snapshot itself and of its studios are written. Nothing is
    /// written if the amounts or scores of all movies exceed the range of a column: no file may make a load fail by its sums.
    /// </summary>
    public static async Task WriteAsync(Ledger ledger, Snapshot snapshot, CancellationToken cancellationToken)
    {
        await ledger.PrepareGroupingAsync(cancellationToken).ConfigureAwait(false);
        if (await ledger.Connection.ExecuteScalarAsync(
            $"SELECT 1 FROM movie f WHERE {AsOf.Build("f")} HAVING SUM(f.budget) > {MaxDollars} OR SUM(f.revenue) > {MaxDollars} OR SUM(f.popularity) > {MaxPopularity}",
            cancellationToken, snapshot.Id).ConfigureAwait(false) is not null)
        {
            return;
        }

        string[] selects =
        [
            BuildSelect(AllMovies, "COALESCE(f.release_month, 0)", ""),
            .. Linked.Select(kind => BuildSelect(kind.Names, $"l.{kind.Names}_id", $"JOIN {kind.Links} l ON l.movie_id = f.movie_id AND l.since = f.since")),
        ];

        // Together they share a scan of the movies and the processors, but need memory at the same time.
        foreach (var statement in snapshot.Movies > MaxTogether ? selects : [string.Join("\nUNION ALL\n", selects)])
        {
            await ledger.Connection.ExecuteAsync(
                $"""
                INSERT INTO {Table}
                WITH released AS (
                    SELECT f.movie_id, f.since, f.release_year, f.release_month, f.budget, f.revenue, f.popularity
                    FROM movie f
                    WHERE {AsOf.Build("f")} AND f.release_year IS NOT NULL AND {UnreleasedMovies.BuildExclusion("f", "$1")})
                {statement}
                """,
                cancellationToken, snapshot.Id).ConfigureAwait(false);
        }
    }

    private static string BuildSelect(string dimension, string name, string join) =>
        $"""
        SELECT CAST($1 AS INTEGER), '{dimension}', {name}, f.release_year, COUNT(*),
               CAST(SUM(f.budget) AS BIGINT), COUNT(f.budget), CAST(SUM(f.revenue) AS BIGINT), COUNT(f.revenue), CAST(SUM(f.revenue - f.budget) AS BIGINT),
               CAST(SUM(CASE WHEN f.revenue IS NOT NULL THEN f.budget END) AS BIGINT), COUNT(f.revenue - f.budget), SUM(f.popularity), COUNT(f.popularity)
        FROM released f {join}
        GROUP BY {name}, f.release_year
        """;
}
