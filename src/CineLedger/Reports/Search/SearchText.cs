using CineLedger.Model;
using FuzzySharp;

namespace CineLedger.Reports.Search;

/// <summary>A text that names are searched for: all its words must occur in a name, regardless of letter case and accents.</summary>
public sealed class SearchText
{
    /// <summary>The similarity in percent from which a word of a name may be meant by a misspelled one.</summary>
    private const int MinSimilarity = 75;

    /// <summary>The minimum length of a word that may have a wrong letter: shorter words would match too many others.</summary>
    private const int MinNearLength = 4;

    /// <summary>From this length, a word is split into three parts, so that one part stays intact even if two letters are swapped across a boundary.</summary>
    private const int MinSwapLength = 6;

    private readonly string _text;
    private readonly string _folded;
    private readonly string[] _words;

    /// <param name="text">The text as entered; it must have a word.</param>
    public SearchText(string text)
    {
        _text = text.Trim();

        // A text of accents alone has no words without them.
        _words = NameFolding.RemoveAccents(text).Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : [_text];
        _folded = string.Join(' ', _words);
    }

    /// <summary>Creates a search from the words of a command line; null if there are none.</summary>
    public static SearchText? Create(IEnumerable<string> words) => string.Join(' ', words) is var text && string.IsNullOrWhiteSpace(text) ? null : new(text);

    /// <summary>Returns how well a name matches: 0 for the whole name, 1 if each word begins a word of it, 2 if each word occurs in it; null if it does not match.</summary>
    public int? Match(string name) => MatchFolded(NameFolding.RemoveAccents(name));

    /// <summary>The text as names are compared with it: in upper case and without accents.</summary>
    internal string Folded => _folded;

    /// <summary>The longest word, which usually occurs in the fewest names.</summary>
    internal string MainWord => field ??= _words.MaxBy(word => word.Length)!;

    /// <inheritdoc cref="Match"/>
    internal int? MatchFolded(ReadOnlySpan<char> folded)
    {
        if (folded.SequenceEqual(_folded))
        {
            return 0;
        }

        var isBeginning = true;
        foreach (var word in _words)
        {
            if (folded.IndexOf(word) < 0)
            {
                return null;
            }

            isBeginning = isBeginning && BeginsWord(folded, word);
        }

        return isBeginning ? 1 : 2;
    }

    /// <summary>Returns parts of the longest word of which a name has at least one, even if one letter of the word is wrong.</summary>
    internal IReadOnlyList<string> GetParts()
    {
        var count = MainWord.Length >= MinSwapLength ? 3 : 2;
        return MainWord.Length < MinNearLength
            ? [MainWord]
            : [.. Enumerable.Range(0, count).Select(part => MainWord[(part * MainWord.Length / count)..((part + 1) * MainWord.Length / count)])];
    }

    /// <summary>Returns whether a name has each word, or one that differs from it by a letter.</summary>
    internal bool IsNearFolded(ReadOnlySpan<char> folded)
    {
        foreach (var word in _words)
        {
            if (folded.IndexOf(word) < 0 && !HasNearWord(folded, word))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasNearWord(ReadOnlySpan<char> name, string word)
    {
        if (word.Length < MinNearLength)
        {
            return false;
        }

        foreach (var range in name.Split(' '))
        {
            if (BeginsNear(name[range].TrimStart("'\"(.-"), word))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns whether a name's word begins with another word of which one letter is replaced, missing, added or swapped with the next one.</summary>
    private static bool BeginsNear(ReadOnlySpan<char> name, ReadOnlySpan<char> word)
    {
        var same = name.CommonPrefixLength(word);
        var rest = name[same..];
        var typed = word[same..];
        return typed.Length == 0
            || rest.StartsWith(typed[1..])
            || (rest.Length > 0 && (rest[1..].StartsWith(typed[1..]) || rest[1..].StartsWith(typed)))
            || (rest.Length > 1 && typed.Length > 1 && rest[0] == typed[1] && rest[1] == typed[0] && rest[2..].StartsWith(typed[2..]));
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

    private static bool BeginsWord(ReadOnlySpan<char> name, ReadOnlySpan<char> word)
    {
        for (var from = 0; name[from..].IndexOf(word) is >= 0 and var found; from += found + 1)
        {
            if (from + found == 0 || !char.IsLetterOrDigit(name[from + found - 1]))
            {
                return true;
            }
        }

        return false;
    }
}
