using System.Text;
using System.Xml.Linq;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

public sealed class ChartCommandTests(LoadedWorkspace loaded) : IClassFixture<LoadedWorkspace>
{
    private readonly Workspace _workspace = loaded.Workspace;

    [Theory]
    [InlineData("line")]
    [InlineData("bar")]
    [InlineData("stacked")]
    [InlineData("heatmap")]
    [InlineData("sparkline")]
    public async Task Every_kind_is_available_as_SVG_and_PNG(string kind)
    {
        Assert.Empty((await _workspace.RunSuccessfullyAsync("chart", "genres", "--kind", kind, "--output", $"{kind}.svg")).Output);
        await _workspace.RunSuccessfullyAsync("chart", "genres", "--kind", kind, "--output", $"{kind}.png");
        Assert.Contains("synthetic data", XDocument.Load(_workspace.GetPath($"{kind}.svg")).Root!.Value, StringComparison.Ordinal);
        Assert.True((await File.ReadAllBytesAsync(_workspace.GetPath($"{kind}.png"), TestContext.Current.CancellationToken)).AsSpan()
            .StartsWith((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G']));
    }

    [Fact]
    public async Task Without_a_file_it_prints_text_without_colors_unless_on_a_terminal()
    {
        var sparklines = await _workspace.RunSuccessfullyAsync("chart", "genres");
        Assert.StartsWith("Revenue by genre and year\nUS dollars", sparklines.Output, StringComparison.Ordinal);
        Assert.Contains("  min ", sparklines.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', sparklines.Output);
        var bars = await _workspace.RunSuccessfullyAsync("chart", "companies", "--kind", "bar", "--measure", "releases", "--top", "5", "--width", "70");
        Assert.Equal(5, bars.OutputLines.Count(line => line.Contains('█')));
        Assert.All(bars.OutputLines.Where(line => line.Contains('█')), line => Assert.InRange(line.Length, 20, 70));
    }

    [Fact]
    public async Task A_locale_that_is_not_UTF_8_gets_ASCII()
    {
        var result = await _workspace.RunAsync(["chart", "genres"], null, new Dictionary<string, string> { ["LC_ALL"] = "C" });
        Assert.Equal(0, result.ExitCode);
        Assert.True(Ascii.IsValid(result.Output));
    }

    [Fact]
    public async Task Equal_ledgers_make_equal_images()
    {
        await _workspace.RunSuccessfullyAsync("chart", "companies", "-o", "one.svg");
        await _workspace.RunSuccessfullyAsync("chart", "companies", "-o", "two.svg");
        Assert.Equal(await File.ReadAllTextAsync(_workspace.GetPath("one.svg"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(_workspace.GetPath("two.svg"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(2, "--measure: the result has no column 'revnue' to draw; did you mean revenue?", "--measure", "revnue")]
    [InlineData(2, "--kind: 'pie' is not one of line, bar, stacked, heatmap, sparkline", "--kind", "pie")]
    [InlineData(2, "--kind heatmap: a terminal shows only bars and sparklines", "--kind", "heatmap")]
    [InlineData(2, "--kind stacked: average popularity cannot be added up across series", "--kind", "stacked", "--measure", "popularity", "-o", "bad.svg")]
    [InlineData(2, "--output: unknown image extension '.gif'", "-o", "bad.gif")]
    [InlineData(2, "--width 5: must be 240 to 8000 pixels.", "--width", "5", "-o", "bad.png")]
    [InlineData(2, "--top: must be 1 to 200", "--top", "0")]
    [InlineData(1, "nothing to draw: the result has no rows", "--genre", "TV Movie", "--from", "1920", "--to", "1925", "-o", "bad.svg")]
    [InlineData(1, "nowhere/bad.svg cannot be written: there is no folder", "-o", "nowhere/bad.svg")]
    public async Task An_impossible_chart_is_a_one_line_error_and_leaves_no_file(int exitCode, string start, params string[] options)
    {
        var line = Workspace.OneLine(await _workspace.RunAsync(["chart", "genres", .. options]), exitCode);
        Assert.StartsWith($"cineledger: {start}", line, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_workspace.Folder, "bad*"));
    }
}
