using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Reports.Queries;
using CineLedger.Storage.Studios;

namespace CineLedger.Reports.Studios;

/// <summary>Compares a list of studios with the companies of a ledger.</summary>
public static class StudioNameChecks
{
    /// <summary>The number of unknown names for which the nearest name is searched; each takes a comparison with all companies.</summary>
    private const int MaxHints = 50;

    /// <summary>
    /// Returns one sentence for each company that the ledger does not know, with the nearest known name. Studios that belong to other studios need not be companies.
    /// </summary>
    public static IReadOnlyList<string> FindUnknown(StudioListFile list, CompanyReferences companies)
    {
        var studios = list.Lines.Select(entry => entry.Line.Studio).ToHashSet(CompanyNameComparer.Instance);
        var unknown = list.Lines.Where(entry => entry.Line.Company.Length > 0 && !companies.Knows(entry.Line.Company) && !studios.Contains(entry.Line.Company))
            .DistinctBy(entry => entry.Line.Company, CompanyNameComparer.Instance).ToList();
        var names = unknown.Count == 0 ? null : companies.Names.ToLookup(name => name.ToLowerInvariant());
        return [.. unknown.Select((entry, i) => FormattableString.Invariant($"line {entry.Number}: {Describe(entry.Line, i < MaxHints ? names : null)}"))];
    }

    /// <summary>Returns one sentence for each line that assigns a company to another studio than a line with another name or ID of this company does at the same time.</summary>
    public static IReadOnlyList<string> FindConflicts(StudioListFile list, CompanyReferences companies)
    {
        var conflicts = new List<string>();
        var byCompany = list.Lines.SelectMany(entry => companies.Find(entry.Line.Company).Select(id => (Id: id, entry.Number, entry.Line)))
            .GroupBy(entry => entry.Id).Where(group => group.Any(entry => entry.Line.SourceId is not null));
        foreach (var group in byCompany)
        {
            var entries = group.OrderBy(entry => entry.Line.FirstDay).ThenBy(entry => entry.Number).ToList();
            for (var i = 1; i < entries.Count; i++)
            {
                var (_, number, line) = entries[i];
                foreach (var earlier in entries.Take(i))
                {
                    if (!CompanyNameComparer.Instance.Equals(earlier.Line.Company, line.Company) && !CompanyNameComparer.Instance.Equals(earlier.Line.Studio, line.Studio)
                        && StudioListChecks.Overlap(earlier.Line, line))
                    {
                        conflicts.Add(FormattableString.Invariant(
                            $"line {number}: {line.Company} is the same company as {earlier.Line.Company}, which belongs to {earlier.Line.Studio} at this time (line {earlier.Number})."));
                    }
                }
            }
        }

        return [.. conflicts.Distinct()];
    }

    private static string Describe(StudioLine line, ILookup<string, string>? names)
    {
        if (line.SourceId is { } id)
        {
            return FormattableString.Invariant($"no company of the ledger has the TMDB ID {id}.");
        }

        var near = names is null ? [] : NearestNames.Find(line.Company, names.Select(name => name.Key));
        return $"'{line.Company}' is not a company of the ledger{(near.Count > 0 ? $"; did you mean '{names![near[0]].First()}'?" : ".")}";
    }
}
