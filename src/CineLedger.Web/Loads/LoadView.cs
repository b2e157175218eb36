using System.Text.Json.Serialization;
using CineLedger.Model;

namespace CineLedger.Web.Loads;

/// <summary>How far a load is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoadStatus>))]
internal enum LoadStatus
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
internal sealed record LoadView(string Id, string Source, LoadStatus State, DateTime? RequestedAt)
{
    public DateTime? StartedAt { get; init; }

    public DateTime? EndedAt { get; init; }

    /// <summary>Null before it begins, and where another process runs it.</summary>
    public LoadProgressView? Progress { get; init; }

    /// <summary>What it published, or found unchanged.</summary>
    public int? Snapshot { get; init; }

    public LoadSummaryView? Summary { get; init; }

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
    public bool HasEnded => State is not (LoadStatus.Queued or LoadStatus.Running);

    public static LoadView Create(LoadRecord load) => new(
        load.Id, load.Source, ToStatus(load.State), load.Trigger == LoadTrigger.Request ? load.DueAt : null)
    {
        StartedAt = load.StartedAt,
        EndedAt = load.EndedAt,
        Snapshot = load.SnapshotId,
        Summary = load.Counts is { } counts ? LoadSummaryView.Create(counts, load.Trigger is not null) : null,
        Error = load.Error,
        Trigger = load.Trigger is { } trigger ? LoadNames.Get(trigger) : null,
        Node = load.Node,
        DueAt = load.Trigger == LoadTrigger.Schedule ? load.DueAt : null,
        Attempt = load.Attempt,
        Seconds = load.Duration is { } took ? Math.Round(took.TotalSeconds, 3) : null,
    };

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

/// <param name="Stage"><c>fetching</c> or <c>loading</c>.</param>
/// <param name="File">What is being read; null while it is fetched.</param>
/// <param name="Records">Records read so far.</param>
/// <param name="Bytes">Bytes of the stage so far.</param>
/// <param name="TotalBytes">Of how many; null where unknown.</param>
internal sealed record LoadProgressView(string Stage, string? File, long Records, long Bytes, long? TotalBytes);

/// <param name="Records">Records read.</param>
/// <param name="Movies">Movies that the ledger holds then.</param>
/// <param name="Added">Movies added, changed and removed.</param>
/// <param name="Findings">How many findings each rule made; null where they are to be had at <c>/api/v1/findings</c> alone.</param>
internal sealed record LoadSummaryView(long Records, long Movies, long Added, long Changed, long Removed, IReadOnlyList<LoadFindingCount>? Findings)
{
    public static LoadSummaryView Create(LoadCounts counts, bool hasFindings) =>
        new(counts.Records, counts.Movies, counts.Added, counts.Changed, counts.Removed, hasFindings ? counts.Findings : null);
}
