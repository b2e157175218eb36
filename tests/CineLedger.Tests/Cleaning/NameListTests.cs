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
}
