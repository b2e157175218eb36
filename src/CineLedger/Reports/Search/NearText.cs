using System.Numerics;

namespace CineLedger.Reports.Search;

/// <summary>
/// Compares a name with a text in which one letter may be wrong, missing or added, or two neighboring letters swapped: one error in the whole text, or one in each of its words.
/// Letters are bytes if name and text are in ASCII, or UTF-16.
/// </summary>
internal static class NearText
{
    /// <summary>The minimum length of a name, and of a word that may have an error: shorter ones would match too many others.</summary>
    public const int MinLength = 4;

    /// <summary>The minimum length of a text that the beginning of a longer name or word may be like, which many more are.</summary>
    public const int MinBeginningLength = 5;

    /// <summary>Returns how near a name is; null if it is not.</summary>
    /// <param name="name">The name, folded.</param>
    /// <param name="text">The text, folded.</param>
    /// <param name="words">The words of the text, the longest first.</param>
    public static MatchRank? Match<T>(ReadOnlySpan<T> name, ReadOnlySpan<T> text, ReadOnlySpan<T[]> words)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (name.Length >= MinLength && IsNear(name, text))
        {
            return MatchRank.NearName;
        }

        var rank = MatchRank.NearWords;
        foreach (var word in words)
        {
            if (MatchWord(name, word) is not { } found)
            {
                return text.Length >= MinBeginningLength && BeginsNear(name, text) ? MatchRank.NearBeginning : null;
            }

            rank = found > rank ? found : rank;
        }

        return rank;
    }

    /// <summary>Returns whether two texts are the same but for one error.</summary>
    public static bool IsNear<T>(ReadOnlySpan<T> name, ReadOnlySpan<T> typed)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (Math.Abs(name.Length - typed.Length) > 1)
        {
            return false;
        }

        var same = name.CommonPrefixLength(typed);
        var rest = name[same..];
        var other = typed[same..];
        return rest.Length > other.Length ? rest[1..].SequenceEqual(other)
            : rest.Length < other.Length ? other[1..].SequenceEqual(rest)
            : rest.Length == 0 || rest[1..].SequenceEqual(other[1..]) || (IsSwapped(rest, other) && rest[2..].SequenceEqual(other[2..]));
    }

    /// <summary>Returns whether a name begins with a text but for one error, which is not a wrong last letter: while a word is typed, that would match too many.</summary>
    public static bool BeginsNear<T>(ReadOnlySpan<T> name, ReadOnlySpan<T> typed)
        where T : unmanaged, IBinaryInteger<T>
    {
        var same = name.CommonPrefixLength(typed);
        var rest = name[same..];
        var other = typed[same..];
        return other.Length == 0
            || (other.Length > 1 && rest.StartsWith(other[1..]))
            || (rest.Length > 0 && (rest[1..].StartsWith(other) || (other.Length > 1 && rest[1..].StartsWith(other[1..]))))
            || (IsSwapped(rest, other) && rest[2..].StartsWith(other[2..]));
    }

    private static MatchRank? MatchWord<T>(ReadOnlySpan<T> name, ReadOnlySpan<T> word)
        where T : unmanaged, IBinaryInteger<T>
    {
        var begins = false;
        for (var start = 0; word.Length >= MinLength && start < name.Length; start++)
        {
            if (!IsLetter(name[start]) || (start > 0 && IsLetter(name[start - 1])))
            {
                continue;
            }

            // An error among the first two letters leaves one of them at most one place away.
            var rest = name[start..];
            if (rest[0] != word[0] && rest[0] != word[1] && (rest.Length == 1 || (rest[1] != word[0] && rest[1] != word[1])))
            {
                continue;
            }

            // A word ends before a hyphen or an apostrophe, or includes it.
            var length = 1;
            while (length < rest.Length && IsLetter(rest[length]))
            {
                length++;
            }

            var space = rest.IndexOf(T.CreateTruncating(' '));
            if ((length >= MinLength && IsNear(rest[..length], word)) || (space > length && IsNear(rest[..space], word)) || (space < 0 && IsNear(rest, word)))
            {
                return MatchRank.NearWords;
            }

            begins = begins || (word.Length >= MinBeginningLength && BeginsNear(rest, word));
        }

        return name.IndexOf(word) >= 0 ? MatchRank.NearWords : begins ? MatchRank.NearBeginning : null;
    }

    private static bool IsSwapped<T>(ReadOnlySpan<T> rest, ReadOnlySpan<T> other)
        where T : unmanaged, IBinaryInteger<T> => rest.Length > 1 && other.Length > 1 && rest[0] == other[1] && rest[1] == other[0];

    private static bool IsLetter<T>(T letter)
        where T : unmanaged, IBinaryInteger<T> => char.IsLetterOrDigit((char)ushort.CreateTruncating(letter));
}
