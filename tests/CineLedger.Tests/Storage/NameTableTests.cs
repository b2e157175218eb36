using System.Text;
using CineLedger.Storage.Writing;

namespace CineLedger.Tests.Storage;

public sealed class NameTableTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 9_999).Select(i => $"Film {i} é🎬"), ""];

    [Fact]
    public void Names_are_numbered_as_they_come_and_keep_their_numbers()
    {
        var table = new NameTable();
        for (var i = 0; i < Names.Length; i++)
        {
            Assert.Equal(i + 1, table.Number(Names[i], out var isNew));
            Assert.True(isNew);
        }

        for (var i = 0; i < Names.Length; i++)
        {
            Assert.Equal(i + 1, table.NumberOfUtf8(Encoding.UTF8.GetBytes(Names[i]), out var isNew));
            Assert.False(isNew);
        }
    }

    [Fact]
    public void New_names_are_numbered_after_those_that_the_ledger_has()
    {
        var table = new NameTable();
        table.Load(7, "A");
        table.Load(3, "B");
        Assert.Equal((7, 3, 8), (table.Number("A", out _), table.Number("B", out _), table.Number("C", out _)));

        table.GoOnFrom(20);
        Assert.Equal((21, 8), (table.Number("D", out var isNew), table.Number("C", out _)));
        Assert.True(isNew);
    }

    [Fact]
    public void The_same_name_from_two_who_have_it_is_two()
    {
        var table = new NameTable();
        Assert.Equal((1, 2, 1), (table.Number("A", out _, sourceId: 31), table.Number("A", out _, sourceId: 32), table.Number("A", out _, sourceId: 31)));
    }

    [Fact]
    public void Names_that_are_kept_have_their_numbers_and_no_other_gets_one()
    {
        var table = new NameTable();
        foreach (var name in Names)
        {
            table.Number(name, out _);
        }

        var kept = Enumerable.Range(0, Names.Length / 2).Select(i => (i * 2) + 1).ToHashSet();
        table.KeepOnly(kept);
        foreach (var number in kept)
        {
            Assert.Equal(number, table.Number(Names[number - 1], out var isNew));
            Assert.False(isNew);
        }

        Assert.Throws<InvalidOperationException>(() => table.Number(Names[1], out _));
        Assert.Throws<InvalidOperationException>(() => table.Number("never seen", out _));
    }
}
