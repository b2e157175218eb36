using System.Globalization;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Web.Loads;
using CineLedger.Web.Uploads;

namespace CineLedger.Web.Dashboard.Load;

/// <summary>The content of the page that loads a file.</summary>
/// <param name="Title">The heading.</param>
public sealed record LoadPageModel(string Title)
{
    /// <summary>The name of the file; null before one has been chosen.</summary>
    public string? Source { get; private init; }

    /// <summary>The progress of a load or dry run; null when it has ended.</summary>
    public string? Progress { get; private init; }

    /// <summary>Why the load or dry run failed, in one line.</summary>
    public string? Error { get; private init; }

    /// <summary>The published snapshot and its changes, in one line.</summary>
    public string? Result { get; private init; }

    /// <summary>The result of a dry run.</summary>
    public DryRun? DryRun { get; private init; }

    /// <summary>The ID of the file that can be loaded now; null if there is none.</summary>
    public string? Upload { get; private init; }

    /// <summary>Whether movies that the file lacks are kept.</summary>
    public bool IsMerge { get; private init; }

    /// <summary>The gates that fired.</summary>
    public IReadOnlyList<FiredGate> Gates { get; private init; } = [];

    public bool IsRunning => Progress is not null;

    internal static LoadPageModel Create(LoadView? load, Upload? upload)
    {
        if (load is null)
        {
            return new("Load a file");
        }

        return new(GetTitle(load))
        {
            Source = load.Source,
            Progress = load.HasEnded ? null : FormatProgress(load.Progress),
            Error = load.Error,
            Result = load.Summary is { } summary
                ? Format($"Snapshot {load.Snapshot}: {summary.Added:N0} added, {summary.Changed:N0} changed, {summary.Removed:N0} removed; {NumberFormat.FormatMovieCount(summary.Movies)} now")
                : null,
            DryRun = load.DryRun,
            Upload = load.HasEnded && (load.DryRun is not null || load.State == LoadStatus.Gated) ? upload?.Id : null,
            IsMerge = load.Options?.IsMerge == true,
            Gates =
            [
                .. load.Violations.GroupBy(violation => violation.Gate).Select(gate => new FiredGate(
                    gate.Key, QualityGates.All.First(known => known.Name == gate.Key).Meaning, [.. gate.Select(violation => violation.Message)],
                    load.Options?.AcceptedGates.Contains(gate.Key) == true)),
            ],
        };
    }

    private static string GetTitle(LoadView load) => load switch
    {
        { HasEnded: false } => "Reading the file",
        { DryRun: not null } => "What this file would change",
        { State: LoadStatus.Published } => "The file is loaded",
        { State: LoadStatus.Unchanged } => "Nothing has changed",
        _ => "The file was not loaded",
    };

    private static string FormatProgress(LoadProgressView? progress) => progress switch
    {
        null => "The file is about to be read.",
        { TotalBytes: > 0 and var total } => Format($"{progress.File ?? "The file"}: {NumberFormat.FormatCount(progress.Records, "record", "records")}, {Math.Min(100, 100 * progress.Bytes / total)} %"),
        _ => Format($"{progress.File ?? "The file"}: {NumberFormat.FormatCount(progress.Records, "record", "records")}"),
    };

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A gate that fired.</summary>
/// <param name="Name">The gate's name.</param>
/// <param name="Meaning">When it fires.</param>
/// <param name="Messages">What was found.</param>
/// <param name="IsAccepted">Whether it was accepted in the load or dry run.</param>
public sealed record FiredGate(string Name, string Meaning, IReadOnlyList<string> Messages, bool IsAccepted);
