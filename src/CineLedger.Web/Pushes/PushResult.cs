using CineLedger.Model;
using CineLedger.Streaming;

namespace CineLedger.Web.Pushes;

/// <summary>What became of a push, as it is answered.</summary>
/// <param name="Id">Its name: the key that it came with, or one made for it.</param>
/// <param name="Snapshot">The snapshot that it became, or that holds it all already; null where the ledger holds none yet.</param>
/// <param name="PublishedAt">When that was published, UTC.</param>
/// <param name="Published">Whether the snapshot is new; other pushes may be in it too.</param>
/// <param name="Received">Records of the body.</param>
/// <param name="Added">Movies that the ledger did not hold.</param>
/// <param name="Changed">Movies that it held otherwise.</param>
/// <param name="Removed">Movies that it held, and that are gone.</param>
/// <param name="Unchanged">Records that told nothing new.</param>
/// <param name="Rejected">Records that could not be used.</param>
/// <param name="FindingCount">What was found in the records, altogether.</param>
/// <param name="Findings">The first of them.</param>
/// <param name="AllFindings">Where all of them are; null where no snapshot has them.</param>
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

/// <summary>What was found in one record.</summary>
/// <param name="Line">The line of the body.</param>
/// <param name="Value">The text as it came, or the beginning of a long one.</param>
internal sealed record PushFinding(int Line, string Kind, string Rule, long? MovieId, string? Field, string? Value)
{
    private const int MaxValueLength = 500;

    public static PushFinding Create(Finding finding) => new(
        finding.Line, FindingKindNames.Get(finding.Kind), finding.Rule, finding.MovieId, finding.Field,
        finding.Value is { Length: > MaxValueLength } text ? string.Concat(text.AsSpan(0, MaxValueLength), " …") : finding.Value);
}
