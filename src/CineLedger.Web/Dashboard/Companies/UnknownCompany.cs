using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>A company name that is not in the snapshot, and similar names that are.</summary>
public sealed record UnknownCompany(string Name, IReadOnlyList<string> Nearest)
{
    /// <summary>Longer names get no suggestions, as the comparison takes time proportional to the product of the lengths.</summary>
    private const int MaxLength = 80;

    public static async Task<UnknownCompany> ReadAsync(PageRequest request, string name, CancellationToken cancellationToken)
    {
        var known = (await request.Ledger.ReadNamesAsync("company", new(), cancellationToken)).Rows.Select(row => row.GetText("name")).ToList();
        if (name.Length > MaxLength)
        {
            return new UnknownCompany(name, []);
        }

        // Names that contain the text or are mostly contained in it come first, then names that differ by a few letters.
        var holding = known
            .Where(other => other.Contains(name, StringComparison.OrdinalIgnoreCase)
                || (other.Length * 2 > name.Length && name.Contains(other, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(other => Math.Abs(other.Length - name.Length)).ThenBy(other => other, StringComparer.Ordinal).Take(4);
        var close = known.Where(other => Math.Abs(other.Length - name.Length) <= 3)
            .GroupBy(other => other.ToLowerInvariant()).ToDictionary(same => same.Key, same => same.First());
        return new UnknownCompany(name, [.. holding.Union(NearestNames.Find(name, close.Keys).Select(lower => close[lower]), StringComparer.Ordinal).Take(5)]);
    }
}
