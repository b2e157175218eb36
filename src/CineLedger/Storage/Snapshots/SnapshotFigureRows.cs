using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Storage.Snapshots;

/// <summary>The table of the figures that the quality gates compare, by snapshot.</summary>
internal static class SnapshotFigureRows
{
    /// <summary>The column name under which all movies are counted.</summary>
    private const string MovieCount = "id";

    /// <summary>Returns the figures of a snapshot; null if none were computed for it.</summary>
    public static async Task<LedgerFigures?> FindAsync(DbConnection connection, int snapshot, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync(
            "SELECT column_name, known, total, median, largest, names, top_name, top_movies FROM snapshot_figure WHERE snapshot_id = $1",
            row => (
                Name: row.GetString(0), Known: row.GetInt64(1), Sum: GetDouble(row, 2), Median: GetDouble(row, 3), Max: GetDouble(row, 4),
                Names: row.IsDBNull(5) ? (long?)null : row.GetInt64(5), Top: row.GetText(6), TopMovies: row.IsDBNull(7) ? 0 : row.GetInt64(7)),
            cancellationToken, snapshot).ConfigureAwait(false);
        return rows.Find(row => row.Name == MovieCount) is { Name: not null } movies
            ? new(
                movies.Known,
                [.. rows.Where(row => row.Names is null && row.Name != MovieCount).Select(row => new ColumnFigures(row.Name, row.Known, row.Sum, row.Median, row.Max))],
                [.. rows.Where(row => row.Names is not null).Select(row => new ListFigures(row.Name, row.Known, row.Names!.Value, row.Top, row.TopMovies))])
            : null;
    }

    /// <summary>Inserts the figures of a snapshot, in the transaction that publishes it.</summary>
    public static Task InsertAsync(DbConnection connection, int snapshot, LedgerFigures figures, CancellationToken cancellationToken) => connection.InsertAsync(
        "snapshot_figure",
        [
            [snapshot, MovieCount, figures.Movies, null, null, null, null, null, null],
            .. figures.Columns.Select(column => (object?[])[snapshot, column.Name, column.Known, column.Sum, column.Median, column.Max, null, null, null]),
            .. figures.Lists.Select(list => (object?[])[snapshot, list.Name, list.Movies, null, null, null, list.Names, list.Top, list.TopMovies]),
        ],
        cancellationToken);

    private static double? GetDouble(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
