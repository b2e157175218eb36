using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Cases.CaseFile;
using static CineLedger.Tests.Cases.FramingCaseTests;

namespace CineLedger.Tests.Cases;

/// <summary>Quotes that follow a backslash instead of being doubled.</summary>
public sealed class BackslashCaseTests : CaseTestBase
{
    [Theory]
    [InlineData(Place.Alone, "She said \"no, never\" twice, then left.")]
    [InlineData(Place.Middle, "\"All, in, quotes\"")]
    [InlineData(Place.End, "A 27\" screen")]
    public async Task Quotes_escaped_by_a_backslash_never_shift_a_record(Place place, string text)
    {
        var file = new CaseFile { Place = place };
        var escaped = Damage(file.Write(Row(900_002, ("overview", "@"))), $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        var result = await LoadAsync(file.ToBytes(file.Write(Row(900_001)), escaped, file.Write(Row(900_003))));
        Assert.Equal(3 + file.Generated, result.Movies.Count);
        Assert.Equal(FindingKind.Repair, Assert.Single(result.Findings).Kind);
        Assert.Equal((text, "A light goes out.", 1972), (result.Movies[900_002].Overview, result.Movies[900_002].Tagline, result.Movies[900_002].ReleaseDate?.Year));
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData("ends with a backslash\\")]
    [InlineData("a path C:\\dir\\ with \"quotes\"")]
    public async Task A_backslash_beside_doubled_quotes_is_text(string text)
    {
        var file = new CaseFile { Place = Place.Head };
        var record = Damage(file.Write(Row(900_002, ("overview", "@"), ("tagline", "\"doubled\""))), CsvText.Quote(text));
        var result = await LoadAsync(file.ToBytes(record));
        Assert.Empty(result.Findings);
        Assert.Equal(text, result.Movies[900_002].Overview);
    }
}
