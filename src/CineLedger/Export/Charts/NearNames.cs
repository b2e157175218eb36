namespace CineLedger.Export.Charts;

/// <summary>Names that a misspelt one may have meant.</summary>
internal static class NearNames
{
    /// <summary>The names at most a third of their letters away, or that begin alike, the nearest first; three at the most.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known) =>
        [.. known
            .Select(other => (Name: other, Distance: Distance(name.ToLowerInvariant(), other)))
            .Where(other => other.Distance <= Math.Max(2, other.Name.Length / 3) || (name.Length > 2 && other.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(other => other.Distance)
            .Take(3)
            .Select(other => other.Name)];

    /// <summary>Levenshtein's: how many letters must be put in, taken out or changed.</summary>
    private static int Distance(string one, string other)
    {
        var last = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = last[0];
            last[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = last[j];
                last[j] = Math.Min(changed, Math.Min(last[j], last[j - 1]) + 1);
            }
        }

        return last[^1];
    }
}
