using FuzzySharp;

namespace CineLedger.Reports;

/// <summary>
/// Finds names that differ little: a letter, a space, punctuation or the order of words. Only names near each other in one of three orders are compared, so
/// that the time grows with the number of names and not with its square.
/// </summary>
internal sealed class SimilarNames
{
    internal const int MaxStackLength = 256;

    /// <summary>The similarity of whole names, in percent, from which they are a pair.</summary>
    private const int MinSimilarity = 90;

    /// <summary>The similarity of names without common words. That of Oak Productions and OB Productions is only in such a word.</summary>
    private const int MinSimilarityOfRest = 85;

    /// <summary>A word is common if more names have it, but at least <see cref="MinCommon"/>.</summary>
    private const double CommonShare = 1 / 400d;

    private const int MinCommon = 10;

    /// <summary>The number of following names in an order that a name is compared with.</summary>
    private const int Neighbors = 8;

    /// <summary>In shorter names one letter makes too much of a difference: BBC and NBC.</summary>
    private const int MinLength = 6;

    /// <summary>Words that are numbers.</summary>
    private static readonly HashSet<string> RomanNumbers = new(StringComparer.Ordinal) { "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii" };

    private readonly Name[] _names;
    private readonly string[][] _words;
    private readonly HashSet<string> _common;

    private SimilarNames(IReadOnlyList<string> names)
    {
        _words = [.. names.Select(SplitWords)];
        _names = [.. _words.Select(Name.Create)];
        var common = Math.Max(MinCommon, names.Count * CommonShare);
        _common = [.. _words.SelectMany(name => name.Distinct()).CountBy(word => word).Where(word => word.Value > common).Select(word => word.Key)];
    }

    /// <summary>Returns the similarity in percent of each pair, given as positions in the list.</summary>
    public static IReadOnlyDictionary<(int First, int Second), int> Find(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var similar = new SimilarNames(names);
        var pairs = new Dictionary<(int, int), int>();
        foreach (var getKey in (Func<Name, string>[])[name => name.Joined, name => Reverse(name.Joined), name => name.Sorted])
        {
            var places = Enumerable.Range(0, names.Count).ToArray();
            Array.Sort(Array.ConvertAll(similar._names, name => getKey(name)), places, StringComparer.Ordinal);
            for (var i = 0; i < places.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var j = i + 1; j <= i + Neighbors && j < places.Length; j++)
                {
                    if (similar.Compare(places[i], places[j]) is >= MinSimilarity and var similarity)
                    {
                        pairs[(Math.Min(places[i], places[j]), Math.Max(places[i], places[j]))] = similarity;
                    }
                }
            }
        }

        return pairs;
    }

    /// <summary>Returns 0 for names with different numbers, such as Channel 4 and Channel 5, or with different words beside the common ones.</summary>
    private int Compare(int first, int second)
    {
        var (one, other) = (_names[first], _names[second]);
        if (one.Numbers != other.Numbers)
        {
            return 0;
        }

        if (one.Joined == other.Joined || one.Sorted == other.Sorted)
        {
            return 100;
        }

        var (shorter, longer) = (Math.Min(one.Joined.Length, other.Joined.Length), Math.Max(one.Joined.Length, other.Joined.Length));
        if (shorter < MinLength || 200 * shorter < MinSimilarity * (shorter + longer) || one.Compare(other) is not (>= MinSimilarity and var similarity))
        {
            return 0;
        }

        // Productions and Production differ in common words, Oak Productions and OB Productions beside a common word of both.
        var shared = _words[first].Intersect(_words[second]).Where(_common.Contains).ToHashSet();
        return shared.Count == 0 || IsRestSimilar(_common) || IsRestSimilar(shared) ? similarity : 0;

        bool IsRestSimilar(HashSet<string> words) => Without(first, words).Compare(Without(second, words)) >= MinSimilarityOfRest;

        Name Without(int at, HashSet<string> words) => Name.Create([.. _words[at].Where(word => !words.Contains(word))]);
    }

    /// <summary>Returns the words of a name in lower case. Apostrophes and dots are part of words; any other punctuation separates them.</summary>
    internal static string[] SplitWords(string name)
    {
        Span<char> words = name.Length <= MaxStackLength ? stackalloc char[name.Length] : new char[name.Length];
        return words[..WriteWords(name, words)].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Writes the words of a name in lower case, with spaces between them, and returns the length, which is never longer than the name.</summary>
    internal static int WriteWords(ReadOnlySpan<char> name, Span<char> words)
    {
        var length = 0;
        foreach (var letter in name)
        {
            if (letter is not ('\'' or '’' or '.'))
            {
                words[length++] = char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) ? char.ToLowerInvariant(letter) : ' ';
            }
        }

        return length;
    }

    private static string Reverse(string text)
    {
        var letters = text.ToCharArray();
        Array.Reverse(letters);
        return new(letters);
    }

    /// <param name="Joined">The words without spaces.</param>
    /// <param name="Sorted">The words in alphabetical order.</param>
    /// <param name="Numbers">The digits and Roman numbers.</param>
    private readonly record struct Name(string Joined, string Sorted, string Numbers)
    {
        public static Name Create(string[] words) => new(
            string.Concat(words), string.Join(' ', words.Order(StringComparer.Ordinal)),
            string.Join(' ', words.Select(GetNumber).Where(number => number.Length > 0).Order(StringComparer.Ordinal)));

        public int Compare(Name other) => Joined == other.Joined ? 100
            : Joined.Length == 0 || other.Joined.Length == 0 ? 0
            : Math.Max(Fuzz.Ratio(Joined, other.Joined), Fuzz.Ratio(Sorted, other.Sorted));

        private static string GetNumber(string word) => RomanNumbers.Contains(word) ? word : string.Concat(word.Where(char.IsDigit));
    }
}
