using CineLedger.Reports;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>The history of a movie in the ledger, up to the snapshot of the page.</summary>
/// <param name="Table">One row for each addition or removal, and one for each changed field.</param>
/// <param name="First">The snapshot that added the movie.</param>
/// <param name="Last">The last snapshot that contains the movie, if the page's snapshot does not; otherwise null.</param>
public sealed record MovieHistory(TableView Table, int First, int? Last)
{
    /// <summary>Whether the movie is unchanged since it was added.</summary>
    public bool IsUnchanged => Table.Rows.Count == 1;

    /// <summary>Throws <see cref="Model.UnknownMovieException"/> for a movie that the ledger has never had.</summary>
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
            // The values of an added movie are on the page as of that snapshot.
            var fields = version.Key.Change == "changed" ? version : version.Take(1);
            rows.AddRange(fields.Select(row => new TableViewRow(
            [
                new(row.GetInteger("snapshot_id")) { Link = request.GetAddress(request.State with { Snapshot = (int)row.GetInteger("snapshot_id") }) },
                new(FormatDay(row["published_at"])),
                .. version.Key.Change == "changed"
                    ? (TableViewCell[])[new(row.GetText("field")), new(row["before"]), new(row["after"])]
                    : [new(version.Key.Change == "added" ? "added to the ledger" : "removed from the ledger")],
            ])));
        }

        // Only field changes have values before and after; without any, the columns are omitted.
        string[] headings = rows.Exists(row => row.Cells.Count > 3) ? ["Change", "Before", "After"] : ["Change"];
        var last = changes.Rows[^1];
        return new MovieHistory(
            new TableView(
                "Changes by snapshot",
                [new("Snapshot", Unit.Year), new("Published"), .. headings.Select(heading => new TableViewColumn(heading))],
                rows),
            (int)changes.Rows[0].GetInteger("snapshot_id"),
            last.GetText("change") == "removed" ? (int)last.GetInteger("snapshot_id") - 1 : null);
    }

    private static string? FormatDay(object? time) => (time as DateTime?)?.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A movie that only earlier snapshots contain.</summary>
public sealed record RemovedMovie(long MovieId, MovieHistory History);
