using CineLedger.Model;
using CineLedger.Streaming;

namespace CineLedger.Web.Pushes;

/// <summary>The result of a push.</summary>
/// <param name="Id">The idempotency key of the push, or a generated ID.</param>
/// <param name="Snapshot">The snapshot that was published, or that already contained everything; null when the ledger has none yet.</param>
/// <param name="PublishedAt">When the snapshot was published, UTC.</param>
/// <param name="Published">Whether the snapshot is new. It may contain other pushes too.</param>
/// <param name="Received">The records in the body.</param>
/// <param name="Added">The movies that were added.</param>
/// <param name="Changed">The movies that were changed.</param>
/// <param name="Removed">The movies that were removed.</param>
/// <param name="Unchanged">The records without changes.</param>
/// <param name="Rejected">The rejected records.</param>
/// <param name="FindingCount">The number of all findings.</param>
/// <param name="Findings">The first findings.</param>
/// <param name="AllFindings">The address of all findings; null when no snapshot has them.</param>
internal sealed record PushResult(
    string Id, int? Snapshot, DateTime? PublishedAt, bool Published,
    long Received, long Added, long Changed, long Removed, long Unchanged, long Rejected,
    long FindingCount, IReadOnlyList<PushFinding> Findings, string? AllFindings)
{
    private const int MaxFindings = 100;

    public static PushResult Create(string id, ChangeSet set, ChangeSummary summary, ChangeCounts counts) => new(
        id, summary.Snapshot?.Id, summary.Snapshot?.PublishedAt, summary.IsPublished,
        counts.Received, counts.Added, counts.Changed, counts.Removed, counts.Unchanged, counts.Rejected,
        set.Findings.Count,
        [.. set.Findings.Take(MaxFindings).Select(PushFinding.Create)],
        summary.IsPublished && set.Findings.Count > 0
            ? FormattableString.Invariant($"/api/v1/findings?snapshot={summary.Snapshot!.Id}&file={Uri.EscapeDataString(set.Name)}")
            : null);
}

/// <summary>A finding in a record of a push.</summary>
/// <param name="Line">The line in the body.</param>
/// <param name="Kind">The kind of finding.</param>
/// <param name="Rule">The cleaning rule.</param>
/// <param name="MovieId">The movie, if known.</param>
/// <param name="Field">The field, if the finding is about one.</param>
/// <param name="Value">The original text, truncated if long.</param>
internal sealed record PushFinding(int Line, string Kind, string Rule, long? MovieId, string? Field, string? Value)
{
    private const int MaxValueLength = 500;

    public static PushFinding Create(Finding finding) => new(
        finding.Line, FindingKindNames.GetName(finding.Kind), finding.Rule, finding.MovieId, finding.Field,
        finding.Value is { Length: > MaxValueLength } text ? string.Concat(text.AsSpan(0, MaxValueLength), " …") : finding.Value);
}
