using System.Text.Json.Serialization;
using CineLedger.Loading;
using CineLedger.Model;

namespace CineLedger.Web.Loads;

/// <summary>The state of a load.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoadStatus>))]
internal enum LoadStatus
{
    /// <summary>The load is accepted and about to begin.</summary>
    [JsonStringEnumMemberName("queued")] Queued,

    [JsonStringEnumMemberName("running")] Running,

    /// <summary>The load published a new snapshot.</summary>
    [JsonStringEnumMemberName("published")] Published,

    /// <summary>The source contains nothing new.</summary>
    [JsonStringEnumMemberName("unchanged")] Unchanged,

    /// <summary>A quality gate stopped the load.</summary>
    [JsonStringEnumMemberName("gated")] Gated,

    /// <summary>Another machine or command is loading the ledger.</summary>
    [JsonStringEnumMemberName("busy")] Busy,

    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>Its process was stopped.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,

    /// <summary>Its process died.</summary>
    [JsonStringEnumMemberName("lost")] Lost,

    /// <summary>A dry run has ended; nothing was written.</summary>
    [JsonStringEnumMemberName("checked")] Checked,
}

/// <summary>A load in a response. Times are UTC.</summary>
/// <param name="Id">The ID of the load.</param>
/// <param name="Source">The source, without credentials.</param>
/// <param name="State">The state of the load.</param>
/// <param name="RequestedAt">When the load was requested over HTTP; null for other loads.</param>
internal sealed record LoadView(string Id, string Source, LoadStatus State, DateTime? RequestedAt)
{
    public DateTime? StartedAt { get; init; }

    public DateTime? EndedAt { get; init; }

    /// <summary>The progress; null before the load begins, and when another process runs it.</summary>
    public LoadProgressView? Progress { get; init; }

    /// <summary>The snapshot that the load published or found unchanged.</summary>
    public int? Snapshot { get; init; }

    public LoadSummaryView? Summary { get; init; }

    /// <summary>The columns of movies that the source did not have.</summary>
    public IReadOnlyList<string> NotInSource { get; init; } = [];

    /// <summary>The error in one line; null without one.</summary>
    public string? Error { get; init; }

    /// <summary>What the quality gates found, whether it stopped the load or was accepted.</summary>
    public IReadOnlyList<GateViolation> Violations { get; init; } = [];

    /// <summary>One of <see cref="LoadNames.Triggers"/>; null when only the snapshot of the load is known.</summary>
    public string? Trigger { get; init; }

    /// <summary>The machine and process; null when only the snapshot of the load is known.</summary>
    public string? Node { get; init; }

    /// <summary>The scheduled time; null for other loads.</summary>
    public DateTime? DueAt { get; init; }

    /// <summary>The number of the attempt for the same scheduled time, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The duration; null while the load runs.</summary>
    public double? Seconds { get; init; }

    /// <summary>The result of a dry run; null while it runs, and for other loads.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DryRun? DryRun { get; init; }

    /// <summary>The uploaded file that is read; null for an address.</summary>
    [JsonIgnore]
    public string? Upload { get; init; }

    /// <summary>The options of the load, for a page that offers to load the checked file.</summary>
    [JsonIgnore]
    public LoadOptions? Options { get; init; }

    [JsonIgnore]
    public bool HasEnded => State is not (LoadStatus.Queued or LoadStatus.Running);

    public static LoadView Create(LoadRecord load) => new(
        load.Id, load.Source, ToStatus(load.State), load.Trigger == LoadTrigger.Request ? load.DueAt : null)
    {
        StartedAt = load.StartedAt,
        EndedAt = load.EndedAt,
        Snapshot = load.SnapshotId,
        Summary = load.Counts is { } counts ? LoadSummaryView.Create(counts, load.Trigger is not null) : null,
        NotInSource = load.MissingColumns,
        Error = load.Error,
        Violations = load.Violations,
        Trigger = load.Trigger is { } trigger ? LoadNames.GetName(trigger) : null,
        Node = load.Node,
        DueAt = load.Trigger == LoadTrigger.Schedule ? load.DueAt : null,
        Attempt = load.Attempt,
        Seconds = load.Duration is { } took ? Math.Round(took.TotalSeconds, 3) : null,
    };

    /// <summary>Returns the load as other readers see it: without folders, hosts and processes, and without the reason for a failure.</summary>
    public LoadView WithoutDetails() => WithoutPaths() with
    {
        DryRun = null,
        Error = Error is null ? null : "Only administrators see why a load was not published.",
        Violations = [.. Violations.Select(violation => violation with { Message = "Only administrators see what a gate found.", AcceptedBy = null })],
    };

    /// <summary>Returns the load as webhooks describe it: without folders, hosts and processes.</summary>
    public LoadView WithoutPaths() => this with { Source = SourceName.RemovePaths(Source), Node = null, Error = Error is null ? null : SourceName.RemovePaths(Error) };

    private static LoadStatus ToStatus(LoadState state) => state switch
    {
        LoadState.Running => LoadStatus.Running,
        LoadState.Published => LoadStatus.Published,
        LoadState.Unchanged => LoadStatus.Unchanged,
        LoadState.Gated => LoadStatus.Gated,
        LoadState.Busy => LoadStatus.Busy,
        LoadState.Failed => LoadStatus.Failed,
        LoadState.Cancelled => LoadStatus.Cancelled,
        _ => LoadStatus.Lost,
    };
}

/// <summary>The progress of a load in a response.</summary>
/// <param name="Stage"><c>fetching</c> or <c>loading</c>.</param>
/// <param name="File">The file that is being read; null while fetching.</param>
/// <param name="Records">The records read so far.</param>
/// <param name="Bytes">The bytes processed in this stage.</param>
/// <param name="TotalBytes">The total bytes of this stage; null when unknown.</param>
public sealed record LoadProgressView(string Stage, string? File, long Records, long Bytes, long? TotalBytes);

/// <summary>The summary of a load in a response.</summary>
/// <param name="Records">The records read.</param>
/// <param name="Movies">The movies in the ledger after the load.</param>
/// <param name="Added">The movies added.</param>
/// <param name="Changed">The movies changed.</param>
/// <param name="Removed">The movies removed.</param>
/// <param name="Findings">The number of findings of each rule; null when they are only available at <c>/api/v1/findings</c>.</param>
internal sealed record LoadSummaryView(long Records, long Movies, long Added, long Changed, long Removed, IReadOnlyList<LoadFindingCount>? Findings)
{
    public static LoadSummaryView Create(LoadCounts counts, bool hasFindings) =>
        new(counts.Records, counts.Movies, counts.Added, counts.Changed, counts.Removed, hasFindings ? counts.Findings : null);
}
