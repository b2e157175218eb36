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
            "SELECT column_name, known, total, median, largest FROM snapshot_figure WHERE snapshot_id = $1",
            row => new ColumnFigures(row.GetString(0), row.GetInt64(1), GetDouble(row, 2), GetDouble(row, 3), GetDouble(row, 4)),
            cancellationToken, snapshot).ConfigureAwait(false);
        return rows.Find(row => row.Name == MovieCount) is { } movies ? new(movies.Known, [.. rows.Where(row => row != movies)]) : null;
    }

    /// <summary>Inserts the figures of a snapshot, in the transaction that publishes it.</summary>
    public static Task InsertAsync(DbConnection connection, int snapshot, LedgerFigures figures, CancellationToken cancellationToken) => connection.InsertAsync(
        "snapshot_figure",
        [
            [snapshot, MovieCount, figures.Movies, null, null, null],
            .. figures.Columns.Select(column => (object?[])[snapshot, column.Name, column.Known, column.Sum, column.Median, column.Max]),
        ],
        cancellationToken);

    private static double? GetDouble(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
