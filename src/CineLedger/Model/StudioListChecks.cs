using System.Globalization;

namespace CineLedger.Model;

/// <summary>Checks a list of studios as a whole.</summary>
public static class StudioListChecks
{
    /// <summary>Returns one sentence for each problem, in order of lines; empty if the list is valid.</summary>
    /// <param name="lines">The lines, each with its number in the file.</param>
    public static IReadOnlyList<string> Check(IReadOnlyList<(int Number, StudioLine Line)> lines)
    {
        var problems = new SortedList<(int, int), string>();
        void Add(int number, string problem) => problems.Add((number, problems.Count), $"line {FormatNumber(number)}: {problem}");

        var dated = new List<(int Number, StudioLine Line)>();
        foreach (var (number, line) in lines)
        {
            if (FindProblem(line) is { } problem)
            {
                Add(number, problem);
            }
            else
            {
                dated.Add((number, line));
            }
        }

        // A studio's company of the same name stays with it while the studio has owners.
        foreach (var group in dated.GroupBy(entry => entry.Line.Company, CompanyNameComparer.Instance)
            .SelectMany(company => company.GroupBy(entry => CompanyNameComparer.Instance.Equals(entry.Line.Studio, entry.Line.Company))))
        {
            foreach (var ((number, line), earlier) in FindOverlaps([.. group.OrderBy(entry => entry.Line.FirstDay).ThenBy(entry => entry.Number)]))
            {
                Add(number, $"{line.Company} already belongs to {earlier.Line.Studio} at this time (line {FormatNumber(earlier.Number)}). "
                    + "A company has one studio on a day: correct the dates.");
            }
        }

        foreach (var (number, line, path) in FindCycles(dated))
        {
            Add(number, $"{line.Company} would belong to itself ({string.Join(" > ", path)}). Remove a line or correct the dates.");
        }

        foreach (var group in dated.GroupBy(entry => entry.Line.Studio, CompanyNameComparer.Instance))
        {
            foreach (var spelling in group.Where(entry => entry.Line.Studio != group.First().Line.Studio).DistinctBy(entry => entry.Line.Studio))
            {
                Add(spelling.Number, $"'{spelling.Line.Studio}' is written '{group.First().Line.Studio}' in line {FormatNumber(group.First().Number)}; use one spelling of a studio.");
            }
        }

        return [.. problems.Values];
    }

    /// <summary>Sorts problems by their lines.</summary>
    internal static IReadOnlyList<string> SortByLine(IEnumerable<string> problems) => [.. problems.OrderBy(GetLineNumber)];

    /// <summary>Returns the number of the line that a problem begins with.</summary>
    internal static int GetLineNumber(string problem) =>
        int.Parse(problem.AsSpan("line ".Length, problem.IndexOf(':', StringComparison.Ordinal) - "line ".Length), CultureInfo.InvariantCulture);

    private static string? FindProblem(StudioLine line)
    {
        foreach (var (column, value) in ((string, string)[])[("studio", line.Studio), ("company", line.Company), ("source", line.Source)])
        {
            if (value.Length == 0)
            {
                return column == "source" ? "source is empty: give the address of a page, or write unsourced." : $"{column} is empty.";
            }

            if (value.Any(char.IsControl))
            {
                return $"{column} contains a line break or another control character.";
            }
        }

        foreach (var date in (string?[])[line.From, line.To])
        {
            if (date is not null && PartialDate.TryParse(date) is null)
            {
                return $"'{date}' is not a date; use 2006-05-05, 2006-05 or 2006.";
            }
        }

        if (line.FirstDay > line.LastDay)
        {
            return $"the ownership of {line.Company} ends ({line.To}) before it begins ({line.From}).";
        }

        if (StudioLine.HasIdPrefix(line.Company) && line.SourceId is null)
        {
            return $"'{line.Company}' is not a TMDB ID; use tmdb:1234.";
        }

        return !line.IsSourced || (Uri.TryCreate(line.Source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            ? null
            : $"the source '{line.Source}' is not a web address; use https://…, or unsourced.";
    }

    /// <summary>Returns whether a line begins before an earlier one ends. A new owner may begin within the period that is given as the earlier one's end.</summary>
    internal static bool Overlap(StudioLine earlier, StudioLine later) =>
        later.FirstDay == earlier.FirstDay || later.FirstDay < earlier.FirstDayOfEnd || earlier.To is null;

    /// <summary>Finds lines that overlap the line before them that ends last.</summary>
    private static IEnumerable<((int Number, StudioLine Line) Later, (int Number, StudioLine Line) Earlier)> FindOverlaps(List<(int Number, StudioLine Line)> ordered)
    {
        var earlier = ordered[0];
        foreach (var later in ordered.Skip(1))
        {
            if (Overlap(earlier.Line, later.Line))
            {
                yield return later.Number > earlier.Number ? (later, earlier) : (earlier, later);
            }

            earlier = later.Line.FirstDayOfEnd > earlier.Line.FirstDayOfEnd ? later : earlier;
        }
    }

    /// <summary>Finds studios that own themselves through others at the same time.</summary>
    private static IEnumerable<(int Number, StudioLine Line, IReadOnlyList<string> Path)> FindCycles(List<(int Number, StudioLine Line)> lines)
    {
        var owners = lines.Where(entry => !entry.Line.IsIndependent && !CompanyNameComparer.Instance.Equals(entry.Line.Studio, entry.Line.Company))
            .ToLookup(entry => entry.Line.Company, CompanyNameComparer.Instance);
        var reported = new HashSet<string>(CompanyNameComparer.Instance);
        foreach (var (number, line) in owners.SelectMany(group => group).OrderBy(entry => entry.Number))
        {
            if (!reported.Contains(line.Company) && FindPath(owners, line, line.Company, [line.Company, line.Studio], line.FirstDay, line.LastDay) is { } path)
            {
                reported.UnionWith(path);
                yield return (number, line, path);
            }
        }
    }

    private static List<string>? FindPath(
        ILookup<string, (int Number, StudioLine Line)> owners, StudioLine line, string start, List<string> path, DateOnly first, DateOnly last)
    {
        if (CompanyNameComparer.Instance.Equals(line.Studio, start))
        {
            return path;
        }

        foreach (var (_, owner) in owners[line.Studio])
        {
            var (from, to) = (owner.FirstDay > first ? owner.FirstDay : first, owner.LastDay < last ? owner.LastDay : last);
            if (from <= to && (!path.Contains(owner.Studio, CompanyNameComparer.Instance) || CompanyNameComparer.Instance.Equals(owner.Studio, start))
                && FindPath(owners, owner, start, [.. path, owner.Studio], from, to) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string FormatNumber(int number) => number.ToString(CultureInfo.InvariantCulture);
}
