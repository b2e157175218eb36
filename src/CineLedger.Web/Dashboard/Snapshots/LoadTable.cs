using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Web.Dashboard.Snapshots;

/// <summary>The table of loads and their outcomes, newest first.</summary>
internal static class LoadTable
{
    public static TableView Create(IReadOnlyList<LoadRecord> loads) => new(
        "Recent loads",
        [
            new("Started (UTC)"), new("Trigger"), new("Outcome"), new("Snapshot", Unit.Year), new("Duration"), new("Records", Unit.Count), new("Source"), new("Message"),
        ],
        [
            .. loads.Select(load => new TableViewRow(
            [
                new TableViewCell(SnapshotsModel.FormatTime(load.StartedAt)),
                new TableViewCell(load.Trigger is { } trigger ? LoadNames.GetName(trigger) : null),
                new TableViewCell(GetOutcome(load.State)) { Note = LoadNames.GetName(load.State) },
                new TableViewCell(load.SnapshotId), new TableViewCell(FormatDuration(load.Duration)), new TableViewCell(load.Counts?.Records),
                new TableViewCell(load.Source), new TableViewCell(load.Error ?? FormatAccepted(load.Violations)),
            ])),
        ])
    { EmptyText = "No loads recorded." };

    private static string GetOutcome(LoadState state) => state switch
    {
        LoadState.Running => "running",
        LoadState.Published => "✓ published",
        LoadState.Unchanged => "✓ no changes",
        LoadState.Gated => "✗ blocked by a quality gate",
        LoadState.Busy => "✗ another load was running",
        LoadState.Failed => "✗ failed",
        LoadState.Cancelled => "✗ cancelled",
        _ => "✗ process died",
    };

    /// <summary>Formats what was accepted in a published load; null if nothing was.</summary>
    private static string? FormatAccepted(IReadOnlyList<GateViolation> violations) => violations.Count == 0
        ? null
        : string.Join("; ", violations.Select(violation => $"{violation.Gate}: {violation.Message}, accepted by {violation.AcceptedBy}"));

    private static string? FormatDuration(TimeSpan? time) => time switch
    {
        null => null,
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalMinutes:0} min {time.Value.Seconds} s"),
    };
}
