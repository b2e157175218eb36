namespace CineLedger.Samples;

/// <summary>Titles, taglines and plots.</summary>
internal static class StoryGenerator
{
    // Bytes of an overview by quantile, chosen so that a record has about 758 bytes, as in the real file.
    private static readonly QuantileCurve Bytes = new(
        [(0, 20), (.01, 50), (.05, 90), (.1, 118), (.25, 176), (.5, 286), (.75, 405), (.9, 540), (.95, 675), (.99, 900), (1, 990)]);

    public static void AddTitle(Utf8Buffer buffer, ref Rng rng)
    {
        int form = rng.NextBelow(20);
        if (form is < 6 or 15 or 16)
        {
            buffer.Add("The "u8);
        }

        if (form is < 12 or > 16)
        {
            buffer.Add(Vocabulary.Adjectives.Pick(ref rng));
            buffer.Add((byte)' ');
            buffer.Add(Vocabulary.Nouns.Pick(ref rng));
        }
        else if (form is 12 or 13)
        {
            NameGenerator.AddPerson(buffer, ref rng);
        }
        else if (form is 14)
        {
            NameGenerator.AddSurname(buffer, ref rng);
        }
        else
        {
            buffer.Add(Vocabulary.Nouns.Pick(ref rng));
            buffer.Add(" of "u8);
            NameGenerator.AddSurname(buffer, ref rng);
        }
        buffer.Add(form switch { 10 => ", Part II"u8, 17 => " and the "u8, 18 => "'s End"u8, 19 => ": The Return"u8, _ => default });
        if (form == 17)
        {
            buffer.Add(Vocabulary.Nouns.Pick(ref rng));
        }
    }

    public static void AddTagline(Utf8Buffer buffer, ref Rng rng)
    {
        buffer.Add(Vocabulary.Taglines.Pick(ref rng));
        if (rng.NextBelow(3) > 0)
        {
            return;
        }

        buffer.Add((byte)' ');
        buffer.Add(Vocabulary.Taglines.Pick(ref rng));
    }

    public static void AddOverview(Utf8Buffer buffer, ref Rng rng)
    {
        int start = buffer.Length, length = (int)Bytes.Draw(ref rng);
        // Line breaks within a quoted field, which a reader must not mistake for the end of the record.
        bool paragraphs = rng.NextBelow(200) == 0;
        AddSentence(buffer, ref rng);
        while (buffer.Length - start < length - 40)
        {
            buffer.Add(paragraphs ? (byte)'\n' : (byte)' ');
            if (rng.NextBelow(22) == 0)
            {
                AddAlias(buffer, ref rng);
            }
            else if (rng.NextBelow(3) == 0)
            {
                buffer.Add(Vocabulary.Turns.Pick(ref rng));
            }
            else
            {
                AddSentence(buffer, ref rng);
            }
        }
    }

    /// <summary>Appends two sentences without a comma or quote, so that the line break between them is unquoted.</summary>
    public static void AddBrokenOverview(Utf8Buffer buffer, byte lineBreak, ref Rng rng)
    {
        AddPlainSentence(buffer, ref rng);
        buffer.Add(lineBreak);
        buffer.Add((byte)' ');
        AddPlainSentence(buffer, ref rng);
    }

    private static void AddSentence(Utf8Buffer buffer, ref Rng rng)
    {
        if (rng.NextBelow(3) > 0)
        {
            AddPlainSentence(buffer, ref rng);
            return;
        }
        buffer.Add(Vocabulary.Openings.Pick(ref rng));
        NameGenerator.AddPerson(buffer, ref rng);
        AddPlot(buffer, ref rng);
    }

    private static void AddPlainSentence(Utf8Buffer buffer, ref Rng rng)
    {
        var role = Vocabulary.Roles.Pick(ref rng);
        buffer.Add("aeiou"u8.Contains(role[0]) ? "An "u8 : "A "u8);
        buffer.Add(role);
        AddPlot(buffer, ref rng);
    }

    private static void AddPlot(Utf8Buffer buffer, ref Rng rng)
    {
        buffer.Add((byte)' ');
        buffer.Add(Vocabulary.Verbs.Pick(ref rng));
        buffer.Add((byte)' ');
        buffer.Add(Vocabulary.Objects.Pick(ref rng));
        if (rng.NextBelow(4) > 0)
        {
            buffer.Add((byte)' ');
            buffer.Add(Vocabulary.Endings.Pick(ref rng));
        }
        buffer.Add((byte)'.');
    }

    private static void AddAlias(Utf8Buffer buffer, ref Rng rng)
    {
        NameGenerator.AddPerson(buffer, ref rng);
        buffer.Add(", known as \"the "u8);
        buffer.Add(Vocabulary.Nouns.Pick(ref rng));
        buffer.Add("\", has other ideas."u8);
    }
}
