using CineLedger.Model;

namespace CineLedger.Loading;

/// <summary>Keeps the first findings of each rule, and counts the rejected values of the movies file, for the gates and for loads that are not published.</summary>
/// <param name="movieFiles">The names of the parts of the movies file.</param>
internal sealed class FindingExamples(IReadOnlyList<string> movieFiles)
{
    private const int KeptPerRule = 50;
    private const int Shown = 3;
    private const int ShownLength = 60;

    private readonly Dictionary<(string File, string Rule), List<Finding>> _first = [];
    private readonly Dictionary<string, (long Count, List<Finding> First)> _rejectedFields = new(StringComparer.Ordinal);

    /// <summary>Up to 50 findings of each rule and file, in the order of reading.</summary>
    public IReadOnlyList<Finding> First => [.. _first.Values.SelectMany(findings => findings)];

    /// <summary>The rejected values of the movies file by column, with up to three examples.</summary>
    public IEnumerable<(string Field, long Count, string Examples)> RejectedFields =>
        _rejectedFields.Select(pair => (pair.Key, pair.Value.Count, Describe(pair.Value.First)));

    /// <summary>Up to three rejected records of the movies file, in parentheses; empty if there are none.</summary>
    public string RejectedRecords =>
        _first.Where(pair => movieFiles.Contains(pair.Key.File)).SelectMany(pair => pair.Value).Where(CostsRecord).Take(Shown).ToList() is { Count: > 0 } rejected
            ? $" ({Describe(rejected)})"
            : "";

    public void Add(Finding finding)
    {
        AddFirst(_first.TryGetValue((finding.File, finding.Rule), out var kept) ? kept : _first[(finding.File, finding.Rule)] = [], finding, KeptPerRule);
        if (finding is { Kind: FindingKind.Reject, Field: { } field } && !CostsRecord(finding) && movieFiles.Contains(finding.File))
        {
            var (count, first) = _rejectedFields.TryGetValue(field, out var known) ? known : (0, []);
            AddFirst(first, finding, Shown);
            _rejectedFields[field] = (count + finding.Occurrences, first);
        }
    }

    private static bool CostsRecord(Finding finding) => finding.Kind == FindingKind.Reject && Rules.Find(finding.Rule) is { CostsRecord: not null };

    private static void AddFirst(List<Finding> findings, Finding finding, int max)
    {
        if (findings.Count < max)
        {
            findings.Add(finding);
        }
    }

    private static string Describe(IEnumerable<Finding> findings) => string.Join("; ", findings.Select(finding => $"line {finding.Line}: {Shorten(finding.Value ?? "")}"));

    private static string Shorten(string text) => text.Length <= ShownLength ? text : $"{text.AsSpan(0, ShownLength)}…";
}
