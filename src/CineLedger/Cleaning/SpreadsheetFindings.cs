using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// Findings about values that a spreadsheet or another program wrote differently. It does so in every row of a column, so each column and form has one
/// finding with the first value and the number of records, instead of tens of thousands of identical findings.
/// </summary>
public sealed class SpreadsheetFindings(string file)
{
    private readonly Dictionary<(string Rule, string Form, string? Field), Finding> _findings = [];

    /// <summary>Counts one value. If <paramref name="field"/> is null, the finding concerns the row or the file.</summary>
    public void Add(string form, string? field, string? value, int line) => Add(Rules.SpreadsheetValue, form, field, value, line);

    /// <summary>Counts one value under another rule whose findings are repairs.</summary>
    public void Add(string rule, string form, string? field, string? value, int line) => Add(FindingKind.Repair, rule, form, field, value, line);

    /// <summary>Counts one value under another rule that also has one finding for each column and form.</summary>
    internal void Add(FindingKind kind, string rule, string form, string? field, string? value, int line)
    {
        var key = (rule, form, field);
        var text = value is null ? form : $"{value} ({form})";
        _findings[key] = _findings.TryGetValue(key, out var known)
            ? known with { Occurrences = known.Occurrences + 1 }
            : new Finding(kind, rule, file, line, null, field, text);
    }

    /// <summary>Merges the findings of several tallies of one file, in line order.</summary>
    public static IReadOnlyList<Finding> Merge(IEnumerable<SpreadsheetFindings> tallies)
    {
        var merged = new Dictionary<(string, string, string?), Finding>();
        foreach (var (key, finding) in tallies.SelectMany(tally => tally._findings))
        {
            var first = merged.TryGetValue(key, out var other) && other.Line < finding.Line ? other : finding;
            merged[key] = first with { Occurrences = finding.Occurrences + (other?.Occurrences ?? 0) };
        }

        return [.. merged.Values.OrderBy(finding => finding.Line).ThenBy(finding => finding.Field, StringComparer.Ordinal)];
    }
}
