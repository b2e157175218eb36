namespace CineLedger.Samples;

/// <summary>Invented names of people, and invented words in the scripts of the real dataset's titles.</summary>
internal static class NameGenerator
{
    private static readonly WordList Onsets = new(
        "Va|Ke|Bro|Tal|Mi|Ro|Ste|Gra|Lo|Hal|Pe|Fa|Dre|Cor|Ja|Ny|Os|Il|Zé|Sø|Bre|Thu|Wex|Qui|Ul|Mö|Fen|Ar");
    private static readonly WordList Middles = new("r|l|nn|st|d|v|m|rr|ll|nd|sk|th|g|b|lt|rk|z|p|x|ss");
    private static readonly WordList Codas = new(
        "o|in|er|ley|ström|a|ovic|ham|ard|ell|et|is|ow|ensen|anu|esco|ay|ier|ini|oux|aldt|ura|ey|ska|ópez|ez|on|ick");
    private static readonly WordList GivenNames = new(
        "Ada|Bela|Cora|Dario|Edda|Femke|Goran|Hilda|Ivo|Jana|Kaspar|Livia|Milo|Nadia|Otis|Petra|Quentin|Rosa|Silas|Tilda|" +
        "Ugo|Vera|Wendel|Xenia|Yara|Zeno|Mary Ann|Jean-Luc|Noël|Ingrid|Tomás|Aoife");
    private static readonly WordList Katakana = new("カ|モ|リ|サ|ナ|ト|ミ|ル|ソ|ヤ|ノ|ハ|キ|ス|ネ|ラ");
    private static readonly WordList Han = new("青|林|遠|河|紙|灯|雪|鳥|石|橋|春|夜|村|雲|舟|影");
    private static readonly WordList Cyrillic = new("вар|ко|лин|до|ме|ра|сто|ви|на|бер|ту|зо|ля|пе");
    private static readonly WordList Devanagari = new("का|मो|री|सा|ना|तो|मी|लू|पा|या|दे|वा");
    private static readonly WordList Hangul = new("가|나|도|리|모|바|수|우|자|하|연|별");
    private static readonly WordList Latin = new("ló|va|mé|ri|sü|ta|no|çe|lå|du|pi|ñe|ro|bè|ka|zi");

    public static void AddSurname(Utf8Buffer buffer, ref Rng rng)
    {
        // Rare prefixes: an apostrophe in a name makes Python switch to double quotes.
        if (rng.NextBelow(40) == 0)
        {
            buffer.Add(rng.NextBelow(2) == 0 ? "O'"u8 : "D'"u8);
        }

        buffer.Add(Onsets.Pick(ref rng));
        buffer.Add(Middles.Pick(ref rng));
        buffer.Add(Codas.Pick(ref rng));
    }

    public static void AddPerson(Utf8Buffer buffer, ref Rng rng)
    {
        buffer.Add(GivenNames.Pick(ref rng));
        buffer.Add((byte)' ');
        AddSurname(buffer, ref rng);
    }

    /// <summary>The number of different surnames of <see cref="AddSurname(Utf8Buffer, int)"/>.</summary>
    public static int Surnames => Onsets.Count * Middles.Count * Codas.Count;

    public static void AddSurname(Utf8Buffer buffer, int number)
    {
        buffer.Add(Onsets[number % Onsets.Count]);
        buffer.Add(Middles[number / Onsets.Count % Middles.Count]);
        buffer.Add(Codas[number / Onsets.Count / Middles.Count]);
    }

    /// <summary>Appends a nonsense title in the script of the language.</summary>
    public static void AddForeignTitle(Utf8Buffer buffer, ReadOnlySpan<byte> language, ref Rng rng)
    {
        var syllables = language switch
        {
            [(byte)'j', (byte)'a'] => Katakana,
            [(byte)'z', (byte)'h'] or [(byte)'c', (byte)'n'] => Han,
            [(byte)'r', (byte)'u'] or [(byte)'s', (byte)'r'] => Cyrillic,
            [(byte)'h', (byte)'i'] => Devanagari,
            [(byte)'k', (byte)'o'] => Hangul,
            _ => Latin,
        };
        int words = syllables == Han ? 1 : 1 + rng.NextBelow(3);
        for (int word = 0; word < words; word++)
        {
            if (word > 0)
            {
                buffer.Add((byte)' ');
            }

            for (int left = 2 + rng.NextBelow(2); left > 0; left--)
            {
                buffer.Add(syllables.Pick(ref rng));
            }
        }
    }
}
