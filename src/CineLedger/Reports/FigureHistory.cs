using System.Data.Common;
using CineLedger.Storage;
using CineLedger.Storage.Operations;

namespace CineLedger.Reports;

/// <summary>The share of movies for which each column was known, over the snapshots whose loads recorded it.</summary>
/// <param name="Snapshots">The snapshots, oldest first.</param>
/// <param name="Shares">The shares from 0 to 1 by column, one per snapshot; null where a load did not record the column.</param>
public sealed record FigureHistory(IReadOnlyList<int> Snapshots, IReadOnlyDictionary<string, IReadOnlyList<double?>> Shares)
{
    private const int MaxSnapshots = 60;

    /// <summary>Reads the newest 60 snapshots up to a given one; none from a ledger that does not record figures.</summary>
    public static async Task<FigureHistory> ReadAsync(DbConnection connection, int snapshot, IReadOnlyCollection<string> columns, CancellationToken cancellationToken)
    {
        var figures = await GateRows.ExistsAsync(connection, cancellationToken).ConfigureAwait(false)
            ? await connection.QueryAsync(
                """
                SELECT f.snapshot_id, f.column_name, f.known, a.known
                FROM snapshot_figure f JOIN snapshot_figure a ON a.snapshot_id = f.snapshot_id AND a.column_name = 'id'
                WHERE f.snapshot_id <= $1 ORDER BY f.snapshot_id
                """,
                row => (Snapshot: row.GetInt32(0), Column: row.GetString(1), Known: row.GetInt64(2), Movies: row.GetInt64(3)),
                cancellationToken, snapshot).ConfigureAwait(false)
            : [];
        var snapshots = figures.Select(figure => figure.Snapshot).Distinct().TakeLast(MaxSnapshots).ToList();
        var known = figures.Where(figure => figure.Movies > 0).ToDictionary(figure => (figure.Snapshot, figure.Column), figure => (double?)figure.Known / figure.Movies);
        return new(
            snapshots,
            columns.ToDictionary(column => column, column => (IReadOnlyList<double?>)[.. snapshots.Select(number => known.GetValueOrDefault((number, column)))]));
    }
}
