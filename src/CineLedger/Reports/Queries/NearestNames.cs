namespace CineLedger.Reports.Queries;

/// <summary>Suggests existing names for a misspelled one.</summary>
public static class NearestNames
{
    /// <summary>Returns at most three similar names, the nearest first.</summary>
    public static IReadOnlyList<string> Find(string text, IEnumerable<string> names) =>
    [
        .. names.Select(name => (Name: name, Distance: GetDistance(text.ToLowerInvariant(), name)))
            .Where(near => near.Distance <= Math.Max(2, near.Name.Length / 2) && near.Distance < near.Name.Length)
            .OrderBy(near => near.Distance)
            .ThenBy(near => Math.Abs(near.Name.Length - text.Length))
            .ThenBy(near => near.Name, StringComparer.Ordinal)
            .Select(near => near.Name)
            .Take(3),
    ];

    /// <summary>Builds the end of an error message: <c>; did you mean …?</c>, or a period when none is similar.</summary>
    public static string BuildQuestion(string text, IEnumerable<string> names) =>
        Find(text, names) is { Count: > 0 } near ? $"; did you mean {string.Join(" or ", near)}?" : ".";

    /// <summary>Builds the end of an error message: <c>; did you mean …?</c>, or all names when none is similar.</summary>
    internal static string BuildHint(string text, IEnumerable<string> names)
    {
        var all = names.ToList();
        return Find(text, all) is { Count: > 0 } near ? $"; did you mean {string.Join(" or ", near)}?" : $"; use one of {string.Join(", ", all)}.";
    }

    /// <summary>Returns the number of edits; 1 when one text is a prefix of the other.</summary>
    private static int GetDistance(string text, string name) =>
        text.Length > 1 && (name.StartsWith(text, StringComparison.Ordinal) || text.StartsWith(name, StringComparison.Ordinal)) ? 1 : CountEdits(text, name);

    /// <summary>Returns the Levenshtein distance.</summary>
    internal static int CountEdits(string text, string name)
    {
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
