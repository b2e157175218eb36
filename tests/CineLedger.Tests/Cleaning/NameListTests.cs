using CineLedger.Cleaning;
using CsCheck;

namespace CineLedger.Tests.Cleaning;

/// <summary>Tests how lists of names without brackets are recognized and split.</summary>
public sealed class NameListTests
{
    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.Const("Drama"), Gen.Const("Science Fiction"), Gen.Const("Bell & Howe"), Gen.Const("Élan 日本"), Gen.Const("20,000 Leagues"), Gen.Const("South Pier Pictures, Inc."),
        Gen.Const("Canal+"), Gen.Const("Toho Company, Ltd."), Gen.Const("1492 Productions"));

    private static readonly Gen<string[]> Lists = Name.Array[1, 5];

    [Theory]
    [InlineData("", nameof(ListNotation.Literal))]
    [InlineData("[];;[]", nameof(ListNotation.Literal))]
    [InlineData("[{'id': 18, 'name': 'Drama'}]", nameof(ListNotation.Literal))]
    [InlineData("[\"Drama\"];[]", nameof(ListNotation.Literal))]
    [InlineData("Drama", nameof(ListNotation.SingleName))]
    [InlineData("Drama;Science Fiction;", nameof(ListNotation.SingleName))]
    [InlineData("South Pier Pictures, Inc.;Toho Co.,Ltd.;20,000 Leagues", nameof(ListNotation.SingleName))]
    [InlineData("[];Drama, Comedy;Drama", nameof(ListNotation.SpacedCommas))]
    [InlineData("Drama,Thriller;Comedy", nameof(ListNotation.Commas))]
    [InlineData("Drama, Thriller;Drama, Comedy;Foo,Bar", nameof(ListNotation.SpacedCommas))]
    [InlineData("Drama,Thriller;Drama,Comedy;Drama, Action", nameof(ListNotation.Commas))]
    [InlineData("Drama|Comedy;Drama", nameof(ListNotation.Pipes))]
    [InlineData("North Quay|South Pier Pictures, Inc.;Fox", nameof(ListNotation.Pipes))]
    [InlineData("A, B;A, C;A, D;A|B", nameof(ListNotation.SpacedCommas))]
    [InlineData("[{'name': 'A'}];Drama", nameof(ListNotation.Literal))]
    [InlineData("[{'name': 'A'}];Drama, Comedy;Drama", nameof(ListNotation.SpacedCommas))]
    [InlineData("GATORADE;[{'name': 'A'}];[{'name': 'B'}]", nameof(ListNotation.Literal))]
    [InlineData("nan;None;NULL;N/A;False;1500000;1995-10-30;/a.jpg;https://x.example", nameof(ListNotation.Literal))]
    [InlineData("[{'id': 18, 'name': 'Dra;'id': 18, 'name': 'Drama'}]", nameof(ListNotation.Literal))]
    public void A_columns_notation_follows_from_its_values(string values, string notation)
    {
        var counter = new ListNotationCounter();
        foreach (var value in values.Split(';'))
        {
            counter.Add(System.Text.Encoding.UTF8.GetBytes(value));
        }

        Assert.Equal(notation, counter.Notation.ToString());
        Assert.False(counter.IsClear);
    }

    /// <summary>Genres are a closed list: the notation is the separator between known genres, not one that occurs in a name.</summary>
    [Theory]
    [InlineData("Action-Adventure-Science Fiction;Drama", nameof(ListNotation.Hyphens))]
    [InlineData("Sci-Fi;Drama;Film-Noir", nameof(ListNotation.SingleName))]
    [InlineData("Action, Sci-Fi;Drama", nameof(ListNotation.SpacedCommas))]
    [InlineData("Action|Sci-Fi", nameof(ListNotation.Pipes))]
    [InlineData("Action / Adventure;TV Movie / Drama", nameof(ListNotation.SpacedSlashes))]
    [InlineData("Action/Adventure;TV Movie", nameof(ListNotation.Slashes))]
    [InlineData("Action Science Fiction Drama;TV Movie", nameof(ListNotation.Spaces))]
    [InlineData("Science Fiction;TV Movie", nameof(ListNotation.SingleName))]
    [InlineData("28|12;18", nameof(ListNotation.Ids))]
    [InlineData("28, 12;18", nameof(ListNotation.Ids))]
    [InlineData("[28, 12];[18]", nameof(ListNotation.Literal))]
    [InlineData("1995;7.5;99999", nameof(ListNotation.Literal))]
    [InlineData("Slice of Life-Mecha;Mecha", nameof(ListNotation.SingleName))]
    public void Known_genres_show_the_notation(string values, string notation) => Assert.Equal(notation, GetForm(values, isGenres: true).Notation.ToString());

    [Fact]
    public void Known_genres_show_semicolons()
    {
        var counter = new ListNotationCounter(isGenres: true);
        counter.Add("Action; Drama"u8);
        counter.Add("Action;Science Fiction"u8);
        Assert.Equal(ListNotation.Semicolons, counter.Notation);
    }

    /// <summary>Other lists of a file prefer the separator of its genres, if their values have it.</summary>
    [Theory]
    [InlineData("North Quay Films-South Pier Pictures;Fox", nameof(ListNotation.Hyphens), nameof(ListNotation.Hyphens))]
    [InlineData("Metro-Goldwyn-Mayer;Fox", nameof(ListNotation.Pipes), nameof(ListNotation.SingleName))]
    [InlineData("North Quay Films, Fox;Metro-Goldwyn-Mayer, Fox;Toho, Fox", nameof(ListNotation.Hyphens), nameof(ListNotation.SpacedCommas))]
    [InlineData("North Quay Films/Fox", nameof(ListNotation.Slashes), nameof(ListNotation.Slashes))]
    [InlineData("Nordisk Film A/S;Fox", nameof(ListNotation.Literal), nameof(ListNotation.SingleName))]
    [InlineData("North Quay Films / Fox", nameof(ListNotation.Literal), nameof(ListNotation.SpacedSlashes))]
    [InlineData("Fox|Toho", nameof(ListNotation.SpacedCommas), nameof(ListNotation.Pipes))]
    public void Other_lists_prefer_the_separator_of_the_genres(string values, string genres, string notation) =>
        Assert.Equal(notation, GetForm(values, isGenres: false, Enum.Parse<ListNotation>(genres)).Notation.ToString());

    [Theory]
    [InlineData("Warner Bros. Pictures-Metro-Goldwyn-Mayer-New Line", "Warner Bros. Pictures/Metro-Goldwyn-Mayer/New Line", true)]
    [InlineData("North Quay Films-South Pier Pictures", "North Quay Films/South Pier Pictures", true)]
    [InlineData("Toho", "Toho", true)]
    [InlineData("Toho-Gaumont", "Toho/Gaumont", true)]
    [InlineData("Orla-Bergen Productions", "", false)]
    [InlineData("Toho-Orla-Bergen Productions", "Toho", false)]
    [InlineData("North Quay Films-based on novel", "", false)]
    public void Hyphens_separate_only_unambiguous_names(string text, string names, bool isCertain)
    {
        var evidence = GetForm("Toho;Gaumont;Orla-Bergen Productions;Orla-Bergen Productions-Fox", isGenres: false, ListNotation.Hyphens).Evidence;
        Assert.Equal(names.Split('/', StringSplitOptions.RemoveEmptyEntries), NameListParser.Split(text, ListNotation.Hyphens, out var isAmbiguous, evidence));
        Assert.Equal(isCertain, !isAmbiguous);
    }

    [Theory]
    [InlineData("North Quay Films, South Pier Pictures, Inc., Lights, Camera, Act", true)]
    [InlineData("Crosby, Stills & Nash", true)]
    [InlineData("North Quay Films, South Pier Pictures, Inc.", false)]
    [InlineData("Toho, Gaumont", false)]
    public void Words_that_never_occur_separately_may_be_one_name(string text, bool isAmbiguous)
    {
        var evidence = GetForm($"Toho;Gaumont, North Quay Films;Fox, Gaumont, Toho;{text}", isGenres: false).Evidence;
        NameListParser.Split(text, ListNotation.SpacedCommas, out var found, evidence);
        Assert.Equal(isAmbiguous, found);
    }

    [Theory]
    [InlineData("Action-Sci-Fi-Drama", '-', "Action/Sci-Fi/Drama", true)]
    [InlineData("Science-Fiction", '-', "Science-Fiction", true)]
    [InlineData("Action-Mecha-Drama", '-', "Action/Drama", false)]
    [InlineData("Mecha", '-', "Mecha", true)]
    [InlineData("Drama Science Fiction TV Movie", ' ', "Drama/Science Fiction/TV Movie", true)]
    public void Joined_genres_are_split_into_known_ones(string text, char separator, string names, bool isComplete)
    {
        Assert.Equal(names.Split('/'), GenreNames.SplitJoined(text, separator, out var complete));
        Assert.Equal(isComplete, complete);
    }

    [Theory]
    [InlineData("Drama; Science Fiction;", "Semicolons", "Drama|Science Fiction")]
    [InlineData("Nordisk Film A/S / Fox", "SpacedSlashes", "Nordisk Film A/S|Fox")]
    [InlineData("Nordisk Film A/S/Fox", "Slashes", "Nordisk Film A/S|Fox")]
    public void Other_separators_separate_names(string text, string notation, string names)
    {
        Assert.Equal(names.Split('|'), NameListParser.Split(text, Enum.Parse<ListNotation>(notation), out var isAmbiguous));
        Assert.False(isAmbiguous);
    }

    [Theory]
    [InlineData("Drama, Comedy", "SpacedCommas", "Drama/Comedy")]
    [InlineData("Drama,Comedy, Action", "Commas", "Drama/Comedy/Action")]
    [InlineData("Drama | Comedy|", "Pipes", "Drama/Comedy")]
    [InlineData("Drama", "SingleName", "Drama")]
    [InlineData("A, Inc., B,  Ltd., C", "SpacedCommas", "A, Inc./B,  Ltd./C")]
    [InlineData("A,Inc.,B,20,000 Leagues", "Commas", "A,Inc./B/20,000 Leagues")]
    [InlineData("Toho Co.,Ltd., Fox", "SpacedCommas", "Toho Co.,Ltd./Fox")]
    [InlineData("A, Inc.|B", "Pipes", "A, Inc./B")]
    [InlineData("A, B|C", "Pipes", "A, B/C")]
    [InlineData("Drama|Comedy", "SpacedCommas", "Drama/Comedy")]
    [InlineData("Drama|Comedy", "SingleName", "Drama/Comedy")]
    [InlineData("Toho Company, Ltd.", "SingleName", "Toho Company, Ltd.")]
    [InlineData("sea, light", "SpacedCommas", "sea/light")]
    [InlineData("[corazón MOVIES], Fox", "SpacedCommas", "[corazón MOVIES]/Fox")]
    [InlineData(", Drama, , Comedy, ", "SpacedCommas", "Drama/Comedy")]
    public void Names_are_split_by_the_columns_notation(string text, string notation, string names)
    {
        Assert.Equal(names.Split('/'), NameListParser.Split(text, Enum.Parse<ListNotation>(notation), out var isAmbiguous));
        Assert.False(isAmbiguous);
    }

    [Theory]
    [InlineData("The Good, the Bad Movies", "SpacedCommas", "The Good/the Bad Movies")]
    [InlineData("Holm, Meyer & Co.", "SpacedCommas", "Holm/Meyer & Co.")]
    [InlineData("Drama,Comedy", "SpacedCommas", "Drama,Comedy")]
    [InlineData("Drama, Comedy|Action", "SpacedCommas", "Drama/Comedy|Action")]
    [InlineData("Drama,Comedy|Action", "Commas", "Drama/Comedy|Action")]
    [InlineData("Drama, Comedy", "Pipes", "Drama, Comedy")]
    [InlineData("Drama, Comedy", "SingleName", "Drama, Comedy")]
    [InlineData("Drama; Comedy", "SingleName", "Drama; Comedy")]
    public void A_text_that_may_be_in_another_notation_is_ambiguous(string text, string notation, string names)
    {
        Assert.Equal(names.Split('/'), NameListParser.Split(text, Enum.Parse<ListNotation>(notation), out var isAmbiguous));
        Assert.True(isAmbiguous);
    }

    [Theory]
    [InlineData("[{'id': 18}]", true)]
    [InlineData("[ 'Drama'", true)]
    [InlineData("{'id': 18, 'na", true)]
    [InlineData("18, 'name': 'Drama'}]", true)]
    [InlineData("[18, 35]", true)]
    [InlineData("[None]", true)]
    [InlineData("[", true)]
    [InlineData("[corazón MOVIES]", false)]
    [InlineData("[REC] Films, Fox", false)]
    [InlineData("{Proto} Kino", false)]
    [InlineData("O'Neill & Sons", false)]
    [InlineData("The \"Blue\" Room", false)]
    public void A_damaged_literal_is_still_a_literal(string text, bool expected) =>
        Assert.Equal(expected, NameListParser.IsLiteral(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Any list of names that a supplier joins is detected and split into the same names, whatever the order of the records.</summary>
    [Theory]
    [InlineData("|", nameof(ListNotation.Pipes))]
    [InlineData(", ", nameof(ListNotation.SpacedCommas))]
    [InlineData(",", nameof(ListNotation.Commas))]
    public void What_a_supplier_joined_is_split_again(string separator, string notation) =>
        Lists.Array[1, 30].Where(lists => lists.Any(list => list.Length > 1)).Sample(lists =>
        {
            var counter = new ListNotationCounter();
            foreach (var list in lists)
            {
                counter.Add(System.Text.Encoding.UTF8.GetBytes(string.Join(separator, list)));
            }

            return counter.Notation.ToString() == notation
                && lists.All(list => NameListParser.Split(string.Join(separator, list), counter.Notation, out var isAmbiguous).SequenceEqual(list) && !isAmbiguous);
        }, iter: 500);

    [Fact]
    public void A_column_of_many_literals_and_nothing_else_is_clear()
    {
        var counter = new ListNotationCounter();
        for (var i = 0; i < 200; i++)
        {
            Assert.False(counter.IsClear);
            counter.Add("[{'name': 'A'}]"u8);
        }

        Assert.True(counter.IsClear);
        counter.Add("Drama"u8);
        Assert.False(counter.IsClear);
    }

    private static ListForm GetForm(string values, bool isGenres, ListNotation genres = ListNotation.Literal)
    {
        var counter = new ListNotationCounter(isGenres);
        foreach (var value in values.Split(';'))
        {
            counter.Add(System.Text.Encoding.UTF8.GetBytes(value));
        }

        return counter.GetForm(genres);
    }
}
