using System.Globalization;
using CineLedger.Model;

namespace CineLedger.Web.Dashboard.Snapshots;

/// <summary>Loads and what became of them, the newest first.</summary>
internal static class LoadTable
{
    public static TableView Of(IReadOnlyList<RunRecord> loads) => new(
        "The last loads",
        [new("Began, UTC"), new("By"), new("Outcome"), new("Snapshot", Unit.Year), new("Took"), new("Records", Unit.Count), new("Source"), new("What was said")],
        [
            .. loads.Select(load => new TableRow(
            [
                new Cell(SnapshotsModel.Time(load.StartedAt)), new Cell(load.Trigger is { } trigger ? RunWords.Of(trigger) : null), new Cell(OutcomeOf(load.State)) { Note = RunWords.Of(load.State) },
                new Cell(load.SnapshotId), new Cell(Took(load.Took)), new Cell(load.Counts?.Records), new Cell(load.Source), new Cell(load.Error),
            ])),
        ])
    { Empty = "No load is known of." };

    private static string OutcomeOf(RunState state) => state switch
    {
        RunState.Running => "is running",
        RunState.Published => "✓ published",
        RunState.Unchanged => "✓ nothing new",
        RunState.Gated => "✗ kept back by a quality gate",
        RunState.Busy => "✗ another load was running",
        RunState.Failed => "✗ failed",
        RunState.Cancelled => "✗ stopped",
        _ => "✗ its process died",
    };

    private static string? Took(TimeSpan? time) => time switch
    {
        null => null,
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalMinutes:0} min {time.Value.Seconds} s"),
    };
}
