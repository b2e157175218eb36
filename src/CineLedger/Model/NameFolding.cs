using System.Collections.Frozen;
using System.Text;

namespace CineLedger.Model;

/// <summary>
/// Reduces a name to what a person types for it: letter case, accents, the kind and number of spaces, spaces at either end and dots at the end do not matter. It depends on neither
/// the language nor the store, whose engines would differ. The program runs without ICU, which could decompose letters.
/// </summary>
public static class NameFolding
{
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
    private static readonly (string Written, string Letters)[] Pairs = [("AE", "ÆǢǼ"), ("OE", "Œ"), ("SS", "ßẞ"), ("TH", "Þ")];

    private static readonly FrozenDictionary<char, string> Plain = Decompositions.Select(letters => (Written: letters[..1], Letters: letters[1..])).Concat(Pairs)
        .SelectMany(group => group.Letters.Select(letter => KeyValuePair.Create(letter, group.Written))).ToFrozenDictionary();

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

        var plain = new StringBuilder(upper.Length);
        foreach (var letter in upper)
        {
            // Combining marks follow their letter in decomposed text.
            if (letter is < '\u0300' or > '\u036F')
            {
                _ = Plain.TryGetValue(letter, out var written) ? plain.Append(written) : plain.Append(letter);
            }
        }

        return plain.ToString();
    }
}
