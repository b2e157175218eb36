using System.Text;

namespace CineLedger.Reports.Search;

/// <summary>Folds texts for comparison regardless of letter case and accents: <c>Amélie</c> and <c>AMELIE</c> are the same.</summary>
public static class FoldedText
{
    /// <summary>The letters without accents of three ranges of Unicode, in order; a dot for those that are no accented letters. The runtime's own tables need ICU, which is not installed.</summary>
    private static readonly (char First, string Letters)[] Ranges =
    [
        ('À', "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.llllll..llnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz"),
        ('Ǎ', "aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa....aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy"),
        ('Ḁ', "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy"
            + "......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy"),
    ];

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter < 128)
            {
                folded.Append(char.ToLowerInvariant(letter));
            }
            else if (letter is < '\u0300' or > '\u036f')
            {
                // Combining accents between these two are omitted.
                AppendOther(folded, letter);
            }
        }

        return folded.ToString();
    }

    private static void AppendOther(StringBuilder folded, char letter)
    {
        foreach (var (first, letters) in Ranges)
        {
            if (letter >= first && letter - first < letters.Length && letters[letter - first] != '.')
            {
                folded.Append(letters[letter - first]);
                return;
            }
        }

        _ = letter switch
        {
            'ß' => folded.Append("ss"),
            'Æ' or 'æ' => folded.Append("ae"),
            'Œ' or 'œ' => folded.Append("oe"),
            'Þ' or 'þ' => folded.Append("th"),
            'Ơ' or 'ơ' => folded.Append('o'),
            'Ư' or 'ư' => folded.Append('u'),
            '’' or '‘' => folded.Append('\''),
            _ => folded.Append(char.ToLowerInvariant(letter)),
        };
    }
}
