using System.Text.Json.Serialization;
using CineLedger.Model;

namespace CineLedger.Web.Loads;

/// <summary>How far a load is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoadState>))]
internal enum LoadState
{
    /// <summary>Taken, and about to begin.</summary>
    [JsonStringEnumMemberName("queued")] Queued,

    [JsonStringEnumMemberName("running")] Running,

    /// <summary>There is a new snapshot.</summary>
    [JsonStringEnumMemberName("published")] Published,

    /// <summary>The source holds nothing that the ledger does not.</summary>
    [JsonStringEnumMemberName("unchanged")] Unchanged,

    /// <summary>A quality gate kept it unpublished.</summary>
    [JsonStringEnumMemberName("gated")] Gated,

    /// <summary>Something else loads the ledger: another machine, or a command.</summary>
    [JsonStringEnumMemberName("busy")] Busy,

    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>Whoever ran it ended before it did.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,

    /// <summary>Its process died.</summary>
    [JsonStringEnumMemberName("lost")] Lost,
}

/// <summary>One load as it is told. Times are UTC.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Source">What is loaded, without credentials.</param>
/// <param name="State">How far it is.</param>
/// <param name="RequestedAt">When it was asked for over HTTP; null for others.</param>
internal sealed record LoadRecord(string Id, string Source, LoadState State, DateTime? RequestedAt)
{
    public DateTime? StartedAt { get; init; }

    public DateTime? EndedAt { get; init; }

    /// <summary>Null before it begins, and where another process runs it.</summary>
    public LoadProgressRecord? Progress { get; init; }

    /// <summary>What it published, or found unchanged.</summary>
    public int? Snapshot { get; init; }

    public LoadSummaryRecord? Summary { get; init; }

    /// <summary>One line; null where all goes well.</summary>
    public string? Error { get; init; }

    /// <summary><c>command</c>, <c>request</c> or <c>schedule</c>; null where its snapshot alone tells of it.</summary>
    public string? Trigger { get; init; }

    /// <summary>The machine and process; null likewise.</summary>
    public string? Node { get; init; }

    /// <summary>The schedule's time that it is for; null for others.</summary>
    public DateTime? DueAt { get; init; }

    /// <summary>1, or more where it is tried again for the same time.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>From begin to end; null while it runs.</summary>
    public double? Seconds { get; init; }

    [JsonIgnore]
    public bool HasEnded => State is not (LoadState.Queued or LoadState.Running);

    public static LoadRecord Of(RunRecord run) => new(
        run.Id, run.Source, StateOf(run.State), run.Trigger == RunTrigger.Request ? run.DueAt : null)
    {
        StartedAt = run.StartedAt,
        EndedAt = run.EndedAt,
        Snapshot = run.SnapshotId,
        Summary = run.Counts is { } counts ? LoadSummaryRecord.Of(counts, run.Trigger is not null) : null,
        Error = run.Error,
        Trigger = run.Trigger is { } trigger ? RunWords.Of(trigger) : null,
        Node = run.Node,
        DueAt = run.Trigger == RunTrigger.Schedule ? run.DueAt : null,
        Attempt = run.Attempt,
        Seconds = run.Took is { } took ? Math.Round(took.TotalSeconds, 3) : null,
    };

    private static LoadState StateOf(RunState state) => state switch
    {
        RunState.Running => LoadState.Running,
        RunState.Published => LoadState.Published,
        RunState.Unchanged => LoadState.Unchanged,
        RunState.Gated => LoadState.Gated,
        RunState.Busy => LoadState.Busy,
        RunState.Failed => LoadState.Failed,
        RunState.Cancelled => LoadState.Cancelled,
        _ => LoadState.Lost,
    };
}

/// <param name="Stage"><c>fetching</c> or <c>loading</c>.</param>
/// <param name="File">What is being read; null while it is fetched.</param>
/// <param name="Records">Records read so far.</param>
/// <param name="Bytes">Bytes of the stage so far.</param>
/// <param name="TotalBytes">Of how many; null where unknown.</param>
internal sealed record LoadProgressRecord(string Stage, string? File, long Records, long Bytes, long? TotalBytes);

/// <param name="Records">Records read.</param>
/// <param name="Movies">Films that the ledger holds then.</param>
/// <param name="Added">Films added, changed and removed.</param>
/// <param name="Findings">How many findings each rule made; null where they are to be had at <c>/api/v1/findings</c> alone.</param>
internal sealed record LoadSummaryRecord(long Records, long Movies, long Added, long Changed, long Removed, IReadOnlyList<RunFinding>? Findings)
{
    public static LoadSummaryRecord Of(RunCounts counts, bool hasFindings) =>
        new(counts.Records, counts.Movies, counts.Added, counts.Changed, counts.Removed, hasFindings ? counts.Findings : null);
}
