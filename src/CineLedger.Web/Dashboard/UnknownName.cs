using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Components;

namespace CineLedger.Web.Dashboard;

/// <summary>The name of a company or studio that is not in the snapshot, and similar names that are.</summary>
public sealed record UnknownName(NameKind Kind, string Name, IReadOnlyList<string> Nearest)
{
    /// <summary>Longer names get no suggestions, as the comparison takes time proportional to the product of the lengths.</summary>
    private const int MaxLength = 80;

    /// <summary>Creates a page with the status 404.</summary>
    public static PageContent CreatePage(NameKind kind, string name, IEnumerable<string> known) =>
        new($"{kind.Title} not found", typeof(UnknownNamePage), new UnknownName(kind, name, name.Length > MaxLength ? [] : FindNearest(name, [.. known]))) { Status = 404 };

    private static IReadOnlyList<string> FindNearest(string name, IReadOnlyList<string> known)
    {
        // Names that contain the text or are mostly contained in it come first, then names that differ by a few letters.
        var holding = known
            .Where(other => other.Contains(name, StringComparison.OrdinalIgnoreCase)
                || (other.Length * 2 > name.Length && name.Contains(other, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(other => Math.Abs(other.Length - name.Length)).ThenBy(other => other, StringComparer.Ordinal).Take(4);
        var close = known.Where(other => Math.Abs(other.Length - name.Length) <= 3)
            .GroupBy(other => other.ToLowerInvariant()).ToDictionary(same => same.Key, same => same.First());
        return [.. holding.Union(NearestNames.Find(name, close.Keys).Select(lower => close[lower]), StringComparer.Ordinal).Take(5)];
    }
}
