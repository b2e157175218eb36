using System.Buffers;
using System.Text;
using CineLedger.Records;

namespace CineLedger.Cleaning;

/// <summary>
/// Splits names separated by commas or pipes: <c>Walt Disney Pictures, Pixar</c>. A comma before a legal form (<c>Walt Disney Productions, Inc.</c>) is part
/// of the name, since no company is called just <c>Inc.</c>
/// </summary>
internal static class NameListParser
{
    /// <summary>No company, genre, country, language or keyword of TMDB has a name of this length; texts of other columns have.</summary>
    private const int MaxNameLength = 200;

    /// <summary>Legal forms, without dots, blanks and slashes.</summary>
    private static readonly HashSet<string> LegalForms = new(StringComparer.OrdinalIgnoreCase)
    {
        "inc", "incorporated", "ltd", "limited", "ltda", "ltdco", "coltd", "colimited", "llc", "llp", "lp", "corp", "corporation", "co", "plc", "ptyltd", "pty",
        "pvtltd", "pteltd",
        "sa", "sas", "sarl", "srl", "spa", "sl", "slu", "sadecv", "gmbh", "gmbh&cokg", "ag", "kg", "bv", "nv", "aps", "oy", "doo", "sro", "zrt", "kft",
    };

    /// <summary>Words that mean a missing value or are Booleans.</summary>
    private static readonly HashSet<string> NoNames = new(StringComparer.OrdinalIgnoreCase) { "none", "null", "nan", "nat", "n/a", "na", "true", "false", @"\n" };

    private const int MaxNoNameLength = 5;

    private static readonly SearchValues<string> LiteralParts = SearchValues.Create(["': ", "\": ", "'}", "\"}"], StringComparison.Ordinal);

