using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

public sealed class HelpCommandTests(LoadedWorkspace loaded) : IClassFixture<LoadedWorkspace>
{
    private readonly Workspace _workspace = loaded.Workspace;

    [Fact]
    public async Task Every_command_explains_itself_and_ends_with_three_examples()
    {
        var all = await HelpTexts.AllAsync();
        Assert.Superset(
            new HashSet<string> { "", "up", "load", "report companies", "report genres", "report company-genres", "findings", "snapshots list", "snapshots diff", "snapshots history", "snapshots prune", "snapshots revert", "copy", "sample" },
            all.Select(help => string.Join(' ', help.Command)).ToHashSet());
        Assert.All(all, help =>
        {
            var name = string.Join(' ', ["cineledger", .. help.Command]);
            Assert.Equal(0, help.Help.ExitCode);
            Assert.Empty(help.Help.Error);
            Assert.Contains($"Usage:\n  {name} ", help.Help.Output, StringComparison.Ordinal);
            Assert.Equal(3, help.Help.Output.Split("Examples:\n")[1].TrimEnd().Split('\n').Count(line => line.StartsWith($"  {name}", StringComparison.Ordinal)));
        });
    }

    [Fact]
    public async Task Without_a_command_the_program_shows_its_help()
    {
        var help = await _workspace.RunSuccessfullyAsync("--help");
        Assert.Equal(help.Output, (await _workspace.RunSuccessfullyAsync()).Output);
        Assert.Equal(help.Output, (await _workspace.RunSuccessfullyAsync("help")).Output);
        Assert.Equal((await _workspace.RunSuccessfullyAsync("snapshots", "diff", "--help")).Output, (await _workspace.RunSuccessfullyAsync("help", "snapshots", "diff")).Output);
        Assert.Contains("\n  up [SOURCE] ", help.Output, StringComparison.Ordinal);
        Assert.Contains("\n  publish <SOURCE> ", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_default_is_mentioned_once()
    {
        foreach (var (command, help) in await HelpTexts.AllAsync())
        {
            Assert.DoesNotContain("[default", help.Output, StringComparison.Ordinal);
            Assert.All(help.Output.Split('\n'), line => Assert.True(line.Split("Default: ").Length <= 2, $"{string.Join(' ', command)}: {line}"));
        }

        Assert.Contains("Number of movies. Default: 5000.", (await _workspace.RunSuccessfullyAsync("sample", "--help")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("snapshots")]
    [InlineData("studios")]
    [InlineData("keys")]
    public async Task A_group_without_a_command_runs_its_list(string group)
    {
        var list = await _workspace.RunSuccessfullyAsync(group, "list", "--format", "csv");
        Assert.NotEmpty(list.OutputLines);
        Assert.Equal(list.Output, (await _workspace.RunSuccessfullyAsync(group, "--format", "csv")).Output);
        Assert.Equal(group == "keys" ? 0 : 1, (await _workspace.RunAsync(group, "--store", "absent.duckdb")).ExitCode);
    }

    [Fact]
    public async Task A_narrow_terminal_wraps_the_help()
    {
        var help = await _workspace.RunAsync(["report", "genres", "--help"], null, new Dictionary<string, string> { ["COLUMNS"] = "72" });
        var sections = help.Output.Split("Examples:")[0];
        Assert.All(sections.Split('\n'), line => Assert.True(line.Length <= 72, line));
    }
}
