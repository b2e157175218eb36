using CineLedger.Model;
using FuzzySharp;

namespace CineLedger.Reports.Search;

/// <summary>A text that names are searched for: all its words must occur in a name, regardless of letter case and accents.</summary>
public sealed class SearchText
{
    /// <summary>The similarity in percent from which a word of a name may be meant by a misspelled one.</summary>
    private const int MinSimilarity = 75;

    private readonly string _text;
    private readonly string _folded;
    private readonly string[] _words;

    /// <param name="text">The text as entered; it must have a word.</param>
    public SearchText(string text)
    {
        _text = text.Trim();
        _words = NameFolding.RemoveAccents(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _folded = string.Join(' ', _words);
    }

    /// <summary>Creates a search from the words of a command line; null if there are none.</summary>
    public static SearchText? Create(IEnumerable<string> words) => string.Join(' ', words) is var text && string.IsNullOrWhiteSpace(text) ? null : new(text);

    /// <summary>Returns how well a name matches: 0 for the whole name, 1 if each word begins a word of it, 2 if each word occurs in it; null if it does not match.</summary>
    public int? Match(string name)
    {
        var folded = NameFolding.RemoveAccents(name);
        return folded == _folded ? 0
            : _words.All(word => BeginsWord(folded, word)) ? 1
            : _words.All(word => folded.Contains(word, StringComparison.Ordinal)) ? 2
            : null;
    }

    /// <summary>Creates the error for a text that no name matches, with at most three similar names.</summary>
    /// <param name="what">What was searched, in the singular: <c>company</c>.</param>
    /// <param name="names">All names, the most important first.</param>
    public UsageException CreateNotFound(string what, IEnumerable<string> names)
    {
        var similar = names.Where(IsSimilar).Take(3).ToList();
        return new($"no {what} matches '{_text}'.{(similar.Count > 0 ? $" Did you mean {string.Join(" or ", similar.Select(name => $"'{name}'"))}?" : "")}");
    }

    /// <summary>Returns whether each word resembles a word of the name.</summary>
    private bool IsSimilar(string name)
    {
        var others = SimilarNames.SplitWords(NameFolding.RemoveAccents(name));
        return SimilarNames.SplitWords(_folded).All(word => others.Any(other => Math.Abs(other.Length - word.Length) <= 2 && Fuzz.Ratio(word, other) >= MinSimilarity));
    }

    private static bool BeginsWord(string name, string word)
    {
        for (var at = name.IndexOf(word, StringComparison.Ordinal); at >= 0; at = name.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetterOrDigit(name[at - 1]))
            {
                return true;
            }
        }

        return false;
    }
}
