using System.Text;
using CineLedger.Storage.Writing;

namespace CineLedger.Tests.Storage;

public sealed class NameTableTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 9_999).Select(i => $"Movie {i} é🎬"), ""];

    [Fact]
    public void Names_are_numbered_in_order_of_appearance_and_keep_their_numbers()
    {
        var table = new NameTable();
        for (var i = 0; i < Names.Length; i++)
        {
            Assert.Equal(i + 1, table.GetNumber(Names[i], out var isNew));
            Assert.True(isNew);
        }

        for (var i = 0; i < Names.Length; i++)
        {
            Assert.Equal(i + 1, table.GetNumber(Encoding.UTF8.GetBytes(Names[i]), out var isNew));
            Assert.False(isNew);
        }
    }

    [Fact]
    public void New_names_are_numbered_after_those_that_the_ledger_has()
    {
        var table = new NameTable();
        table.Load(7, "A");
        table.Load(3, "B");
        Assert.Equal((7, 3, 8), (table.GetNumber("A", out _), table.GetNumber("B", out _), table.GetNumber("C", out _)));

        table.ContinueNumbersFrom(20);
        Assert.Equal((21, 8), (table.GetNumber("D", out var isNew), table.GetNumber("C", out _)));
        Assert.True(isNew);
    }

    [Fact]
    public void One_name_with_two_source_ids_gets_two_numbers()
    {
        var table = new NameTable();
        Assert.Equal((1, 2, 1), (table.GetNumber("A", out _, sourceId: 31), table.GetNumber("A", out _, sourceId: 32), table.GetNumber("A", out _, sourceId: 31)));
    }

    [Fact]
    public void Only_a_table_of_companies_gives_all_spellings_of_a_name_one_number()
    {
        var table = new NameTable(joinsSpellings: true);
        table.Load(7, "Toei.");
        string[] names = ["TOEI", "Arte", "ARTE ", "Ar te", "Ar\u00a0te", new('x', 300), new('X', 300)];
        Assert.Equal([7, 8, 8, 9, 9, 10, 10], names.Select(name => table.GetNumber(name, out _)));
        Assert.Equal((7, 0), (table.FindNumber("toei"), table.FindNumber("toe")));

        var other = new NameTable();
        Assert.Equal((1, 2), (other.GetNumber("Toei", out _), other.GetNumber("TOEI", out _)));
    }

    [Fact]
    public void Names_that_are_kept_have_their_numbers_and_no_other_gets_one()
    {
        var table = new NameTable();
        foreach (var name in Names)
        {
            table.GetNumber(name, out _);
        }

        var kept = Enumerable.Range(0, Names.Length / 2).Select(i => (i * 2) + 1).ToHashSet();
        table.RetainOnly(kept);
        foreach (var number in kept)
        {
            Assert.Equal(number, table.GetNumber(Names[number - 1], out var isNew));
            Assert.False(isNew);
        }

        Assert.Throws<InvalidOperationException>(() => table.GetNumber(Names[1], out _));
        Assert.Throws<InvalidOperationException>(() => table.GetNumber("never seen", out _));
    }
}
