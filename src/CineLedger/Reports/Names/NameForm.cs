using CineLedger.Model;

namespace CineLedger.Reports.Names;

/// <summary>A name, or a text typed as a name, in the forms that are compared. Each form is computed on first use.</summary>
internal sealed class NameForm(string text)
{
    /// <summary>The comparison of letters takes time proportional to the product of the lengths.</summary>
    private const int MaxEditedLength = 80;

    /// <summary>The text without case, accents, repeated spaces and final dots.</summary>
    public string Folded => field ??= NameFolding.Fold(text);

    /// <summary>The words, without accents and punctuation.</summary>
    public string[] Words => field ??= SimilarNames.SplitWords(NameFolding.RemoveAccents(text));

    /// <summary>The words with a space before, between and after them.</summary>
    public string Padded => field ??= $" {string.Join(' ', Words)} ";

    /// <summary>The words without spaces.</summary>
    public string Compact => field ??= string.Concat(Words);

    /// <summary>One letter in four may be wrong, so that short names are not searched among all others.</summary>
    private int MaxDistance => Math.Max(1, Compact.Length / 4);

    /// <summary>Returns whether both consist of the same letters and digits: Lions Gate and Lionsgate.</summary>
    public bool HasSameLetters(NameForm other) => Compact.Length > 0 && Compact == other.Compact;

    /// <summary>Returns whether this name occurs in a longer one as whole words: MGM in Metro-Goldwyn-Mayer (MGM).</summary>
    public bool IsPartOf(NameForm longer) => Words.Length > 0 && longer.Padded.Contains(Padded, StringComparison.Ordinal);

    /// <summary>Returns whether words that follow each other in a name begin with the words of this text: Sci-Fi in Science Fiction.</summary>
    public bool AbbreviatesWordsOf(NameForm name)
    {
        for (var start = 0; Words.Length > 0 && start + Words.Length <= name.Words.Length; start++)
        {
            var count = 0;
            while (count < Words.Length && name.Words[start + count].StartsWith(Words[count], StringComparison.Ordinal))
            {
                count++;
            }

            if (count == Words.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns whether few letters have to be changed to get to a name, or to some of its words.</summary>
    public bool IsNear(NameForm name) => Compact.Length is > 0 and <= MaxEditedLength && GetDistance(name) <= MaxDistance;

    private int CountEdits(string other) =>
        Math.Abs(Compact.Length - other.Length) > MaxDistance ? int.MaxValue : Queries.NearestNames.CountEdits(Compact, other);

    /// <summary>
    /// Returns the number of letters to change, insert or remove to get from this text to a name, or to as many of the name's words as the text has; a large number if the
    /// lengths differ by more than the letters that may be wrong.
    /// </summary>
    public int GetDistance(NameForm name)
    {
        var least = CountEdits(name.Compact);
        for (var start = 0; start + Words.Length <= name.Words.Length; start++)
        {
            least = Math.Min(least, CountEdits(string.Concat(name.Words.AsSpan(start, Words.Length))));
        }

        return least;
    }
}
