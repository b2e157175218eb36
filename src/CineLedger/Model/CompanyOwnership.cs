namespace CineLedger.Model;

/// <summary>A period in which a company belonged to a studio, after the studios that belonged to other studios were followed to their owners.</summary>
/// <param name="Line">The line that names the company; null if the company has a studio's name and no line names it.</param>
/// <param name="Company">The company, as in <see cref="StudioLine.Company"/>.</param>
/// <param name="Studio">The studio's name; null if the company is independent.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day.</param>
public sealed record CompanyOwnership(StudioLine? Line, string Company, string? Studio, DateOnly First, DateOnly Last)
{
    /// <summary>Follows the lines of a valid list. The periods of a company do not overlap.</summary>
    public static IReadOnlyList<CompanyOwnership> Resolve(IReadOnlyList<StudioLine> lines)
    {
        // The first spelling of a studio's name is its name.
        var studios = lines.Where(line => !line.IsIndependent).Select(line => line.Studio).Distinct(CompanyNameComparer.Instance).ToHashSet(CompanyNameComparer.Instance);
        lines = [.. lines.Select(line => studios.TryGetValue(line.Studio, out var name) ? line with { Studio = name } : line)];
        var byCompany = lines.GroupBy(line => line.Company, CompanyNameComparer.Instance).ToDictionary(group => group.Key, group => group.OrderBy(line => line.FirstDay).ToList(), CompanyNameComparer.Instance);
        var owned = new List<CompanyOwnership>();
        foreach (var (company, own) in byCompany)
        {
            var periods = studios.TryGetValue(company, out var studio) ? GetPeriodsOfStudio(studio, own) : GetPeriods(own).Select(period => (period.Line, GetStudio(period.Line), period.First, period.Last));
            owned.AddRange(periods.SelectMany(period => Follow(period.Line, company, period.Item2, period.First, period.Last, byCompany, 0)));
        }

        foreach (var name in studios.Where(name => !byCompany.ContainsKey(name)))
        {
            owned.AddRange(Follow(null, name, name, PartialDate.Earliest, PartialDate.Latest, byCompany, 0));
        }

        return owned;
    }

    private static string? GetStudio(StudioLine line) => line.IsIndependent ? null : line.Studio;

    /// <summary>
    /// Returns the days on which a company with a studio's name belongs to this studio, which may have owners itself: from the first to the last day of the lines about it,
    /// except the days on which it is independent.
    /// </summary>
    private static IEnumerable<(StudioLine Line, string? Studio, DateOnly First, DateOnly Last)> GetPeriodsOfStudio(string studio, List<StudioLine> lines)
    {
        var owned = lines.Where(line => !line.IsIndependent).ToList();
        var own = owned.Find(line => CompanyNameComparer.Instance.Equals(line.Studio, studio));
        var (first, last) = own is null ? (PartialDate.Earliest, PartialDate.Latest) : (owned.Min(line => line.FirstDay), owned.Max(line => line.LastDay));
        foreach (var (line, from, to) in GetPeriods(lines.Where(line => line.IsIndependent)))
        {
            yield return (line, null, from, to);
            if (from > first)
            {
                yield return (own ?? line, studio, first, from.AddDays(-1));
            }

            if (to == PartialDate.Latest)
            {
                yield break;
            }

            first = to.AddDays(1) > first ? to.AddDays(1) : first;
        }

        if (first <= last)
        {
            yield return (own ?? lines[0], studio, first, last);
        }
    }

    /// <summary>Returns the days of each line: a line ends on the day before the next one begins.</summary>
    internal static IEnumerable<(StudioLine Line, DateOnly First, DateOnly Last)> GetPeriods(IEnumerable<StudioLine> lines)
    {
        var ordered = lines.OrderBy(line => line.FirstDay).ToList();
        for (var i = 0; i < ordered.Count; i++)
        {
            var last = ordered[i].LastDay;
            if (i + 1 < ordered.Count && ordered[i + 1].FirstDay <= last)
            {
                last = ordered[i + 1].FirstDay.AddDays(-1);
            }

            yield return (ordered[i], ordered[i].FirstDay, last);
        }
    }

    /// <summary>Replaces a studio by its owner in the times in which it had one.</summary>
    private static IEnumerable<CompanyOwnership> Follow(
        StudioLine? line, string company, string? studio, DateOnly first, DateOnly last, Dictionary<string, List<StudioLine>> byCompany, int depth)
    {
        var owners = studio is not null && byCompany.TryGetValue(studio, out var lines)
            ? GetPeriods(lines.Where(owner => !owner.IsIndependent && !CompanyNameComparer.Instance.Equals(owner.Studio, studio))) : [];
        if (depth > byCompany.Count)
        {
            throw new InvalidOperationException($"the studio {studio} belongs to itself");
        }

        foreach (var owner in owners)
        {
            if (owner.Last < first || owner.First > last)
            {
                continue;
            }

            if (owner.First > first)
            {
                yield return new(line, company, studio, first, owner.First.AddDays(-1));
            }

            var end = owner.Last < last ? owner.Last : last;
            foreach (var part in Follow(line, company, owner.Line.Studio, owner.First > first ? owner.First : first, end, byCompany, depth + 1))
            {
                yield return part;
            }

            if (end == PartialDate.Latest)
            {
                yield break;
            }

            first = end.AddDays(1);
        }

        if (first <= last)
        {
            yield return new(line, company, studio, first, last);
        }
    }
}
