using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Journey;

public sealed class ProfileTests(LoadedDesk loaded, Datasets datasets) : IClassFixture<LoadedDesk>
{
    private readonly Desk _desk = loaded.Desk;

    [Fact]
    public async Task A_ledger_and_its_source_have_the_same_profile()
    {
        var ledger = Data((await _desk.GoodAsync("profile", "--format", "json")).Output);
        var source = Data((await _desk.GoodAsync("profile", datasets.Films, "--format", "json")).Output);
        foreach (var part in (string[])["films", "undated", "records", "links", "findings", "years", "amounts"])
        {
            Assert.Equal(ledger.GetProperty(part).GetRawText(), source.GetProperty(part).GetRawText());
        }

        var budget = source.GetProperty("columns").EnumerateArray().Single(column => column.GetProperty("name").GetString() == "budget");
        Assert.InRange(budget.GetProperty("zeros").GetInt64(), 1, budget.GetProperty("unknown").GetInt64());
    }

    [Fact]
    public async Task The_extension_decides_what_is_written()
    {
        foreach (var name in (string[])["profile.html", "profile.json", "profile.txt"])
        {
            Assert.Empty((await _desk.GoodAsync("profile", "--output", name)).Output);
        }

        Assert.Equal("html", XDocument.Load(_desk.PathOf("profile.html")).Root!.Name.LocalName);
        Assert.Contains("Synthetic sample data", XDocument.Load(_desk.PathOf("profile.html")).Root!.Value, StringComparison.Ordinal);
        Assert.Equal(2000, Data(await File.ReadAllTextAsync(_desk.PathOf("profile.json"), TestContext.Current.CancellationToken)).GetProperty("films").GetInt32());
        Assert.StartsWith("Source  ", await File.ReadAllTextAsync(_desk.PathOf("profile.txt"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_gets_lines_of_its_width_and_a_plain_locale_ASCII()
    {
        var narrow = await _desk.RunAsync(["profile"], null, new Dictionary<string, string> { ["COLUMNS"] = "80", ["LC_ALL"] = "C" });
        Assert.Equal(0, narrow.ExitCode);
        Assert.True(Ascii.IsValid(narrow.Output));
        Assert.All(narrow.OutputLines, line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public async Task A_dataset_that_no_gate_would_let_pass_has_a_profile_too()
    {
        var lines = datasets.CleanLines();
        _desk.Write("broken.csv", string.Join('\n', [lines[0], lines[1], .. Enumerable.Repeat("a,b,c", 50)]) + "\n");
        var data = Data((await _desk.GoodAsync("profile", "broken.csv", "--format", "json")).Output);
        Assert.Equal(1, data.GetProperty("films").GetInt32());
        Assert.Equal("wrong-column-count 50", string.Join(' ', data.GetProperty("findings").EnumerateArray().Select(rule => $"{rule.GetProperty("rule")} {rule.GetProperty("count")}")));
    }

    [Theory]
    [InlineData(1, "nowhere.zip: ", "nowhere.zip")]
    [InlineData(1, "nothing.csv", "nothing.csv")]
    [InlineData(1, "not.zip", "not.zip")]
    [InlineData(2, "profile: give a SOURCE, or a ledger by --store, --read-store or --snapshot, not both.", "movies.csv", "--snapshot", "1")]
    [InlineData(2, "--output: no format is known by the extension '.pdf'; say which with --format table, json or html.", "--output", "bad.pdf")]
    [InlineData(2, "--format: 'pdf' is none of table, json, html.", "--format", "pdf")]
    [InlineData(2, "there is no snapshot 99", "--snapshot", "99")]
    [InlineData(1, "there is no ledger missing.duckdb", "--store", "missing.duckdb")]
    [InlineData(1, "nowhere/bad.html cannot be written: there is no folder", "--output", "nowhere/bad.html")]
    public async Task What_cannot_be_profiled_is_one_line_and_leaves_nothing(int exitCode, string start, params string[] arguments)
    {
        using var desk = new Desk();
        desk.Write("nothing.csv", datasets.CleanLines()[0] + "\n");
        desk.Write("not.zip", "PK\u0003\u0004 and then nothing of the kind");
        await desk.GoodAsync("load", datasets.Clean);
        var before = Directory.GetFileSystemEntries(desk.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        Assert.Contains(start, Desk.OneLine(await desk.RunAsync(["profile", .. arguments]), exitCode), StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(desk.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(CineLedgerProcess.Interrupt)]
    [InlineData(CineLedgerProcess.Terminate)]
    public async Task A_profile_that_is_stopped_leaves_nothing(int signal)
    {
        using var desk = new Desk();
        await using var profile = desk.Start("profile", datasets.Large, "-o", "never.html");
        await Wait.UntilAsync("the profile works", () => profile.HasExited || Directory.GetDirectories(desk.PathOf("tmp"), "cineledger-profile-*").Length > 0);
        profile.Signal(signal);
        Assert.Contains("stopped", Desk.OneLine(await profile.WaitAsync(), 1), StringComparison.Ordinal);
        Assert.Equal([desk.PathOf("tmp")], Directory.GetFileSystemEntries(desk.Folder));
        Assert.Empty(Directory.GetFileSystemEntries(desk.PathOf("tmp")));
    }

    private static JsonElement Data(string json) => JsonDocument.Parse(json).RootElement.GetProperty("data");
}
