using System.Text;
using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Collects the findings of a file that may have millions of the same kind. For each rule and field, the first findings are kept individually, and one more
/// represents all others.
/// </summary>
internal sealed class CappedFindings(string file)
{
    /// <summary>The number of findings per rule and field that are kept individually.</summary>
    public const int MaxPerRule = 1000;

    private readonly Dictionary<(FindingKind Kind, string Rule, string? Field), (List<Finding> First, long Total)> _findings = [];

    public void Add(FindingKind kind, string rule, int line, long? movieId, string? field, ReadOnlySpan<byte> value, long occurrences = 1)
    {
        var key = (kind, rule, field);
        var (first, total) = _findings.TryGetValue(key, out var known) ? known : ([], 0);
        if (first.Count <= MaxPerRule)
        {
            first.Add(new Finding(kind, rule, file, line, movieId, field, Encoding.UTF8.GetString(value), occurrences));
        }

        _findings[key] = (first, total + occurrences);
    }

    /// <summary>Merges several collections of one file, each filled in line order. The result is that of a single collection.</summary>
    public static IReadOnlyList<Finding> Merge(IEnumerable<CappedFindings> parts)
    {
        var merged = new List<Finding>();
        foreach (var rule in parts.SelectMany(part => part._findings).GroupBy(pair => pair.Key))
        {
            var first = rule.SelectMany(pair => pair.Value.First).OrderBy(finding => finding.Line).ToList();
            merged.AddRange(first.Take(MaxPerRule));
            if (first.Count > MaxPerRule)
            {
                var rest = rule.Sum(pair => pair.Value.Total) - first.Take(MaxPerRule).Sum(finding => finding.Occurrences);
                merged.Add(first[MaxPerRule] with { MovieId = null, Value = $"{first[MaxPerRule].Value} (first of the remaining findings)", Occurrences = rest });
            }
        }

        return [.. merged.OrderBy(finding => finding.Line).ThenBy(finding => finding.Rule, StringComparer.Ordinal)];
    }
}
