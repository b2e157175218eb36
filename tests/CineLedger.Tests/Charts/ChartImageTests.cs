using System.Buffers.Binary;
using System.Globalization;
using System.Xml.Linq;
using CineLedger.Charts;
using CineLedger.Model;
using CineLedger.Reports;
using static CineLedger.Tests.Charts.ChartTable;

namespace CineLedger.Tests.Charts;

public sealed class ChartImageTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<ChartKind> Kinds => [.. Enum.GetValues<ChartKind>()];

    [Fact]
    public async Task An_image_states_its_content_unit_and_source()
    {
        var image = XDocument.Parse(await SvgAsync(new(), Pixar));
        var texts = Texts(image);
        Assert.Equal(["Pixar: revenue by year", "US dollars"], texts.Take(2));
        Assert.Contains(
            "CineLedger snapshot 3 · the-movies-dataset.zip · published 2026-11-24 · 12 of 14 movies with known revenue · synthetic data: the numbers are invented",
            texts);
        Assert.Contains("1995", texts);
        Assert.Contains("$800", texts);
        Assert.Equal("Pixar: revenue by year", (string)image.Root!.Element(Svg + "title")!);
        Assert.StartsWith("Line chart, US dollars, 1995 to 2003. Values from $363 to $940.", (string)image.Root.Element(Svg + "desc")!, StringComparison.Ordinal);
        Assert.Equal("img", (string?)image.Root.Attribute("role"));
    }

    [Fact]
    public async Task A_line_breaks_at_unknown_years_and_an_isolated_year_is_a_dot()
    {
        var image = XDocument.Parse(await SvgAsync(new(), Pixar));
        var lines = image.Descendants(Svg + "path").Where(path => (string?)path.Attribute("stroke-width") == "2.2").ToList();
        Assert.Equal(2, ((string)Assert.Single(lines).Attribute("d")!).Split('L').Length);
        Assert.Equal(4, image.Descendants(Svg + "circle").Count());
    }

    [Fact]
    public async Task Incomplete_years_are_dashed_lines_pale_bars_or_hatched_cells_and_are_named()
    {
        var years = LedgerYears.Create([new(2000, 300, 300), new(2001, 300, 300), new(2002, 100, 100)], new ReleaseMonth(2002, 6));
        (int, string, double?)[] rows = [(2000, "a", 4), (2001, "a", 5), (2002, "a", 2), (2000, "b", 1), (2001, "b", 2), (2002, "b", 1)];
        var lines = XDocument.Parse(Draw((await ReadAsync(new(), rows)).MarkIncomplete(years)));
        Assert.Equal(2, lines.Descendants(Svg + "path").Count(path => (string?)path.Attribute("stroke-dasharray") == "3 4"));
        Assert.Contains(Texts(lines), text => text.Contains("2002: data to Jun 2002", StringComparison.Ordinal));
        var bars = XDocument.Parse(Draw((await ReadAsync(new() { Kind = ChartKind.Bar }, rows[..3])).MarkIncomplete(years)));
        Assert.Equal(2, bars.Descendants(Svg + "path").Select(path => (string?)path.Attribute("fill")).Distinct().Count(fill => fill is not ("none" or "#FFFFFF")));
        var cells = await ReadAsync(new() { Kind = ChartKind.Heatmap }, rows);
        Assert.Equal(0, CountHatches(XDocument.Parse(Draw(cells))));
        Assert.InRange(CountHatches(XDocument.Parse(Draw(cells.MarkIncomplete(years)))), 5, 200);
        Assert.Null((await ReadAsync(new(), rows[..2])).MarkIncomplete(years).Incomplete);

        static int CountHatches(XDocument image) => image.Descendants(Svg + "path").Count(path => (string?)path.Attribute("stroke-width") == "1.5");

        static string Draw(ChartData data)
        {
            using var output = new MemoryStream();
            ChartImage.Write(data, new(), Info, ImageFormat.Svg, output);
            return System.Text.Encoding.UTF8.GetString(output.ToArray());
        }
    }

    [Fact]
    public async Task Omissions_are_reported()
    {
        Assert.Contains("the 2 largest of 9 companies", await SvgAsync(new() { Top = 2 }, Many(9)), StringComparison.Ordinal);
        Assert.Contains("the 2 largest of 9 companies, others combined", await SvgAsync(new() { Top = 2, Kind = ChartKind.Stacked }, Many(9)), StringComparison.Ordinal);
        Assert.Contains("1 of 2 companies, the others unknown", await SvgAsync(new(), (1990, "a", 1), (1991, "b", null)), StringComparison.Ordinal);
        Assert.Contains("Revenue by company, 1990 to 1998", await SvgAsync(new() { Top = 2, Kind = ChartKind.Bar }, Many(9)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Hostile_names_stay_text(ChartKind kind)
    {
        string[] names = ["</text><script>alert(1)</script>", "&amp; \"'", new string('W', 300), "日本映画 Студия ελληνικά", "a\u0001\uFFFE\uD800b", "نص עברי"];
        var rows = names.SelectMany((name, i) => new (int, string, double?)[] { (1990, name, 5 + i), (1991, name, null), (1992, name, i) }).ToArray();
        var image = XDocument.Parse(await SvgAsync(new() { Kind = kind }, rows));
        Assert.DoesNotContain(image.Descendants(), element => element.Name.LocalName == "script");
        Assert.Contains("</text><script>alert(1)</script>", Texts(image));
        Assert.Contains(Texts(image), text => text.StartsWith("WWWW", StringComparison.Ordinal) && text.EndsWith('…'));
        Assert.NotEmpty(await DrawAsync(ImageFormat.Png, new() { Kind = kind }, rows));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Shapes_and_texts_lie_within_the_image(ChartKind kind)
    {
        var image = XDocument.Parse(await SvgAsync(new() { Kind = kind, Width = 640, Height = 480 }, Many(10)));
        Assert.All(image.Descendants(Svg + "text"), text =>
        {
            Assert.InRange(Number(text, "x"), 0, 640);
            Assert.InRange(Number(text, "y"), 0, 480);
        });
        Assert.All(image.Descendants(Svg + "circle"), dot => Assert.InRange(Number(dot, "cx"), 0, 640));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Negative_values_are_drawn(ChartKind kind) =>
        Assert.NotEmpty(Texts(XDocument.Parse(await SvgAsync(new() { Kind = kind }, (1990, "a", -5), (1991, "a", 3), (1990, "b", -7), (1991, "b", -9)))));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Equal_data_produces_equal_bytes(ChartKind kind)
    {
        foreach (var format in Enum.GetValues<ImageFormat>())
        {
            Assert.Equal(await DrawAsync(format, new() { Kind = kind }, Many(5)), await DrawAsync(format, new() { Kind = kind }, Many(5)));
        }
    }

    [Theory]
    [InlineData(null, null, 1280, 720)]
    [InlineData(640, 400, 640, 400)]
    public async Task A_PNG_has_the_requested_size(int? width, int? height, int wide, int high)
    {
        var png = await DrawAsync(ImageFormat.Png, new() { Width = width, Height = height }, Pixar);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png.Take(4));
        Assert.Equal((wide, high), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    [Fact]
    public async Task Text_is_drawn_in_the_embedded_font() =>
        Assert.NotEqual(
            await DrawAsync(ImageFormat.Png, new() { Title = "Title" }, Pixar), await DrawAsync(ImageFormat.Png, new() { Title = "Eltit" }, Pixar));

    [Fact]
    public async Task A_heat_map_of_a_century_stays_small()
    {
        var rows = (from genre in Enumerable.Range(0, 20) from year in Enumerable.Range(1900, 120) select (year, $"genre {genre}", (double?)(genre * year % 977))).ToArray();
        Assert.InRange((await SvgAsync(new() { Kind = ChartKind.Heatmap }, rows)).Length, 10_000, 120_000);
    }

    [Fact]
    public async Task An_impossible_size_is_refused()
    {
        await Assert.ThrowsAsync<UsageException>(() => SvgAsync(new() { Width = 10 }, Pixar));
        var error = await Assert.ThrowsAsync<UsageException>(() => SvgAsync(new() { Kind = ChartKind.Heatmap, Height = 300 }, Many(20)));
        Assert.Equal("--height 300: 20 rows need 430 pixels; choose a smaller --top, or omit --height.", error.Message);
    }

    private static List<string> Texts(XDocument image) => [.. image.Descendants(Svg + "text").Select(text => text.Value)];

    private static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);
}
