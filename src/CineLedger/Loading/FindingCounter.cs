using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>Counts findings by kind and rule.</summary>
internal sealed class FindingCounter
{
    private readonly Dictionary<(FindingKind Kind, string Rule), long> _counts = [];

    public IReadOnlyList<FindingCount> Counts =>
        [.. _counts.Select(pair => new FindingCount(pair.Key.Kind, pair.Key.Rule, pair.Value))
            .OrderBy(count => count.Kind).ThenBy(count => count.Rule, StringComparer.Ordinal)];

    /// <summary>Records that were rejected as a whole; rejected fields do not reject their movie.</summary>
    public long RejectedRecords =>
        _counts.Where(pair => pair.Key.Kind == FindingKind.Reject && Rules.Find(pair.Key.Rule) is { CostsRecord: not null }).Sum(pair => pair.Value);

    public void Add(Finding finding) => Add(finding.Kind, finding.Rule, finding.Occurrences);

    public void Add(FindingKind kind, string rule, long count)
    {
        if (count > 0)
        {
            _counts[(kind, rule)] = _counts.GetValueOrDefault((kind, rule)) + count;
        }
    }
}
