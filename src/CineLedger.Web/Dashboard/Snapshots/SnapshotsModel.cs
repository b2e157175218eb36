using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Quality;

namespace CineLedger.Web.Dashboard.Snapshots;

/// <summary>All snapshots and the most recent loads.</summary>
/// <param name="Snapshots">The snapshots, newest first.</param>
/// <param name="Table">The table of snapshots.</param>
/// <param name="Chart">The changes in each snapshot after the oldest; null when there is only one.</param>
/// <param name="Loads">The most recent loads, whatever their outcome.</param>
public sealed record SnapshotsModel(IReadOnlyList<Snapshot> Snapshots, TableView Table, ChartView? Chart, TableView Loads)
{
    public const string TimeFormat = "d MMM yyyy, HH:mm";

    private const int MaxLoads = 20;

    public static Task<SnapshotsModel> ReadAsync(PageRequest request, CancellationToken cancellationToken) => request.Ledger.ReadUncachedAsync(
        async (connection, cancel) =>
        {
            var snapshots = (await SnapshotRows.ListAsync(connection, cancel)).Select(snapshot => snapshot.WithoutPaths()).Reverse().ToList();
            var loads = await LoadHistory.ListAsync(connection, new LoadFilter { Limit = MaxLoads }, cancel);
            return new SnapshotsModel(
                snapshots,
                CreateTable(snapshots, await CountFindingsAsync(connection, cancel), request),
                snapshots.Count > 1 ? CreateChart(snapshots, request.State) : null,
                LoadTable.Create(loads, request.ShowsDetails));
        },
        cancellationToken);

    /// <summary>Formats a time for readers.</summary>
    public static string FormatTime(DateTime time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static async Task<Dictionary<int, long>> CountFindingsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        (await connection.QueryAsync(
            "SELECT snapshot_id, CAST(SUM(occurrences) AS BIGINT) FROM finding GROUP BY snapshot_id",
            row => (Snapshot: row.GetInt32(0), Findings: row.GetInt64(1)),
            cancellationToken)).ToDictionary(count => count.Snapshot, count => count.Findings);

    private static TableView CreateTable(List<Snapshot> snapshots, Dictionary<int, long> findings, PageRequest request) => new(
        "Snapshots, newest first",
        [
            new("Snapshot", Unit.Year), new("Published (UTC)"), new("Source"), new("Records", Unit.Count) { Title = "movie records read" }, new("Movies", Unit.Count),
            new("Added", Unit.Count), new("Changed", Unit.Count), new("Removed", Unit.Count), new("Findings", Unit.Count), new("Compare"), new("View"),
        ],
        [
            .. snapshots.Select((snapshot, i) =>
            {
                var asOf = request.State with { Snapshot = snapshot.Id == request.Newest.Id ? null : snapshot.Id };
                var before = i + 1 < snapshots.Count ? snapshots[i + 1].Id : (int?)null;
                return new TableViewRow(
                [
                    new TableViewCell(snapshot.Id),
                    new TableViewCell(FormatTime(snapshot.PublishedAt)),
                    new TableViewCell(snapshot.Source + (snapshot.Synthetic ? " (synthetic)" : "")) { Note = snapshot.SourceVersion },
                    new TableViewCell(snapshot.Records),
                    new TableViewCell(snapshot.Movies) { Note = string.Create(CultureInfo.InvariantCulture, $"{snapshot.Undated:N0} without a release date") },
                    new TableViewCell(snapshot.Added), new TableViewCell(snapshot.Changed), new TableViewCell(snapshot.Removed),
                    new TableViewCell(findings.GetValueOrDefault(snapshot.Id)) { Link = FindingSearch.GetLink(asOf) },
                    before is { } from
                        ? new TableViewCell(string.Create(CultureInfo.InvariantCulture, $"{from} → {snapshot.Id}"))
                        {
                            Link = SnapshotDiffSearch.GetLink(request.State, from, snapshot.Id),
                        }
                        : new TableViewCell("oldest kept"),
                    new TableViewCell(string.Create(CultureInfo.InvariantCulture, $"as of {snapshot.Id}")) { Link = asOf.GetLink("/") },
                ]);
            }),
        ]);

    private static ChartView CreateChart(List<Snapshot> snapshots, PageState state)
    {
        // The oldest snapshot added all its movies; beside its bar the others would be invisible.
        var shown = snapshots.SkipLast(1).Reverse().ToList();
        return new ChartView(
            ChartViewKind.Stacked,
            Unit.Count,
            [.. shown.Select(snapshot => snapshot.Id.ToString(CultureInfo.InvariantCulture))],
            [
                new ChartViewSeries("Added", [.. shown.Select(snapshot => (double?)snapshot.Added)]) { Color = ChartColor.Revenue },
                new ChartViewSeries("Changed", [.. shown.Select(snapshot => (double?)snapshot.Changed)]) { Color = ChartColor.Foreground },
                new ChartViewSeries("Removed", [.. shown.Select(snapshot => (double?)snapshot.Removed)]) { Color = ChartColor.Unknown },
            ])
        {
            Name = "snapshots",
            Description = "Movies added, changed and removed by each snapshot except the oldest.",
            Links = [.. shown.Select((snapshot, i) => SnapshotDiffSearch.GetLink(state, i == 0 ? snapshots[^1].Id : shown[i - 1].Id, snapshot.Id))],
            Height = ChartHeight.Low,
        };
    }
}
