using System.Text;
using CineLedger.Export;
using CineLedger.Model;
using CsCheck;
using static CineLedger.Tests.Export.HandMadeResult;

namespace CineLedger.Tests.Export;

public sealed class TableTests
{
    private static readonly object?[] Long = [1995, "The Long Name of a Company that Makes Movies", 30_000_000L, 7.7, HandMadeResult.Time];

    [Fact]
    public async Task A_table_groups_digits_aligns_numbers_right_and_names_its_source()
    {
        var snapshot = new Snapshot(3, "data.zip", null, false, HandMadeResult.Time, HandMadeResult.Time, 1, 1, 0, 1, 0, 0);
        var text = Encoding.UTF8.GetString(await BytesAsync(OutputFormat.Table, new(snapshot, new(1_234, 5, 600, 700)), null, [1995, "Pixar", 30_000_000L, 7.7], [1996]));
        Assert.Equal(["year", "company", "budget", "average", "at"], text.Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("1995  Pixar    30,000,000    7.700  –\n", text, StringComparison.Ordinal);
        Assert.Contains("1996  –                 –        –  –\n", text, StringComparison.Ordinal);
        Assert.EndsWith(
            "\n\n2 rows from 1,234 movies (budget known for 600, revenue for 700); 5 undated excluded.\nSnapshot 3 of 2026-11-23 09:05 UTC, from data.zip.\n",
            text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "·[31mred·[0m")]
    [InlineData("\u009b31mred", "·31mred")]
    [InlineData("\u001b]0;title\u0007", "·]0;title·")]
    [InlineData("a\u202Egnp.exe\u2066b", "a·gnp.exe·b")]
    [InlineData("a\u2028b\bc\u007f", "a·b·c·")]
    [InlineData("a\r\nb\tc", "a b c")]
    [InlineData("👩\u200d🚀 é", "👩\u200d🚀 é")]
    public async Task No_control_character_of_a_text_reaches_the_terminal(string text, string cell)
    {
        var snapshot = new Snapshot(3, $"{text}.zip", null, false, HandMadeResult.Time, HandMadeResult.Time, 1, 1, 0, 1, 0, 0);
        var table = Encoding.UTF8.GetString(await BytesAsync(OutputFormat.Table, new(snapshot, null), null, [1995, text]));
        Assert.Contains($"1995  {cell}", table, StringComparison.Ordinal);
        Assert.Contains($"from {cell}.zip.", table, StringComparison.Ordinal);
        Assert.Equal(cell.Replace(' ', '·'), new LedgerException(text.Replace("\r\n", "\n", StringComparison.Ordinal)).Message.Replace(' ', '·'));
    }

    [Fact]
    public async Task A_synthetic_snapshot_is_labeled() =>
        Assert.Contains(
            "SYNTHETIC",
            Encoding.UTF8.GetString(await BytesAsync(
                OutputFormat.Table, new(new(1, "x", null, true, HandMadeResult.Time, HandMadeResult.Time, 1, 1, 0, 1, 0, 0), null), null, Long)),
            StringComparison.Ordinal);

    [Fact]
    public async Task Names_are_cut_first_when_space_is_short()
    {
        var table = await LinesAsync(70, Long);
        Assert.Contains("The Long Name", table[3], StringComparison.Ordinal);
        Assert.Contains('…', table[3]);
        Assert.Contains("2026-11-23 09:05:07", table[3], StringComparison.Ordinal);
        Assert.DoesNotContain(table, line => line.StartsWith("Not shown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_row_is_a_block_of_lines_when_that_is_not_enough()
    {
        var table = await LinesAsync(40, Long, [1996, "Pixar", null, 7.5, null]);
        Assert.Equal(
            [
                "─ 1 ────────────────────", "year          1995", "company       The Long Name of a Company", "              that Makes Movies", "budget        30,000,000",
                "vote_average  7.700", "published_at  2026-11-23 09:05:07", "─ 2 ────────────────────", "year          1996", "company       Pixar", "budget        –",
                "vote_average  7.500", "published_at  –", "", "2 rows.", "",
            ],
            table);
    }

    [Fact]
    public async Task A_preview_omits_and_names_columns_that_do_not_fit()
    {
        var table = Encoding.UTF8.GetString(await BytesAsync(output => new TextTableWriter(output, 40, omitsColumns: true), new(null, null), Long)).Split('\n');
        Assert.Contains("Columns that do not fit: vote_average, published_at (widen the terminal, or use --format csv).", table);
        Assert.Contains(table, line => line.StartsWith("1995", StringComparison.Ordinal) && line.EndsWith("30,000,000", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_total_row_is_labeled_and_a_single_movie_is_not_plural()
    {
        var text = Encoding.UTF8.GetString(await BytesAsync(OutputFormat.Table, new(null, new(1, 0, 1, 1)) { TotalRows = 1 }, null, [null, null, 30_000_000L]));
        Assert.Contains("\nTotal  –", text, StringComparison.Ordinal);
        Assert.Contains("1 row from 1 movie (", text, StringComparison.Ordinal);
    }

    [Fact]
    public Task No_line_of_the_table_is_wider_than_the_terminal_and_no_character_is_cut_in_half() =>
        Gen.Select(Gen.Int[40, 120], LongName.Array[1, 5]).SampleAsync(
            async (width, names) =>
            {
                var bytes = await BytesAsync(OutputFormat.Table, new(null, null), width,
                    [.. names.Select(name => new object?[] { 1995, name, 1_000_000_000L, 1.5, HandMadeResult.Time })]);
                var lines = Encoding.UTF8.GetString(bytes).Split('\n').TakeWhile(line => line.Length > 0);
                Assert.All(lines, line => Assert.True(line.Length <= width, $"{line.Length} > {width}: {line}"));
                Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(bytes));
            },
            iter: 500);

    private static readonly Gen<string> LongName = Gen.OneOf("a", "é", "🎬", " b").Array[0, 40].Select(parts => string.Concat(parts));

    private static async Task<string[]> LinesAsync(int width, params object?[][] rows) =>
        Encoding.UTF8.GetString(await BytesAsync(OutputFormat.Table, new(null, null), width, rows)).Split('\n');
}
