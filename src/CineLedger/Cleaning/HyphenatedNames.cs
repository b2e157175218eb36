
namespace CineLedger.Cleaning;

/// <summary>
/// Splits names joined by hyphens, some of which contain hyphens themselves: <c>Warner Bros. Pictures-Metro-Goldwyn-Mayer-New Line</c>. Well-known names are not
/// split. A single word may be half of a name, and so may the part next to it; such parts are left out unless the column shows that they are names.
/// </summary>
internal static class HyphenatedNames
{
    private const int MaxParts = 4;

    private static readonly HashSet<string> WellKnown = new(StringComparer.OrdinalIgnoreCase)
    {
        "Metro-Goldwyn-Mayer", "Metro-Goldwyn-Mayer (MGM)", "Metro-Goldwyn-Mayer Studios", "Metro-Goldwyn-Mayer Cartoon Studio", "Metro-Goldwyn-Mayer British Studios",
        "Twentieth Century-Fox", "Twentieth Century-Fox Film Corporation", "Tri-Star Pictures", "Tri-Star", "Hanna-Barbera", "Hanna-Barbera Productions", "Hanna-Barbera Cartoons",
        "Warner Bros.-Seven Arts", "DePatie-Freleng Enterprises", "Rankin-Bass Productions", "Levy-Gardner-Laven", "Selznick-International Pictures", "X-Filme Creative Pool",
        "Bryna-Quine", "First National-Pathé", "Gaumont-British Picture Corporation", "Sol Lesser-Principal", "Mar-Key", "U-Film", "Canal-Plus", "Mirisch-Lion",
        "Guinea-Bissau", "Timor-Leste", "Serbo-Croatian",
    };

    /// <param name="text">The text of a field.</param>
    /// <param name="evidence">What the column shows; null if nothing.</param>
    /// <param name="isComplete">False if parts were left out.</param>
    public static List<string> Split(string text, NameEvidence? evidence, out bool isComplete)
    {
        var parts = SplitAtHyphens(text);
        if (parts.Count <= 1)
        {
            isComplete = true;
            return [text.Trim()];
        }

        // A well-known name is one part. Parts that are certainly names separate the uncertain ones.
        var isCertain = new List<bool>(parts.Count);
        for (var i = 0; i < parts.Count; i++)
        {
            for (var taken = Math.Min(MaxParts, parts.Count - i); taken > 1; taken--)
            {
                if (string.Join('-', parts.GetRange(i, taken)) is var joined && WellKnown.Contains(joined))
                {
                    parts.RemoveRange(i, taken);
                    parts.Insert(i, joined);
                    break;
                }
            }

            isCertain.Add(WellKnown.Contains(parts[i]) || evidence?.IsName(parts[i]) == true);
        }

        var names = new List<string>();
        for (int i = 0, end; i < parts.Count; i = end)
        {
            for (end = i + 1; end < parts.Count && isCertain[end] == isCertain[i]; end++)
            {
            }

            var run = parts.GetRange(i, end - i);
            if (isCertain[i] || run.TrueForAll(part => IsWhole(part, parts[0])))
            {
                names.AddRange(run);
            }
        }

        isComplete = names.Count == parts.Count;
        return names;
    }

    /// <summary>Returns whether a name may be several, joined by hyphens: <c>Low Tide-North Quay Films</c>, but not <c>Metro-Goldwyn-Mayer</c> or <c>Sci-Fi</c>.</summary>
    public static bool MayBeSeveral(string name) =>
        name.Contains('-', StringComparison.Ordinal) && SplitAtHyphens(name).Count > 1 && !name.Contains(" - ", StringComparison.Ordinal)
        && !WellKnown.Contains(name.Trim()) && !GenreNames.IsKnown(name.Trim());

    /// <summary>Returns the parts between hyphens, trimmed.</summary>
    public static List<string> SplitAtHyphens(string text) => [.. text.Split('-', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Returns whether a part looks like a whole name: several words that do not begin in lowercase, unless all parts do.</summary>
    private static bool IsWhole(string part, string first) => part.Contains(' ', StringComparison.Ordinal) && (!char.IsLower(part[0]) || char.IsLower(first[0]));
}
