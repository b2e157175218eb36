using System.Buffers;
using System.Numerics;
using System.Text;
using CineLedger.Model;
using FuzzySharp;

namespace CineLedger.Reports.Search;

/// <summary>A text that names are searched for: all its words must occur in a name, regardless of letter case and accents.</summary>
public sealed class SearchText
{
    /// <summary>The similarity in percent from which a word of a name may be meant by a misspelled one.</summary>
    private const int MinSimilarity = 75;

    private const int MaxStackLength = 200;

    private readonly string _text;
    private readonly string _folded;
    private readonly byte[] _utf8;
    private readonly byte[][] _utf8Words;
    private readonly char[][] _words;
    private readonly uint _letterSet;
    private readonly int _maxErrors;

    /// <param name="text">The text as entered; it must have a word.</param>
    public SearchText(string text)
    {
        _text = text.Trim();

        // A text of accents alone has no words without them.
        var words = NameFolding.RemoveAccents(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } found ? found : [_text];
        _folded = string.Join(' ', words);
        _utf8 = Encoding.UTF8.GetBytes(_folded);
        _words = [.. words.OrderByDescending(word => word.Length).Select(word => word.ToCharArray())];
        _maxErrors = Math.Max(1, _words.Count(word => word.Length >= NearText.MinLength));
        _letterSet = LetterSet.Create(_utf8);
        _utf8Words = [.. _words.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Creates a search from the words of a command line; null if there are none.</summary>
    public static SearchText? Create(IEnumerable<string> words) => string.Join(' ', words) is var text && string.IsNullOrWhiteSpace(text) ? null : new(text);

    /// <summary>Returns how well a name matches without errors; null if it does not.</summary>
    public MatchRank? Match(string name) => Match(Encoding.UTF8.GetBytes(NameFolding.RemoveAccents(name)));

    /// <summary>Returns how well the better of a movie's titles matches without errors; null if none does.</summary>
    public MatchRank? Match(string title, string? originalTitle)
    {
        var (rank, other) = (Match(title), originalTitle is null ? null : Match(originalTitle));
        return rank is null || other < rank ? other : rank;
    }

    /// <summary>The text as names are compared with it: in upper case and without accents.</summary>
    internal ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>The longest word, which usually occurs in the fewest names.</summary>
    internal ReadOnlySpan<byte> MainWord => _utf8Words[0];

    /// <summary>Returns how well a folded name matches without errors; null if it does not.</summary>
    internal MatchRank? Match(ReadOnlySpan<byte> folded)
    {
        if (folded.SequenceEqual(_utf8))
        {
            return MatchRank.WholeName;
        }

        var isBeginning = true;
        foreach (var word in _utf8Words)
        {
            if (folded.IndexOf(word) < 0)
            {
                return null;
            }

            isBeginning = isBeginning && BeginsWord(folded, word);
        }

        return isBeginning ? MatchRank.Beginnings : MatchRank.Parts;
    }

    /// <summary>Returns false for most names that do not match even with an error in each word, because they lack more letters than that.</summary>
    internal bool MayBeNear(uint letterSet) => BitOperations.PopCount(_letterSet & ~letterSet) <= _maxErrors;

    /// <summary>Returns how well a folded name matches if words have errors; null if it does not. See <see cref="NearText"/>.</summary>
    internal MatchRank? MatchNear(ReadOnlySpan<byte> folded)
    {
        if (_utf8.Length == _folded.Length && Ascii.IsValid(folded))
        {
            return NearText.Match<byte>(folded, _utf8, _utf8Words);
        }

        Span<char> letters = folded.Length <= MaxStackLength ? stackalloc char[folded.Length] : new char[folded.Length];
        return NearText.Match<char>(letters[..Encoding.UTF8.GetChars(folded, letters)], _folded, _words);
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

    private static bool BeginsWord(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word)
    {
        for (var from = 0; name[from..].IndexOf(word) is >= 0 and var found; from += found + 1)
        {
            if (Rune.DecodeLastFromUtf8(name[..(from + found)], out var previous, out _) == OperationStatus.NeedMoreData || !Rune.IsLetterOrDigit(previous))
            {
                return true;
            }
        }

        return false;
    }
}
