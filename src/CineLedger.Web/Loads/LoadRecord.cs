using System.Text.Json.Serialization;
using CineLedger.Loading;
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

    /// <summary>The server ended before it did.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,
}

/// <summary>One load as it is told and, one day, written down: facts, in a form that can be stored. Times are UTC.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Source">What is loaded, without credentials.</param>
/// <param name="State">How far it is.</param>
/// <param name="RequestedAt">When it was asked for; null where the ledger alone tells of it.</param>
internal sealed record LoadRecord(string Id, string Source, LoadState State, DateTime? RequestedAt)
{
    public DateTime? StartedAt { get; init; }

    public DateTime? EndedAt { get; init; }

    /// <summary>Null before it begins.</summary>
    public LoadProgressRecord? Progress { get; init; }

    /// <summary>What it published, or found unchanged.</summary>
    public int? Snapshot { get; init; }

    public LoadSummaryRecord? Summary { get; init; }

    /// <summary>One line; null where all goes well.</summary>
    public string? Error { get; init; }

    [JsonIgnore]
    public bool HasEnded => State is not (LoadState.Queued or LoadState.Running);

    /// <summary>A load of whenever and wherever, as far as its snapshot tells.</summary>
    public static LoadRecord Of(Snapshot snapshot) => new($"snapshot-{snapshot.Id}", snapshot.Source, LoadState.Published, null)
    {
        StartedAt = snapshot.StartedAt,
        EndedAt = snapshot.PublishedAt,
        Snapshot = snapshot.Id,
        Summary = LoadSummaryRecord.Of(snapshot),
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
internal sealed record LoadSummaryRecord(long Records, long Movies, long Added, long Changed, long Removed, IReadOnlyList<FindingRecord>? Findings)
{
    public static LoadSummaryRecord Of(Snapshot snapshot) => new(snapshot.Records, snapshot.Movies, snapshot.Added, snapshot.Changed, snapshot.Removed, null);

    public static LoadSummaryRecord Of(LoadSummary summary) => new(
        summary.Records,
        summary.Snapshot.Movies,
        summary.Published ? summary.Snapshot.Added : 0,
        summary.Published ? summary.Snapshot.Changed : 0,
        summary.Published ? summary.Snapshot.Removed : 0,
        [.. summary.Findings.Select(finding => new FindingRecord(FindingWords.Of(finding.Kind), finding.Rule, finding.Count))]);
}

internal sealed record FindingRecord(string Kind, string Rule, long Count);
