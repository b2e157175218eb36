using System.Text;

namespace CineLedger.Samples;

/// <summary>Languages and the countries of origin of their movies, with the frequencies of the real dataset.</summary>
internal static class Locales
{
    private static readonly (string Code, string Name, string Country, string CountryName, double Movies)[] Table =
    [
        ("en", "English", "US", "United States of America", 25000), ("en", "English", "GB", "United Kingdom", 4600),
        ("en", "English", "CA", "Canada", 1700), ("en", "English", "AU", "Australia", 900),
        ("fr", "Français", "FR", "France", 2438), ("it", "Italiano", "IT", "Italy", 1529),
        ("ja", "日本語", "JP", "Japan", 1350), ("de", "Deutsch", "DE", "Germany", 1080),
        ("es", "Español", "ES", "Spain", 640), ("es", "Español", "MX", "Mexico", 354),
        ("ru", "Pусский", "RU", "Russia", 826), ("hi", "हिन्दी", "IN", "India", 508),
        ("ko", "한국어/조선말", "KR", "South Korea", 444), ("zh", "普通话", "CN", "China", 409),
        ("sv", "svenska", "SE", "Sweden", 384), ("pt", "Português", "BR", "Brazil", 316),
        ("cn", "广州话 / 廣州話", "HK", "Hong Kong", 313), ("fi", "suomi", "FI", "Finland", 297),
        ("nl", "Nederlands", "NL", "Netherlands", 248), ("da", "Dansk", "DK", "Denmark", 225),
        ("pl", "Polski", "PL", "Poland", 219), ("tr", "Türkçe", "TR", "Turkey", 150),
        ("cs", "Český", "CZ", "Czech Republic", 130), ("el", "ελληνικά", "GR", "Greece", 113),
        ("no", "Norsk", "NO", "Norway", 106), ("fa", "فارسی", "IR", "Iran", 101),
        ("hu", "Magyar", "HU", "Hungary", 100), ("he", "עִבְרִית", "IL", "Israel", 67),
    ];

    private static readonly WeightedChoice MovieWeights = new(Table.Select(row => row.Movies));
    private static readonly byte[][] Codes = [.. Table.Select(row => Encoding.UTF8.GetBytes(row.Code))];
    private static readonly byte[][] Languages = [.. Table.Select(row => CreateDict("iso_639_1", row.Code, row.Name))];
    private static readonly byte[][] Countries = [.. Table.Select(row => CreateDict("iso_3166_1", row.Country, row.CountryName))];

    public static int Draw(ref Rng rng) => MovieWeights.Draw(ref rng);

    public static ReadOnlySpan<byte> GetLanguage(int place) => Codes[place];

    public static bool IsEnglish(int place) => place < 4;

    public static void AddCountries(Utf8Buffer buffer, int place, ref Rng rng) => AddList(buffer, Countries, place, .14, .14, ref rng);

    public static void AddLanguages(Utf8Buffer buffer, int place, ref Rng rng) => AddList(buffer, Languages, place, .085, .2, ref rng);

    private static void AddList(Utf8Buffer buffer, byte[][] dicts, int place, double none, double more, ref Rng rng)
    {
        buffer.Add((byte)'[');
        if (!rng.NextBool(none))
        {
            buffer.Add(dicts[place]);
            for (int last = place; rng.NextBool(more);)
            {
                // Always takes a later row that differs from its neighbor, so that nothing is listed twice.
                last = Math.Max(last + 1 + rng.NextBelow(4), 4);
                if (last >= dicts.Length)
                {
                    break;
                }

                if (dicts[last].AsSpan().SequenceEqual(dicts[last - 1]))
                {
                    continue;
                }

                buffer.Add(", "u8);
                buffer.Add(dicts[last]);
            }
        }
        buffer.Add((byte)']');
    }

    private static byte[] CreateDict(string key, string code, string name)
    {
        var buffer = new Utf8Buffer();
        buffer.AddString($"{{'{key}': '{code}', 'name': ");
        buffer.AddLiteral(Encoding.UTF8.GetBytes(name));
        buffer.Add((byte)'}');
        return buffer.Written.ToArray();
    }
}
