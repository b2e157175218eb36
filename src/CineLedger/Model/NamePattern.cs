using System.Text;

namespace CineLedger.Model;

/// <summary>
/// Creates regular expressions that match names as <see cref="NameFolding"/> compares them. They list all forms of each letter, so engines need no rules for letter case:
/// PostgreSQL's depend on the locale of the database, and many databases know only those of ASCII.
/// </summary>
public static class NamePattern
{
    /// <summary>Accents that follow their letter in decomposed text.</summary>
    private const string Accents = "[\u0300-\u036F]*";

    private static readonly Lazy<Dictionary<char, string>> AllForms = new(FindForms);

    /// <summary>Returns an expression for names that contain a text, regardless of letter case and accents. It has the same meaning in PostgreSQL, DuckDB and .NET.</summary>
    public static string CreateContaining(string text)
    {
        var letters = NameFolding.RemoveAccents(text);
        var pattern = new StringBuilder("(?s)^.*");
        for (var i = 0; i < letters.Length; i++)
        {
            var single = CreateLetter(letters, i);
            if (i + 1 < letters.Length && FindPairs(letters.AsSpan(i, 2)) is { Length: > 0 } pairs)
            {
                pattern.Append($"(?:{single}{Accents}{CreateLetter(letters, i + 1)}|[{pairs}])");
                i++;
            }
            else
            {
                pattern.Append(single);
            }

            pattern.Append(Accents);
        }

        return pattern.Append(".*$").ToString();
    }

    /// <summary>Creates the expression for one letter. At either end of the text, the letter may be one half of a ligature.</summary>
    private static string CreateLetter(string letters, int at)
    {
        var letter = letters[at];
        var halves = string.Concat(NameFolding.Pairs.Where(pair => (at == 0 && pair.Written[1] == letter) || (at == letters.Length - 1 && pair.Written[0] == letter))
            .Select(pair => GetForms(pair.Letters)));
        var forms = AllForms.Value.GetValueOrDefault(letter, "");
        return forms.Length + halves.Length > 0 ? $"[{letter}{forms}{halves}]"
            : char.IsAscii(letter) && (char.IsPunctuation(letter) || char.IsSymbol(letter)) ? $"\\{letter}"
            : $"{letter}";
    }

    private static string FindPairs(ReadOnlySpan<char> letters)
    {
        foreach (var (written, forms) in NameFolding.Pairs)
        {
            if (letters.SequenceEqual(written))
            {
                return GetForms(forms);
            }
        }

        return "";
    }

    private static string GetForms(string upper) => string.Concat(upper.Select(letter => $"{letter}{AllForms.Value.GetValueOrDefault(letter, "")}"));

    /// <summary>Returns all other letters that become a letter when their case and accents are removed.</summary>
    private static Dictionary<char, string> FindForms()
    {
        var forms = new Dictionary<char, string>();
        for (var letter = char.MinValue; letter < char.MaxValue; letter++)
        {
            var upper = char.ToUpperInvariant(letter);
            if (NameFolding.RemoveAccents(letter.ToString()) is [var folded] && folded != letter)
            {
                forms[folded] = forms.GetValueOrDefault(folded, "") + letter;
            }
            else if (upper != letter)
            {
                // A ligature in lower case.
                forms[upper] = forms.GetValueOrDefault(upper, "") + letter;
            }
        }

        return forms;
    }
}
