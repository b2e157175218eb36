using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CineLedger.Charts;
using CineLedger.Charts.Profile;
using CineLedger.Reports.Profile;
using CineLedger.Tests.Reports.Profile;
using CineLedger.Tests.Support;
using CineLedger.Web.Dashboard.Profile;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Charts.Profile;

public sealed class ProfileWriterTests
{
    private const string Script = "<script>alert(1)</script>";
    private const string EndOfTitle = "</title><img src=x onerror=\"alert('x')\"> & 'quotes'";
    private const string Escape = "\e[31mred\a\b\e]0;owned\a";
    private const string TurnedRound = "\u202Eright to left\u2066 עברית";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly string Long = string.Concat(Enumerable.Repeat("日本🎬 ", 1500));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_well_formed_and_self_contained()
    {
        var page = await PageAsync(await ProfileAsync());
        Assert.Empty(page.Descendants("script"));
        Assert.All(page.Descendants().Attributes(), attribute => Assert.DoesNotContain(attribute.Name.LocalName, (string[])["src", "onload", "onclick", "background"]));
        Assert.All(page.Descendants().Attributes("href"), link => Assert.StartsWith("#", link.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("url(", page.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'", page.Descendants("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!.Value);
    }

    [Fact]
    public async Task A_page_is_accessible_to_screen_readers()
    {
        var page = await PageAsync(await ProfileAsync());
        Assert.All(page.Descendants("th"), heading => Assert.Contains(heading.Attribute("scope")?.Value, (string[])["col", "row"]));
        Assert.All(page.Descendants("table"), table => Assert.NotEmpty(table.Parent!.Attribute("aria-label")!.Value));
        Assert.All(page.Descendants("tbody").Elements("tr"), row => Assert.Equal("row", row.Elements().First().Attribute("scope")!.Value));
        Assert.True(page.Descendants(Svg + "svg").Count() >= 4);
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.Descendants(Svg + "svg"), image =>
        {
            Assert.NotEmpty(image.Element(Svg + "title")!.Value);
            Assert.NotEmpty(image.Element(Svg + "desc")!.Value);
            Assert.All(image.Attribute("aria-labelledby")!.Value.Split(' '), id => Assert.Contains(id, ids));
        });
        Assert.All(page.Descendants("a"), link => Assert.Contains(link.Attribute("href")!.Value[1..], ids));
    }

    [Fact]
    public async Task Hostile_titles_stay_text_in_a_page()
    {
        var profile = await HostileAsync();
        var html = Encoding.UTF8.GetString(await ProfilePage.RenderAsync(profile));
        Assert.InRange(html.Length, 1_000, 500_000);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(html, letter => (char.IsControl(letter) && letter != '\n') || letter is '\u202E' or '\u2066');
        var page = XDocument.Parse(html);
        Assert.Contains(page.Descendants("bdi"), cell => cell.Value == Script);
        Assert.Contains(page.Descendants("bdi"), cell => cell.Value == EndOfTitle);
    }

    [Fact]
    public async Task Hostile_titles_round_trip_in_JSON()
    {
        using var json = JsonDocument.Parse(ProfileJson.Write(await HostileAsync()));
        var titles = json.RootElement.GetProperty("data").GetProperty("amounts").GetProperty("largestBudgets").EnumerateArray()
            .Select(movie => movie.GetProperty("title").GetString()).ToList();
        Assert.Equal([Script, EndOfTitle, Escape, TurnedRound, Long.Trim()], titles.Select(title => title!.Trim()));
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(80, false)]
    [InlineData(80, true)]
    [InlineData(140, false)]
    public async Task Lines_fit_the_terminal_and_contain_no_escape_sequences(int width, bool ascii)
    {
        foreach (var profile in (LedgerProfile[])[await HostileAsync(), await ProfileAsync(), await OneMovieAsync()])
        {
            var text = Encoding.UTF8.GetString(ProfileTerminal.Write(profile, new TerminalStyle(width, ascii, HasColor: false)));
            Assert.DoesNotContain(text, letter => (char.IsControl(letter) && letter != '\n') || letter is '\u202E' or '\u2066');
            Assert.True(!ascii || System.Text.Ascii.IsValid(text));
            Assert.All(text.Split('\n'), line => Assert.InRange(TerminalCells.GetWidth(line), 0, width));
        }
    }

    [Fact]
    public async Task Numbers_in_a_terminal_are_never_truncated()
    {
        var text = Encoding.UTF8.GetString(ProfileTerminal.Write(await ProfileAsync(), new TerminalStyle(60, IsAscii: false, HasColor: false)));
        Assert.Contains("1,000,000", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split('\n'), line => line.EndsWith(",…", StringComparison.Ordinal) || System.Text.RegularExpressions.Regex.IsMatch(line, "[0-9,]…"));
    }

    [Fact]
    public async Task One_movie_without_amounts_makes_a_page_without_amount_charts()
    {
        var page = await PageAsync(await OneMovieAsync());
        Assert.Empty(page.Descendants(Svg + "svg"));
        Assert.Contains("None known.", page.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_has_every_figure_with_its_type()
    {
        using var json = JsonDocument.Parse(ProfileJson.Write(await ProfileAsync()));
        var data = json.RootElement.GetProperty("data");
        Assert.Equal((6, 1, 7), (data.GetProperty("movies").GetInt32(), data.GetProperty("undated").GetInt32(), data.GetProperty("records").GetInt32()));
        var columns = data.GetProperty("columns").EnumerateArray().ToDictionary(column => column.GetProperty("name").GetString()!);
        Assert.Equal("{\"min\":12,\"p5\":12,\"p25\":12,\"p50\":1000000,\"p75\":2000000,\"p95\":2000000,\"max\":2000000}", Compact(columns["budget"].GetProperty("quantiles")));
        Assert.Equal(
            "[{\"value\":0.000001,\"movies\":1,\"films\":1},{\"value\":2.5,\"movies\":1,\"films\":1},{\"value\":10,\"movies\":1,\"films\":1}]",
            Compact(columns["popularity"].GetProperty("mostFrequent")));
        Assert.Equal("[{\"value\":false,\"movies\":5,\"films\":5},{\"value\":true,\"movies\":1,\"films\":1}]", Compact(columns["video"].GetProperty("mostFrequent")));
        Assert.Equal("\"2000-01-05\"", Compact(columns["releaseDate"].GetProperty("min")));
        Assert.Equal("{\"year\":2000,\"movies\":2,\"films\":2,\"budgetKnown\":2,\"revenueKnown\":2,\"bothKnown\":2}", Compact(data.GetProperty("years")[0]));
        Assert.Equal("{\"year\":null,\"movies\":1,\"films\":1,\"budgetKnown\":0,\"revenueKnown\":0,\"bothKnown\":0}", Compact(data.GetProperty("years")[3]));
        Assert.Equal("{\"snapshot\":null,\"publishedAt\":null,\"source\":\"memory\",\"sourceVersion\":null,\"synthetic\":false}", Compact(json.RootElement.GetProperty("meta")));
    }

    [Theory]
    [InlineData(0, 7, "0.0 %")]
    [InlineData(1, 45_433, "< 0.1 %")]
    [InlineData(45_432, 45_433, "> 99.9 %")]
    [InlineData(7, 7, "100.0 %")]
    [InlineData(1, 8, "12.5 %")]
    [InlineData(0, 0, "–")]
    public void A_share_below_100_percent_is_never_rounded_to_100(long part, long whole, string text) => Assert.Equal(text, ProfileText.FormatPercent(part, whole));

    [Fact]
    public async Task Synthetic_movies_are_labeled()
    {
        var profile = await ProfileAsync();
        profile = profile with { Snapshot = profile.Snapshot with { Synthetic = true } };
        foreach (var output in (byte[][])[ProfileTerminal.Write(profile, TerminalStyle.ForFiles), await ProfilePage.RenderAsync(profile)])
        {
            Assert.Contains("SYNTHETIC", Encoding.UTF8.GetString(output), StringComparison.Ordinal);
        }
    }

    private static async Task<LedgerProfile> ProfileAsync() => await SourceProfile.ReadAsync(HandMadeProfile.Dataset, null, Cancel);

    private static async Task<LedgerProfile> OneMovieAsync() =>
        await SourceProfile.ReadAsync(MemoryDataset.Create(MovieFile.Text(Bare(1, ("title", "")))), null, Cancel);

    /// <summary>Returns a profile of movies whose titles, taglines and rejected values contain attacks, such as scripts and escape sequences.</summary>
    private static async Task<LedgerProfile> HostileAsync()
    {
        var titles = (string[])[Script, EndOfTitle, Escape, TurnedRound, Long];
        return await SourceProfile.ReadAsync(
            MemoryDataset.Create(MovieFile.Text([.. titles.Select((title, i) => Full(
                i + 1, ("title", title), ("tagline", title), ("genres", $"[{{'id': {i + 1}, 'name': {JsonSerializer.Serialize(title)}}}]"), ("status", "  "),
                ("budget", $"{900 - i}000"), ("revenue", title)))])),
            null,
            Cancel);
    }

    private static async Task<XDocument> PageAsync(LedgerProfile profile) => XDocument.Parse(Encoding.UTF8.GetString(await ProfilePage.RenderAsync(profile)));

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}
