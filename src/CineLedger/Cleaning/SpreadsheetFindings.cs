using CineLedger.Model;

namespace CineLedger.Cleaning;

/// <summary>
/// What a spreadsheet did to a file: it changes every row of a column in one way, so there is one finding for the column and the
/// way, with the first value and the number of records, instead of tens of thousands that say the same.
/// </summary>
public sealed class SpreadsheetFindings(string file)
{
    private readonly Dictionary<(string Form, string? Field), Finding> _findings = [];

    /// <summary>Counts one value. Null <paramref name="field"/>: it concerns the row or the file.</summary>
    public void Add(string form, string? field, string? value, int line)
    {
        var key = (form, field);
        var text = value is null ? form : $"{value} ({form})";
        _findings[key] = _findings.TryGetValue(key, out var known)
            ? known with { Occurrences = known.Occurrences + 1 }
            : new Finding(FindingKind.Repair, Rules.SpreadsheetValue, file, line, null, field, text);
    }

    /// <summary>The findings of several tallies of one file as one, in the order of their lines.</summary>
    public static IReadOnlyList<Finding> Merge(IEnumerable<SpreadsheetFindings> tallies)
    {
        var merged = new Dictionary<(string, string?), Finding>();
        foreach (var (key, finding) in tallies.SelectMany(tally => tally._findings))
        {
            var first = merged.TryGetValue(key, out var other) && other.Line < finding.Line ? other : finding;
            merged[key] = first with { Occurrences = finding.Occurrences + (other?.Occurrences ?? 0) };
        }

        return [.. merged.Values.OrderBy(finding => finding.Line).ThenBy(finding => finding.Field, StringComparer.Ordinal)];
    }
}
