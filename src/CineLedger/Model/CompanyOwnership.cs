namespace CineLedger.Model;

/// <summary>A period in which a company belonged to a studio, after the studios that belonged to other studios were followed to their owners.</summary>
/// <param name="Line">The line that names the company; null if the company has a studio's name and no line assigns it.</param>
/// <param name="Company">The company, as in <see cref="StudioLine.Company"/>.</param>
/// <param name="Studio">The studio's name; null if the company is independent.</param>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day.</param>
public sealed record CompanyOwnership(StudioLine? Line, string Company, string? Studio, DateOnly First, DateOnly Last)
{
    /// <summary>Whether every line that leads from the company to the studio has a source; true without lines.</summary>
    public bool IsSourced { get; init; } = true;

    /// <summary>Follows the lines of a valid list. The periods of a company do not overlap.</summary>
    public static IReadOnlyList<CompanyOwnership> Resolve(IReadOnlyList<StudioLine> lines)
    {
        // The first spelling of a studio's name is its name.
        var studios = lines.Where(line => !line.IsIndependent).Select(line => line.Studio).Distinct(CompanyNameComparer.Instance).ToHashSet(CompanyNameComparer.Instance);
        lines = [.. lines.Select(line => studios.TryGetValue(line.Studio, out var name) ? line with { Studio = name } : line)];
        var byCompany = lines.GroupBy(line => line.Company, CompanyNameComparer.Instance)
            .ToDictionary(group => group.Key, group => group.OrderBy(line => line.FirstDay).ToList(), CompanyNameComparer.Instance);
        IEnumerable<CompanyOwnership> periods =
        [
            .. byCompany.SelectMany(pair =>
                studios.TryGetValue(pair.Key, out var studio) ? [GetPeriodOfStudio(pair.Key, studio, pair.Value)] : GetPeriodsOfCompany(pair.Key, pair.Value)),
            .. studios.Where(studio => !byCompany.ContainsKey(studio)).Select(studio => new CompanyOwnership(null, studio, studio, PartialDate.Earliest, PartialDate.Latest)),
        ];
        return [.. periods.SelectMany(period => Follow(period, byCompany, 0))];
    }

    private static IEnumerable<CompanyOwnership> GetPeriodsOfCompany(string company, List<StudioLine> lines) => GetPeriods(lines).Select(period =>
        new CompanyOwnership(period.Line, company, period.Line.IsIndependent ? null : period.Line.Studio, period.First, period.Last) { IsSourced = period.Line.IsSourced });

    /// <summary>
    /// Returns the days on which a company with a studio's name belongs to this studio, which may have owners itself: from the first to the last day of the lines about it. Without
    /// a line that assigns it to the studio, it always belongs to it. A studio that is independent is a studio of its own.
    /// </summary>
    private static CompanyOwnership GetPeriodOfStudio(string company, string studio, List<StudioLine> lines) =>
        lines.Find(line => line.Studio == studio) is { } own
            ? new(own, company, studio, lines.Min(line => line.FirstDay), lines.Max(line => line.LastDay)) { IsSourced = own.IsSourced }
            : new(null, company, studio, PartialDate.Earliest, PartialDate.Latest);

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

    /// <summary>Returns the parts of this period outside the given days.</summary>
    internal IEnumerable<CompanyOwnership> Without(DateOnly first, DateOnly last)
    {
        if (first > Last || last < First)
        {
            yield return this;
            yield break;
        }

        if (first > First)
        {
            yield return this with { Last = first.AddDays(-1) };
        }

        if (last < Last)
        {
            yield return this with { First = last.AddDays(1) };
        }
    }

    /// <summary>Replaces a studio by its owner in the times in which it had one.</summary>
    private static IEnumerable<CompanyOwnership> Follow(CompanyOwnership period, Dictionary<string, List<StudioLine>> byCompany, int depth)
    {
        if (period.Studio is not { } studio || !byCompany.TryGetValue(studio, out var lines))
        {
            return [period];
        }

        if (depth > byCompany.Count)
        {
            throw new InvalidOperationException($"the studio {studio} belongs to itself");
        }

        var followed = new List<CompanyOwnership>();
        IEnumerable<CompanyOwnership> rest = [period];
        foreach (var (line, first, last) in GetPeriods(lines.Where(owner => owner.Studio != studio)).Where(owner => !owner.Line.IsIndependent))
        {
            if (first <= period.Last && last >= period.First)
            {
                var owned = period with
                {
                    Studio = line.Studio,
                    First = first > period.First ? first : period.First,
                    Last = last < period.Last ? last : period.Last,
                    IsSourced = period.IsSourced && line.IsSourced,
                };
                followed.AddRange(Follow(owned, byCompany, depth + 1));
                rest = [.. rest.SelectMany(part => part.Without(first, last))];
            }
        }

        return [.. rest.Concat(followed).OrderBy(part => part.First)];
    }
}
