using CineLedger.Reports;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>How a movie came into the ledger and changed since, up to the snapshot of the page.</summary>
/// <param name="Table">A row for each coming and going, and one for each field that changed.</param>
/// <param name="First">The snapshot that brought it.</param>
/// <param name="Last">The last snapshot that had it, where the page's has not; null where it has.</param>
public sealed record MovieHistory(TableView Table, int First, int? Last)
{
    /// <summary>Whether it stands as it came.</summary>
    public bool IsUnchanged => Table.Rows.Count == 1;

    /// <summary>Throws <see cref="Model.UnknownMovieException"/> for a movie that the ledger never had.</summary>
    public static async Task<MovieHistory> ReadAsync(PageRequest request, long movieId, CancellationToken cancellationToken)
    {
        var changes = await request.Ledger.ReadTableAsync(
            FormattableString.Invariant($"history {movieId}"),
            async (connection, cancel) => new DbResult(
                SnapshotDiff.HistoryColumns, (await SnapshotDiff.ReadHistoryAsync(connection, movieId, cancel, request.Snapshot.Id)).CreateDataReader()),
            cancellationToken);
        var rows = new List<TableViewRow>();
        foreach (var version in changes.Rows.GroupBy(row => (Snapshot: row.GetInteger("snapshot_id"), Change: row.GetText("change"))))
        {
            // What it came with stands on the page as of that snapshot.
            var fields = version.Key.Change == "changed" ? version : version.Take(1);
            rows.AddRange(fields.Select(row => new TableViewRow(
            [
                new(row.GetInteger("snapshot_id")) { Link = request.GetAddress(request.State with { Snapshot = (int)row.GetInteger("snapshot_id") }) },
                new(FormatDay(row["published_at"])),
                .. version.Key.Change == "changed"
                    ? (TableViewCell[])[new(row.GetText("field")), new(row["before"]), new(row["after"])]
                    : [new(version.Key.Change == "added" ? "came into the ledger" : "was removed from it")],
            ])));
        }

        // Before and after are of fields: where none changed, there is no column for them.
        string[] headings = rows.Exists(row => row.Cells.Count > 3) ? ["What", "Before", "After"] : ["What"];
        var last = changes.Rows[^1];
        return new MovieHistory(
            new TableView(
                "What changed from snapshot to snapshot",
                [new("Snapshot", Unit.Year), new("Published"), .. headings.Select(heading => new TableViewColumn(heading))],
                rows),
            (int)changes.Rows[0].GetInteger("snapshot_id"),
            last.GetText("change") == "removed" ? (int)last.GetInteger("snapshot_id") - 1 : null);
    }

    private static string? FormatDay(object? time) => (time as DateTime?)?.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A movie that an earlier snapshot had.</summary>
public sealed record RemovedMovie(long MovieId, MovieHistory History);