    /// <summary>Returns whether a text is a literal, or a damaged one, which must never be taken for names.</summary>
    public static bool IsLiteral(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'[' or (byte)'{', ..] && text[1..].TrimStart((byte)' ') is [] or [(byte)'[' or (byte)'{' or (byte)'\'' or (byte)'"' or (byte)']' or (byte)'}', ..])
        {
            return true;
        }

        if (text.IndexOfAny("'\""u8) >= 0 && Encoding.UTF8.GetString(text).AsSpan().ContainsAny(LiteralParts))
        {
            return true;
        }

        // [18, 35] is a list, but "[corazón MOVIES]" is a name.
        return text[0] == '[' && IsComplete(new LiteralReader(text));
    }

    private static bool IsComplete(LiteralReader reader)
    {
        while (reader.Read())
        {
        }

        return reader.Token == LiteralToken.End;
    }

    /// <summary>Returns whether a text may be one or several names, and not a number, a date, a Boolean, an address, or a text that is long or has several lines.</summary>
    public static bool CanBeNames(string text)
    {
        var trimmed = text.Trim();
        var (hasLetter, length) = (false, 0);
        foreach (var letter in trimmed)
        {
            hasLetter |= char.IsLetter(letter);
            length = letter is ',' or '|' ? 0 : length + 1;
            if (length > MaxNameLength || char.IsControl(letter))
            {
                return false;
            }
        }

        return hasLetter && (trimmed.Length > MaxNoNameLength || !NoNames.Contains(trimmed)) && trimmed[0] != '/' && !trimmed.Contains("://", StringComparison.Ordinal);
    }

    /// <summary>Splits a text. Names are trimmed and not empty.</summary>
    /// <param name="text">The text of a field.</param>
    /// <param name="notation">The column's notation.</param>
    /// <param name="isAmbiguous">True if a separator may be part of a name, or if the text seems to be in another notation.</param>
    /// <param name="evidence">What the column shows about names that may contain the separator; null if nothing.</param>
    public static List<string> Split(string text, ListNotation notation, out bool isAmbiguous, NameEvidence? evidence = null)
    {
        // Names do not contain pipes, so that pipes separate names in any column unless there are commas, too.
        var hasPipes = text.Contains('|', StringComparison.Ordinal);
        if (notation == ListNotation.Pipes || (hasPipes && !text.Contains(',', StringComparison.Ordinal)))
        {
            isAmbiguous = !hasPipes && HasSeveralNames(text);
            return SplitAt(text, "|");
        }

        if (GetSeparator(notation) is { } separator)
        {
            var parts = SplitAt(text, separator);
            isAmbiguous = hasPipes || (parts.Count == 1 && HasSeveralNames(text));
            return notation == ListNotation.Slashes ? JoinSlashedForms(parts) : parts;
        }

        switch (notation)
        {
            case ListNotation.Hyphens:
                var joined = HyphenatedNames.Split(text, evidence, out var isComplete);
                isAmbiguous = !isComplete || hasPipes;
                return joined;
            case ListNotation.SingleName:
                isAmbiguous = hasPipes || text.Contains(';', StringComparison.Ordinal) || HasSeveralNames(text) || HyphenatedNames.MayBeSeveral(text);
                return [text.Trim()];
        }

        var names = SplitAtCommas(text, notation == ListNotation.SpacedCommas ? ", " : ",");
        isAmbiguous = hasPipes;
        for (var i = 0; i < names.Count && !isAmbiguous; i++)
        {
            isAmbiguous = (i > 0 && (ContinuesName(names[i], names[0]) || (evidence is not null && MayContinue(names[i], names[i - 1], evidence))))
                || (notation == ListNotation.SpacedCommas && HasSeveralNames(names[i]))
                || (names[i].LastIndexOf(',') is > 0 and var comma && HasLegalFormBeforeHyphen(names[i][(comma + 1)..].Trim()));
        }

        return names;
    }

    /// <summary>Returns the parts of a text, as the notation separates them, before any decision about names.</summary>
    public static List<string> SplitPlainly(string text, ListNotation notation) => notation switch
    {
        ListNotation.Hyphens => HyphenatedNames.SplitAtHyphens(text),
        ListNotation.Pipes => SplitAt(text, "|"),
        ListNotation.SpacedCommas => SplitAtCommas(text, ", "),
        ListNotation.Commas => SplitAtCommas(text, ","),
        _ => GetSeparator(notation) is { } separator ? SplitAt(text, separator) : [text.Trim()],
    };

    /// <summary>Returns whether a text has the separator of a notation between names.</summary>
    public static bool HasSeparator(string text, ListNotation notation) => SplitPlainly(text, notation).Count > 1;

    /// <summary>Counts the commas that may separate names: those followed by a blank, and the others.</summary>
    public static (int Spaced, int Bare) CountCommas(string text)
    {
        var (spaced, bare) = (0, 0);
        for (int at = FindSeparator(text, ",", 0), next; at < text.Length; at = next)
        {
            next = FindSeparator(text, ",", at + 1);
            if (text[(at + 1)..next].Trim() is { Length: > 0 } name && !IsLegalForm(name) && !HasLegalFormBeforeHyphen(name))
            {
                (spaced, bare) = text[at + 1] == ' ' ? (spaced + 1, bare) : (spaced, bare + 1);
            }
        }

        return (spaced, bare);
    }

    /// <summary>Returns whether a text would be several names if every comma separated names.</summary>
    private static bool HasSeveralNames(string text) => text.Contains(',', StringComparison.Ordinal) && CountCommas(text) is not (0, 0);

    private static List<string> SplitAtCommas(string text, string separator)
    {
        var names = new List<string>();
        var (start, lastStart) = (0, 0);
        while (start < text.Length)
        {
            var end = FindSeparator(text, separator, start);
            var name = text[start..end].Trim();
            if (names.Count > 0 && (IsLegalForm(name) || HasLegalFormBeforeHyphen(name)))
            {
                names[^1] = text[lastStart..end].Trim();
            }
            else if (name.Length > 0)
            {
                names.Add(name);
                lastStart = start;
            }

            start = end + separator.Length;
        }

        return names;
    }

    /// <summary>Returns the offset of the next separator, or the length of the text. A comma between digits belongs to a number: <c>20,000 Leagues</c>.</summary>
    private static int FindSeparator(string text, string separator, int start)
    {
        for (var at = text.IndexOf(separator, start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(separator, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || at + 1 == text.Length || !char.IsAsciiDigit(text[at - 1]) || !char.IsAsciiDigit(text[at + 1]))
            {
                return at;
            }
        }

        return text.Length;
    }

    /// <summary>Returns whether a text is the end of a name, a hyphen and another name: <c>Inc.-Low Tide Films</c>.</summary>
    private static bool HasLegalFormBeforeHyphen(string text) => text.IndexOf('-') is > 0 and var hyphen && IsLegalForm(text[..hyphen]);

    private static bool IsLegalForm(string name) => LegalForms.Contains(
        name.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal));

    /// <summary>Returns whether a name may be the end of the one before it: <c>the Bad Movies</c>, <c>Meyer &amp; Co.</c> Lists in lowercase throughout are clear.</summary>
    private static bool ContinuesName(string name, string first) =>
        (char.IsLower(name[0]) && !char.IsLower(first[0])) || name.EndsWith("& Co.", StringComparison.Ordinal) || name.EndsWith("& Co", StringComparison.Ordinal);

    /// <summary>
    /// Returns whether two names may be one: a single word, which never occurs without the other, before another such word or before a name with an ampersand
    /// (<c>Lights, Camera, Act</c>, <c>Crosby, Stills &amp; Nash</c>).
    /// </summary>
    private static bool MayContinue(string name, string before, NameEvidence evidence) =>
        IsUnprovenWord(before, evidence) && (IsUnprovenWord(name, evidence) || (name.Contains(" & ", StringComparison.Ordinal) && !evidence.IsName(name)));

    /// <summary>Returns whether a part may be half of a name. Words in lowercase, such as keywords, are always complete names.</summary>
    private static bool IsUnprovenWord(string name, NameEvidence evidence) => !name.Contains(' ', StringComparison.Ordinal) && !char.IsLower(name[0]) && !evidence.IsName(name);

    private static string? GetSeparator(ListNotation notation) => notation switch
    {
        ListNotation.Semicolons => ";",
        ListNotation.SpacedSlashes => " / ",
        ListNotation.Slashes => "/",
        _ => null,
    };

    private static List<string> SplitAt(string text, string separator) => [.. text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Joins the Danish legal forms that a slash divided: <c>Nordisk Film A/S</c>.</summary>
    private static List<string> JoinSlashedForms(List<string> parts)
    {
        for (var i = parts.Count - 1; i > 0; i--)
        {
            if (parts[i] == "S" && (parts[i - 1] is "A" or "K" or "I" || parts[i - 1].EndsWith(" A", StringComparison.Ordinal)
                || parts[i - 1].EndsWith(" K", StringComparison.Ordinal) || parts[i - 1].EndsWith(" I", StringComparison.Ordinal)))
            {
                parts[i - 1] += "/S";
                parts.RemoveAt(i);
            }
        }

        return parts;
    }
}
