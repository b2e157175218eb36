using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Web.Dashboard.Snapshots;

/// <summary>The table of loads and their outcomes, newest first.</summary>
internal static class LoadTable
{
    /// <param name="loads">The loads.</param>
    /// <param name="showsDetails">Whether the reader may see why a load failed.</param>
    public static TableView Create(IReadOnlyList<LoadRecord> loads, bool showsDetails) => new(
        "Recent loads",
        [
            new("Started (UTC)"), new("Trigger"), new("State"), new("Snapshot", Unit.Year), new("Duration"), new("Records", Unit.Count), new("Source"), new("Message"),
        ],
        [
            .. loads.Select(load => new TableViewRow(
            [
                new TableViewCell(SnapshotsModel.FormatTime(load.StartedAt)),
                new TableViewCell(load.Trigger is { } trigger ? LoadNames.GetName(trigger) : null),
                new TableViewCell(GetOutcome(load.State)) { Note = LoadNames.GetName(load.State) },
                new TableViewCell(load.SnapshotId), new TableViewCell(FormatDuration(load.Duration)), new TableViewCell(load.Counts?.Records),
                new TableViewCell(SourceName.RemovePaths(load.Source)),
                new TableViewCell(showsDetails ? DescribeEnd(load) : null),
            ])),
        ])
    { EmptyText = "No loads recorded." };

    private static string GetOutcome(LoadState state) => state switch
    {
        LoadState.Running => "running",
        LoadState.Published => "✓ published",
        LoadState.Unchanged => "✓ no changes",
        LoadState.Gated => "✗ stopped by a quality gate",
        LoadState.Busy => "✗ another load was running",
        LoadState.Failed => "✗ failed",
        LoadState.Cancelled => "✗ cancelled",
        _ => "✗ process died",
    };

    /// <summary>Describes why a load failed, or what was accepted in it; null if there is nothing to say.</summary>
    private static string? DescribeEnd(LoadRecord load) => load switch
    {
        { Error: { } error } => SourceName.RemovePaths(error),
        { Violations: { Count: > 0 } violations } =>
            string.Join("; ", violations.Select(violation => $"{violation.Gate}: {violation.Message}, accepted by {violation.AcceptedBy}")),
        { MissingColumns: { Count: > 0 } columns } => $"not in the source: {string.Join(", ", columns)}",
        _ => null,
    };

    private static string? FormatDuration(TimeSpan? time) => time switch
    {
        null => null,
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalMinutes:0} min {time.Value.Seconds} s"),
    };
}
