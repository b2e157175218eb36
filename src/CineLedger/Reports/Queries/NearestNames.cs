namespace CineLedger.Reports.Queries;

/// <summary>What somebody may have meant who wrote a name that there is not.</summary>
public static class NearestNames
{
    /// <summary>At most three of the names, the nearest first; those that share nothing with the text are left out.</summary>
    public static IReadOnlyList<string> Find(string text, IEnumerable<string> names) =>
    [
        .. names.Select(name => (Name: name, Distance: GetDistance(text.ToLowerInvariant(), name)))
            .Where(near => near.Distance <= Math.Max(2, near.Name.Length / 2))
            .OrderBy(near => near.Distance)
            .ThenBy(near => near.Name, StringComparer.Ordinal)
            .Select(near => near.Name)
            .Take(3),
    ];

    /// <summary>The end of a sentence: <c>; did you mean …?</c>, or all the names where none is near.</summary>
    internal static string BuildHint(string text, IEnumerable<string> names)
    {
        var all = names.ToList();
        return Find(text, all) is { Count: > 0 } near ? $"; did you mean {string.Join(" or ", near)}?" : $"; there are {string.Join(", ", all)}.";
    }

    /// <summary>Levenshtein's distance, of letters put in, left out or exchanged; a name that begins with the text is near.</summary>
    private static int GetDistance(string text, string name)
    {
        if (text.Length > 1 && (name.StartsWith(text, StringComparison.Ordinal) || text.StartsWith(name, StringComparison.Ordinal)))
        {
            return 1;
        }

        var row = Enumerable.Range(0, name.Length + 1).ToArray();
        for (var i = 1; i <= text.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= name.Length; j++)
            {
                var kept = diagonal + (text[i - 1] == name[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(kept, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[name.Length];
    }
}
