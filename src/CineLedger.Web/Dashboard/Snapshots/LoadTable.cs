using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Web.Dashboard.Snapshots;

/// <summary>Loads and what became of them, the newest first.</summary>
internal static class LoadTable
{
    public static TableView Create(IReadOnlyList<LoadRecord> loads) => new(
        "The last loads",
        [new("Began, UTC"), new("By"), new("Outcome"), new("Snapshot", Unit.Year), new("Took"), new("Records", Unit.Count), new("Source"), new("What was said")],
        [
            .. loads.Select(load => new TableViewRow(
            [
                new TableViewCell(SnapshotsModel.FormatTime(load.StartedAt)), new TableViewCell(load.Trigger is { } trigger ? LoadNames.Get(trigger) : null), new TableViewCell(GetOutcome(load.State)) { Note = LoadNames.Get(load.State) },
                new TableViewCell(load.SnapshotId), new TableViewCell(FormatDuration(load.Duration)), new TableViewCell(load.Counts?.Records), new TableViewCell(load.Source), new TableViewCell(load.Error),
            ])),
        ])
    { EmptyText = "No load is known of." };

    private static string GetOutcome(LoadState state) => state switch
    {
        LoadState.Running => "is running",
        LoadState.Published => "✓ published",
        LoadState.Unchanged => "✓ nothing new",
        LoadState.Gated => "✗ kept back by a quality gate",
        LoadState.Busy => "✗ another load was running",
        LoadState.Failed => "✗ failed",
        LoadState.Cancelled => "✗ stopped",
        _ => "✗ its process died",
    };

    private static string? FormatDuration(TimeSpan? time) => time switch
    {
        null => null,
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalMinutes:0} min {time.Value.Seconds} s"),
    };
}
