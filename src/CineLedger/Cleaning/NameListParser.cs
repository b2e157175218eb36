namespace CineLedger.Cleaning;

/// <summary>
/// Splits names separated by comma and space, the notation of TMDB's daily extracts: <c>Walt Disney Pictures, Pixar</c>. A comma before a legal form
/// (<c>Walt Disney Productions, Inc.</c>) is part of the name, since no company is called just <c>Inc.</c>
/// </summary>
internal static class NameListParser
{
    /// <summary>Legal forms, without dots, blanks and slashes.</summary>
    private static readonly HashSet<string> LegalForms = new(StringComparer.OrdinalIgnoreCase)
    {
        "inc", "incorporated", "ltd", "limited", "ltda", "ltdco", "coltd", "colimited", "llc", "llp", "lp", "corp", "corporation", "co", "plc", "ptyltd", "pty",
        "pvtltd", "pteltd",
        "sa", "sas", "sarl", "srl", "spa", "sl", "slu", "sadecv", "gmbh", "gmbh&cokg", "ag", "kg", "bv", "nv", "aps", "oy", "doo", "sro", "zrt", "kft",
    };

    /// <summary>Splits a text.</summary>
    /// <param name="isAmbiguous">True if a name begins with a lowercase letter, so that the comma before it may be part of a name.</param>
    public static List<string> Split(string text, out bool isAmbiguous)
    {
        var names = new List<string>();
        isAmbiguous = false;
        foreach (var part in text.Split(", "))
        {
            var name = part.Trim();
            if (name.Length == 0)
            {
                continue;
            }

            if (names.Count > 0 && LegalForms.Contains(
                name.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal)))
            {
                names[^1] = $"{names[^1]}, {name}";
                continue;
            }

            isAmbiguous |= names.Count > 0 && char.IsLower(name[0]);
            names.Add(name);
        }

        return names;
    }
}
