using System.Collections.Frozen;
using CineLedger.Reports.Queries;

namespace CineLedger.Reports.Names;

/// <summary>
/// English names of languages, which the dataset gives as codes, and other common names and codes of countries. Kept here because the program runs without ICU.
/// </summary>
internal static class NameSynonyms
{
    /// <summary>ISO 639-1, and the codes that TMDB uses besides it: cn, iw, sh and xx.</summary>
    private static readonly FrozenDictionary<string, string[]> Languages = Parse(
        "aa Afar,ab Abkhazian,af Afrikaans,ak Akan,am Amharic,an Aragonese,ar Arabic,as Assamese,av Avaric,ay Aymara,az Azerbaijani,ba Bashkir,be Belarusian,bg Bulgarian,"
        + "bi Bislama,bm Bambara,bn Bengali,bo Tibetan,br Breton,bs Bosnian,ca Catalan,ce Chechen,ch Chamorro,cn Cantonese,co Corsican,cr Cree,cs Czech,cv Chuvash,cy Welsh,"
        + "da Danish,de German,dv Divehi,dz Dzongkha,ee Ewe,el Greek,en English,eo Esperanto,es Spanish/Castilian,et Estonian,eu Basque,fa Persian/Farsi,ff Fulah,"
        + "fi Finnish,fj Fijian,fo Faroese,fr French,fy Frisian,ga Irish,gd Gaelic,gl Galician,gn Guarani,gu Gujarati,gv Manx,ha Hausa,he Hebrew,hi Hindi,hr Croatian,"
        + "ht Haitian,hu Hungarian,hy Armenian,id Indonesian,ig Igbo,is Icelandic,it Italian,iu Inuktitut,iw Hebrew,ja Japanese,jv Javanese,ka Georgian,kg Kongo,kk Kazakh,"
        + "kl Kalaallisut/Greenlandic,km Khmer,kn Kannada,ko Korean,ks Kashmiri,ku Kurdish,kw Cornish,ky Kyrgyz,la Latin,lb Luxembourgish,ln Lingala,lo Lao,lt Lithuanian,"
        + "lv Latvian,mg Malagasy,mi Maori,mk Macedonian,ml Malayalam,mn Mongolian,mr Marathi,ms Malay,mt Maltese,my Burmese,nb Bokmal,ne Nepali,nl Dutch/Flemish,"
        + "nn Nynorsk,no Norwegian,nv Navajo,ny Chichewa,oc Occitan,om Oromo,or Oriya,pa Punjabi,pl Polish,ps Pashto/Pushto,pt Portuguese,qu Quechua,rm Romansh,ro Romanian,"
        + "ru Russian,rw Kinyarwanda,sa Sanskrit,sc Sardinian,sd Sindhi,se Northern Sami,sg Sango,sh Serbo-Croatian,si Sinhala,sk Slovak,sl Slovenian,sm Samoan,sn Shona,"
        + "so Somali,sq Albanian,sr Serbian,st Sotho,su Sundanese,sv Swedish,sw Swahili,ta Tamil,te Telugu,tg Tajik,th Thai,ti Tigrinya,tk Turkmen,tl Tagalog,tn Tswana,"
        + "to Tonga,tr Turkish,tt Tatar,tw Twi,ty Tahitian,ug Uighur,uk Ukrainian,ur Urdu,uz Uzbek,vi Vietnamese,wo Wolof,xh Xhosa,xx No language,yi Yiddish,yo Yoruba,"
        + "za Zhuang,zh Chinese/Mandarin,zu Zulu");

    /// <summary>ISO 3166 alpha-3 and everyday names. A part of a country, such as England, is no name for all of it.</summary>
    private static readonly FrozenDictionary<string, string[]> Countries = Parse(
        "AE UAE/ARE,AR ARG,AT AUT,AU AUS,BA BIH,BE BEL,BG BGR,BR BRA,CA CAN,CH CHE,CI Ivory Coast/CIV,CL CHL,CN CHN,CO COL,CZ Czechia/CZE,DE DEU/GER,DK DNK,EG EGY,ES ESP,"
        + "FI FIN,FR FRA,GB UK/Great Britain/Britain/GBR,GR GRC,HK HKG,HR HRV,HU HUN,ID IDN,IE IRL,IL ISR,IN IND,IR IRN,IS ISL,IT ITA,JP JPN,KR KOR,LU LUX,MA MAR,"
        + "MK North Macedonia,MM Burma,MX MEX,MY MYS,NL Holland/NLD,NO NOR,NZ NZL,PE PER,PH PHL,PL POL,PT PRT,RO ROU,RS SRB,RU RUS/Russian Federation,SE SWE,SG SGP,SI SVN,"
        + "SK SVK,SU USSR,TH THA,TN TUN,TR Turkiye/TUR,TW TWN,UA UKR,US USA/United States/America,VN VNM,XC CSSR,XG GDR/DDR,YU Yugoslavia,ZA ZAF");

    /// <summary>Returns other names of a country or language.</summary>
    /// <param name="dimension">The dimension of the name.</param>
    /// <param name="texts">The name and its code.</param>
    public static IEnumerable<string> Find(Dimension dimension, IEnumerable<string> texts) =>
        dimension.Name switch { "country" => Countries, "language" or "spoken_language" => Languages, _ => null } is { } synonyms
            ? texts.SelectMany(text => synonyms.GetValueOrDefault(text) ?? [])
            : [];

    private static FrozenDictionary<string, string[]> Parse(string table) =>
        table.Split(',').Select(entry => entry.Trim().Split(' ', 2)).ToFrozenDictionary(entry => entry[0], entry => entry[1].Split('/'), StringComparer.Ordinal);
}
