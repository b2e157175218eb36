using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Commands;

public sealed class ProfileCommandTests(LoadedWorkspace loaded, Datasets datasets) : IClassFixture<LoadedWorkspace>
{
    private readonly Workspace _workspace = loaded.Workspace;

    [Fact]
    public async Task A_ledger_and_its_source_have_the_same_profile()
    {
        var ledger = Data((await _workspace.RunSuccessfullyAsync("profile", "--format", "json")).Output);
        var source = Data((await _workspace.RunSuccessfullyAsync("profile", datasets.Movies, "--format", "json")).Output);
        foreach (var part in (string[])["movies", "undated", "records", "links", "findings", "years", "amounts"])
        {
            Assert.Equal(ledger.GetProperty(part).GetRawText(), source.GetProperty(part).GetRawText());
        }

        var budget = source.GetProperty("columns").EnumerateArray().Single(column => column.GetProperty("name").GetString() == "budget");
        Assert.InRange(budget.GetProperty("zeros").GetInt64(), 1, budget.GetProperty("unknown").GetInt64());
    }

    [Fact]
    public async Task The_file_extension_selects_the_profile_format()
    {
        foreach (var name in (string[])["profile.html", "profile.json", "profile.txt"])
        {
            Assert.Empty((await _workspace.RunSuccessfullyAsync("profile", "--output", name)).Output);
        }

        Assert.Equal("html", XDocument.Load(_workspace.GetPath("profile.html")).Root!.Name.LocalName);
        Assert.Contains("Synthetic sample data", XDocument.Load(_workspace.GetPath("profile.html")).Root!.Value, StringComparison.Ordinal);
        Assert.Equal(2000, Data(await File.ReadAllTextAsync(_workspace.GetPath("profile.json"), TestContext.Current.CancellationToken)).GetProperty("movies").GetInt32());
        Assert.StartsWith("Source  ", await File.ReadAllTextAsync(_workspace.GetPath("profile.txt"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_fit_the_terminal_and_a_non_UTF_8_locale_gets_ASCII()
    {
        var narrow = await _workspace.RunAsync(["profile"], null, new Dictionary<string, string> { ["COLUMNS"] = "80", ["LC_ALL"] = "C" });
        Assert.Equal(0, narrow.ExitCode);
        Assert.True(Ascii.IsValid(narrow.Output));
        Assert.All(narrow.OutputLines, line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public async Task A_dataset_that_would_be_refused_can_be_profiled()
    {
        var lines = datasets.CleanLines();
        _workspace.Write("broken.csv", string.Join('\n', [lines[0], lines[1], .. Enumerable.Repeat("a,b,c", 50)]) + "\n");
        var data = Data((await _workspace.RunSuccessfullyAsync("profile", "broken.csv", "--format", "json")).Output);
        Assert.Equal(1, data.GetProperty("movies").GetInt32());
        Assert.Equal("wrong-column-count 50", string.Join(' ', data.GetProperty("findings").EnumerateArray().Select(rule => $"{rule.GetProperty("rule")} {rule.GetProperty("count")}")));
    }

    [Theory]
    [InlineData(1, "nowhere.zip: ", "nowhere.zip")]
    [InlineData(1, "nothing.csv", "nothing.csv")]
    [InlineData(1, "not.zip", "not.zip")]
    [InlineData(2, "profile: SOURCE cannot be combined with --store, --read-store or --snapshot.", "movies.csv", "--snapshot", "1")]
    [InlineData(2, "--output: unknown file extension '.pdf'; choose a format with --format table, json or html.", "--output", "bad.pdf")]
    [InlineData(2, "--format: 'pdf' is not one of table, json, html.", "--format", "pdf")]
    [InlineData(2, "there is no snapshot 99", "--snapshot", "99")]
    [InlineData(1, "there is no ledger missing.duckdb", "--store", "missing.duckdb")]
    [InlineData(1, "nowhere/bad.html cannot be written: there is no folder", "--output", "nowhere/bad.html")]
    public async Task An_unreadable_source_is_a_one_line_error_and_leaves_nothing(int exitCode, string start, params string[] arguments)
    {
        using var workspace = new Workspace();
        workspace.Write("nothing.csv", datasets.CleanLines()[0] + "\n");
        workspace.Write("not.zip", "PK\u0003\u0004 and then nothing of the kind");
        await workspace.RunSuccessfullyAsync("load", datasets.Clean);
        var before = Directory.GetFileSystemEntries(workspace.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        Assert.Contains(start, Workspace.OneLine(await workspace.RunAsync(["profile", .. arguments]), exitCode), StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(workspace.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(CineLedgerProcess.Interrupt)]
    [InlineData(CineLedgerProcess.Terminate)]
    public async Task A_profile_that_is_stopped_leaves_nothing(int signal)
    {
        using var workspace = new Workspace();
        await using var profile = workspace.Start("profile", datasets.Large, "-o", "never.html");
        await Wait.UntilAsync("the profile is running", () => profile.HasExited || Directory.GetDirectories(workspace.GetPath("tmp"), "cineledger-*").Length > 0);
        profile.Signal(signal);
        Assert.Contains("stopped", Workspace.OneLine(await profile.WaitAsync(), 1), StringComparison.Ordinal);
        Assert.Equal([workspace.GetPath("tmp")], Directory.GetFileSystemEntries(workspace.Folder));
        Assert.Empty(Directory.GetFileSystemEntries(workspace.GetPath("tmp")));
    }

    private static JsonElement Data(string json) => JsonDocument.Parse(json).RootElement.GetProperty("data");
}
