using System.Text;
using System.Xml.Linq;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Journey;

public sealed class ChartTests(LoadedDesk loaded) : IClassFixture<LoadedDesk>
{
    private readonly Desk _desk = loaded.Desk;

    [Theory]
    [InlineData("line")]
    [InlineData("bar")]
    [InlineData("stacked")]
    [InlineData("heatmap")]
    [InlineData("sparkline")]
    public async Task Every_kind_is_had_as_SVG_and_as_PNG(string kind)
    {
        Assert.Empty((await _desk.GoodAsync("chart", "genres", "--kind", kind, "--output", $"{kind}.svg")).Output);
        await _desk.GoodAsync("chart", "genres", "--kind", kind, "--output", $"{kind}.png");
        Assert.Contains("synthetic data", XDocument.Load(_desk.PathOf($"{kind}.svg")).Root!.Value, StringComparison.Ordinal);
        Assert.True((await File.ReadAllBytesAsync(_desk.PathOf($"{kind}.png"), TestContext.Current.CancellationToken)).AsSpan().StartsWith((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G']));
    }

    [Fact]
    public async Task Without_a_file_it_is_text_without_colours_where_no_terminal_reads_it()
    {
        var sparklines = await _desk.GoodAsync("chart", "genres");
        Assert.StartsWith("Revenue by genre and year\nUS dollars", sparklines.Output, StringComparison.Ordinal);
        Assert.Contains("  min ", sparklines.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', sparklines.Output);
        var bars = await _desk.GoodAsync("chart", "companies", "--kind", "bar", "--measure", "releases", "--top", "5", "--width", "70");
        Assert.Equal(5, bars.OutputLines.Count(line => line.Contains('█')));
        Assert.All(bars.OutputLines.Where(line => line.Contains('█')), line => Assert.InRange(line.Length, 20, 70));
    }

    [Fact]
    public async Task A_locale_that_is_not_UTF_8_gets_ASCII()
    {
        var result = await _desk.RunAsync(["chart", "genres"], null, new Dictionary<string, string> { ["LC_ALL"] = "C" });
        Assert.Equal(0, result.ExitCode);
        Assert.True(Ascii.IsValid(result.Output));
    }

    [Fact]
    public async Task Equal_ledgers_make_equal_pictures()
    {
        await _desk.GoodAsync("chart", "companies", "-o", "one.svg");
        await _desk.GoodAsync("chart", "companies", "-o", "two.svg");
        Assert.Equal(await File.ReadAllTextAsync(_desk.PathOf("one.svg"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(_desk.PathOf("two.svg"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(2, "--measure: this result has no column 'revnue' to draw; did you mean revenue?", "--measure", "revnue")]
    [InlineData(2, "--kind: 'pie' is none of line, bar, stacked, heatmap, sparkline.", "--kind", "pie")]
    [InlineData(2, "--kind heatmap: a terminal shows bars and sparklines", "--kind", "heatmap")]
    [InlineData(2, "--kind stacked: mean popularity of several cannot be added up", "--kind", "stacked", "--measure", "popularity", "-o", "bad.svg")]
    [InlineData(2, "--output: no picture is known by the extension '.gif'", "-o", "bad.gif")]
    [InlineData(2, "--width 5: a picture's sides have 240 to 8000 pixels.", "--width", "5", "-o", "bad.png")]
    [InlineData(2, "--top: a chart of so many series says nothing", "--top", "0")]
    [InlineData(1, "nothing to draw: the result has no rows", "--from", "1700", "--to", "1701", "-o", "bad.svg")]
    [InlineData(1, "nowhere/bad.svg cannot be written: there is no folder", "-o", "nowhere/bad.svg")]
    public async Task What_cannot_be_drawn_is_one_line_and_leaves_nothing(int exitCode, string start, params string[] options)
    {
        var line = Desk.OneLine(await _desk.RunAsync(["chart", "genres", .. options]), exitCode);
        Assert.StartsWith($"cineledger: {start}", line, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_desk.Folder, "bad*"));
    }
}
