using CineLedger.Reports;

namespace CineLedger.Web.Dashboard.Films;

/// <summary>How a film came into the ledger and changed since, up to the snapshot of the page.</summary>
/// <param name="Table">A row for each coming and going, and one for each field that changed.</param>
/// <param name="First">The snapshot that brought it.</param>
/// <param name="Last">The last snapshot that had it, where the page's has not; null where it has.</param>
public sealed record FilmHistory(TableView Table, int First, int? Last)
{
    /// <summary>Whether it stands as it came.</summary>
    public bool IsUnchanged => Table.Rows.Count == 1;

    /// <summary>Throws <see cref="Model.UnknownMovieException"/> for a film that the ledger never had.</summary>
    public static async Task<FilmHistory> ReadAsync(PageRequest request, long movieId, CancellationToken cancellationToken)
    {
        var changes = await request.Ledger.TableAsync(
            FormattableString.Invariant($"history {movieId}"),
            async (connection, cancel) => new DbResult(
                SnapshotChanges.HistoryColumns, (await SnapshotChanges.HistoryAsync(connection, movieId, cancel, request.Snapshot.Id)).CreateDataReader()),
            cancellationToken);
        var rows = new List<TableRow>();
        foreach (var version in changes.Rows.GroupBy(row => (Snapshot: row.Whole("snapshot_id"), Change: row.Text("change"))))
        {
            // What it came with stands on the page as of that snapshot.
            var fields = version.Key.Change == "changed" ? version : version.Take(1);
            rows.AddRange(fields.Select(row => new TableRow(
            [
                new(row.Whole("snapshot_id")) { Link = request.Here(request.State with { Snapshot = (int)row.Whole("snapshot_id") }) },
                new(Day(row["published_at"])),
                .. version.Key.Change == "changed"
                    ? (Cell[])[new(row.Text("field")), new(row["before"]), new(row["after"])]
                    : [new(version.Key.Change == "added" ? "came into the ledger" : "was removed from it")],
            ])));
        }

        // Before and after are of fields: where none changed, there is no column for them.
        string[] headings = rows.Exists(row => row.Cells.Count > 3) ? ["What", "Before", "After"] : ["What"];
        var last = changes.Rows[^1];
        return new FilmHistory(
            new TableView(
                "What changed from snapshot to snapshot",
                [new("Snapshot", Unit.Year), new("Published"), .. headings.Select(heading => new TableColumn(heading))],
                rows),
            (int)changes.Rows[0].Whole("snapshot_id"),
            last.Text("change") == "removed" ? (int)last.Whole("snapshot_id") - 1 : null);
    }

    private static string? Day(object? time) => (time as DateTime?)?.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A film that an earlier snapshot had.</summary>
public sealed record FilmGone(long MovieId, FilmHistory History);
