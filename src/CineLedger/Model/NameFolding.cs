using System.Text;

namespace CineLedger.Model;

/// <summary>
/// Reduces a name to what a person types for it: letter case, accents, the kind and number of spaces, spaces at either end and dots at the end do not matter. It depends on neither
/// the language nor the store, whose engines would differ. The program runs without ICU, which could decompose letters.
/// </summary>
public static class NameFolding
{
    private const int MaxStackLength = 200;

    /// <summary>Letters without accents, each followed by those with accents: the canonical decompositions of Unicode, in upper case where there is one.</summary>
    private static readonly string[] Decompositions =
    [
        "AÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ", "BḂḄḆ", "CÇĆĈĊČḈ", "DĎḊḌḎḐḒĐÐ", "EÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ", "FḞ", "GĜĞĠĢǦǴḠ", "HĤȞḢḤḦḨḪẖĦ", "IÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ",
        "JĴǰ", "KĶǨḰḲḴ", "LĹĻĽḶḸḺḼŁ", "MḾṀṂ", "NÑŃŅŇǸṄṆṈṊ", "OÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢØǾ", "PṔṖ", "RŔŖŘȐȒṘṚṜṞ", "SŚŜŞŠȘṠṢṤṦṨ", "TŢŤȚṪṬṮṰẗŦ",
        "UÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ", "VṼṾ", "WŴẀẂẄẆẈẘ", "XẊẌ", "YÝŶŸȲẎẙỲỴỶỸ", "ZŹŻŽẐẒẔ",
        "ΑΆἈἉἊἋἌἍἎἏᾸᾹᾺΆᾼ", "ΕΈἘἙἚἛἜἝῈΈ", "ΗΉἨἩἪἫἬἭἮἯῊΉῌ", "ΙΊΪΐἸἹἺἻἼἽἾἿῘῙῚΊ", "ΟΌὈὉὊὋὌὍῸΌ", "ΡῬ", "ΥΎΫΰὙὛὝὟῨῩῪΎ", "ΩΏὨὩὪὫὬὭὮὯῺΏῼ",
        "АӐӒ", "ГЃ", "ЕЀЁӖ", "ЖӁӜ", "ЗӞ", "ИЍЙӢӤ", "ІЇ", "КЌ", "ОӦ", "УЎӮӰӲ", "ЧӴ", "ЫӸ", "ЭӬ",
    ];

    /// <summary>Ligatures and letters that are written as two.</summary>
    internal static readonly (string Written, string Letters)[] Pairs = [("AE", "ÆǢǼ"), ("OE", "Œ"), ("SS", "ßẞ"), ("TH", "Þ")];

    /// <summary>The letters without accents by the letter with them; null for other letters. All letters with accents are below its length.</summary>
    private static readonly string?[] Plain = CreatePlain();

    /// <summary>Returns a text that all ways to type a name have in common.</summary>
    public static string Fold(string name) => CompanyNameComparer.Normalize(RemoveAccents(name));

    /// <summary>Returns the text in upper case and without accents.</summary>
    public static string RemoveAccents(string text)
    {
        var upper = text.ToUpperInvariant();
        if (Ascii.IsValid(upper))
        {
            return upper;
        }

        Span<char> plain = upper.Length <= MaxStackLength ? stackalloc char[2 * MaxStackLength] : new char[2 * upper.Length];
        return new(plain[..RemoveAccents(upper, plain)]);
    }

    /// <summary>Writes a text in upper case without its accents. Returns its length.</summary>
    /// <param name="upper">The text in upper case.</param>
    /// <param name="destination">Receives the letters, at most twice as many.</param>
    internal static int RemoveAccents(ReadOnlySpan<char> upper, Span<char> destination)
    {
        var length = 0;
        foreach (var letter in upper)
        {
            if (letter < Plain.Length && Plain[letter] is { } written)
            {
                written.CopyTo(destination[length..]);
                length += written.Length;
            }
            else if (letter is < '\u0300' or > '\u036F')
            {
                // Combining marks, which are left out, follow their letter in decomposed text.
                destination[length++] = letter;
            }
        }

        return length;
    }

    private static string?[] CreatePlain()
    {
        var plain = new string?[0x2000];
        foreach (var (written, letters) in Decompositions.Select(letters => (Written: letters[..1], Letters: letters[1..])).Concat(Pairs))
        {
            foreach (var letter in letters)
            {
                plain[letter] = written;
            }
        }

        return plain;
    }
}
