namespace CineLedger.Cleaning;

/// <summary>
/// Names in one text, separated by comma and space, as daily extracts of TMDB have them: <c>Walt Disney Pictures, Pixar</c>. A company's own
/// comma before its legal form (<c>Walt Disney Productions, Inc.</c>) is told from one between two: nobody is called <c>Inc.</c> alone.
/// </summary>
internal static class NameListParser
{
    /// <summary>Legal forms, without dots, blanks and strokes.</summary>
    private static readonly HashSet<string> LegalForms = new(StringComparer.OrdinalIgnoreCase)
    {
        "inc", "incorporated", "ltd", "limited", "ltda", "ltdco", "coltd", "colimited", "llc", "llp", "lp", "corp", "corporation", "co", "plc", "ptyltd", "pty", "pvtltd", "pteltd",
        "sa", "sas", "sarl", "srl", "spa", "sl", "slu", "sadecv", "gmbh", "gmbh&cokg", "ag", "kg", "bv", "nv", "aps", "oy", "doo", "sro", "zrt", "kft",
    };

    /// <summary>Splits a text.</summary>
    /// <param name="isAmbiguous">True where a name begins with a small letter, as what follows a comma within a name does, but not only that.</param>
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

            if (names.Count > 0 && LegalForms.Contains(name.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal)))
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
