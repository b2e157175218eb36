using CineLedger.Charts;
using CineLedger.Model;
using static CineLedger.Tests.Charts.ChartTable;

namespace CineLedger.Tests.Charts;

public sealed class TerminalChartTests
{
    private static readonly TerminalStyle Plain = new(60, IsAscii: false, HasColor: false);
    private static readonly TerminalStyle Ascii = new(60, IsAscii: true, HasColor: false);

    [Fact]
    public async Task Bars_fill_the_terminal_width_and_unknown_is_a_dash() =>
        Assert.Equal(
            """
            Pixar: revenue by year
            US dollars

            1995  ███████████████████ $373
            1996  –
            1997  –
            1998  ██████████████████▌ $363
            1999  █████████████████████████▍ $497
            2000  –
            2001  –
            2002  –
            2003  ████████████████████████████████████████████████ $940

            CineLedger snapshot 3 · the-movies-dataset.zip · published 2026-11-24 · 12 of 14 movies with known revenue · synthetic data: the numbers are invented
            """.ReplaceLineEndings("\n"),
            await TextAsync(ChartKind.Bar, Plain, Pixar));

    [Fact]
    public async Task Sparklines_show_the_trend_and_a_dot_for_unknown_values() =>
        Assert.Equal(
            """
            A     ▂▅█·  min $1, max $8
            日本  ··█·  min $3, max $3
            b     █··▁  min −$4, max $4
                  1990-1993
            """.ReplaceLineEndings("\n"),
            await BodyAsync(ChartKind.Sparkline, Plain, (1990, "A", 1), (1991, "A", 4), (1992, "A", 8), (1992, "日本", 3), (1990, "b", 4), (1993, "b", -4)));

    [Fact]
    public async Task ASCII_terminals_get_only_ASCII()
    {
        foreach (var kind in (ChartKind[])[ChartKind.Bar, ChartKind.Sparkline])
        {
            Assert.True(System.Text.Ascii.IsValid(await TextAsync(kind, Ascii, (1990, "日本 é", 1), (1991, "日本 é", 4), (1990, "b", 3))));
        }

        Assert.Contains("?  ", await TextAsync(ChartKind.Bar, Ascii, (1990, "é", 1), (1990, "b", 3)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loss_has_a_bar_and_another_color()
    {
        var text = await TextAsync(ChartKind.Bar, Plain with { HasColor = true }, (1990, "a", 4), (1990, "b", -2));
        Assert.Contains("a  \e[34m█", text, StringComparison.Ordinal);
        Assert.Contains("b  \e[33m█", text, StringComparison.Ordinal);
        Assert.Contains(" −$2", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_century_fits_a_narrow_terminal()
    {
        var rows = Enumerable.Range(1900, 120).Select(year => (year, "a name that is longer than a third of the line", (double?)year)).ToArray();
        var lines = (await BodyAsync(ChartKind.Sparkline, Plain, rows)).Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 60, line));
        Assert.Contains("a name that is long…", lines[0], StringComparison.Ordinal);
        Assert.Equal("Each mark covers 9 years and shows the largest value.", lines[^1]);
    }

    [Theory]
    [InlineData(ChartKind.Stacked)]
    [InlineData(ChartKind.Heatmap)]
    public async Task Kinds_that_need_an_image_are_refused(ChartKind kind) =>
        Assert.EndsWith(
            "write an image with --output FILE.svg or FILE.png.",
            (await Assert.ThrowsAsync<UsageException>(() => TextAsync(kind, Plain, Pixar))).Message,
            StringComparison.Ordinal);

    private static async Task<string> TextAsync(ChartKind kind, TerminalStyle style, params (int, string, double?)[] rows)
    {
        var spec = new ChartSpec { Kind = kind };
        return string.Join('\n', TerminalChart.Render(await ReadAsync(spec, rows), spec, Info, style));
    }

    private static async Task<string> BodyAsync(ChartKind kind, TerminalStyle style, params (int, string, double?)[] rows) =>
        string.Join('\n', (await TextAsync(kind, style, rows)).Split('\n').Skip(3).SkipLast(2));
}
