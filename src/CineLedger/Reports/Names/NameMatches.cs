using System.Text;
using CineLedger.Model;

namespace CineLedger.Reports.Names;

/// <summary>Compares a text with names: what it can be, and what it may have been meant to be.</summary>
internal static class NameMatches
{
    /// <summary>Shorter parts of words occur in too many names.</summary>
    private const int MinPartLength = 3;

    /// <summary>Returns the names that differ from the text only in case, accents, spaces and final dots.</summary>
    public static IReadOnlyList<KnownName> FindEqual(NameForm text, IEnumerable<KnownName> names) =>
        [.. names.Where(name => name.HasForm(form => form.Folded == text.Folded)).DistinctBy(name => name.Name)];

    /// <summary>
    /// Returns the names that the text is a part of: those with the same letters, or else those whose words begin like its own, or else those that contain its letters.
    /// </summary>
    public static IReadOnlyList<KnownName> FindPartial(NameForm text, IReadOnlyList<KnownName> names)
    {
        return Find(text.HasSameLetters) is { Count: > 0 } same ? same
            : Find(text.AbbreviatesWordsOf) is { Count: > 0 } abbreviated ? abbreviated
            : text.Compact.Length < MinPartLength ? []
            : Find(form => form.Compact.Contains(text.Compact, StringComparison.Ordinal));

        IReadOnlyList<KnownName> Find(Func<NameForm, bool> matches) => [.. names.Where(name => name.HasForm(matches)).DistinctBy(name => name.Name)];
    }

    /// <summary>Returns names that occur in the text as whole words, those with more words first, then names that differ by a few letters, the nearest first.</summary>
    public static IEnumerable<KnownName> FindSimilar(NameForm text, IReadOnlyList<KnownName> names)
    {
        var contained = names.Where(name => name.Form.Compact.Length >= MinPartLength && name.Form.IsPartOf(text))
            .OrderByDescending(name => name.Form.Words.Length).ThenByDescending(name => name.Movies);
        var near = names.Where(name => name.HasForm(text.IsNear))
            .OrderBy(name => name.AllForms.Min(text.GetDistance)).ThenByDescending(name => name.Movies).ThenBy(name => name.Name, StringComparer.Ordinal);
        return contained.Concat(near).DistinctBy(name => name.Name);
    }

    /// <summary>Returns other names that a reader could mean by a name: the same letters, or a longer name that contains it as whole words.</summary>
    public static IReadOnlyList<KnownName> FindLonger(KnownName known, IEnumerable<KnownName> names) =>
    [
        .. names.Where(name => name.Name != known.Name && MayBeLonger(known.Form, name.Name))
            .Where(name => known.Form.HasSameLetters(name.Form) || known.Form.IsPartOf(name.Form)).DistinctBy(name => name.Name),
    ];

    /// <summary>Returns false for most names that are not longer ones, without making words of them: a ledger may have hundreds of thousands.</summary>
    private static bool MayBeLonger(NameForm known, string name)
    {
        if (known.Words.Length == 0)
        {
            return false;
        }

        var plain = Ascii.IsValid(name) ? name : NameFolding.RemoveAccents(name);
        Span<char> space = plain.Length <= SimilarNames.MaxStackLength ? stackalloc char[plain.Length] : new char[plain.Length];
        var words = space[..SimilarNames.WriteWords(plain, space)];
        if (words.IndexOf(known.Words[0], StringComparison.Ordinal) >= 0)
        {
            return true;
        }

        var same = 0;
        foreach (var letter in words)
        {
            if (letter != ' ' && (same == known.Compact.Length || letter != known.Compact[same++]))
            {
                return false;
            }
        }

        return same == known.Compact.Length;
    }
}
