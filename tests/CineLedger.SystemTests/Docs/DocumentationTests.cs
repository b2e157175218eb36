using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Docs;

/// <summary>Runs every command on the documentation pages, page by page, from top to bottom.</summary>
public sealed class DocumentationTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    public static TheoryData<string> AllPages => [.. DocumentationPages.Names];

    [Theory]
    [MemberData(nameof(AllPages))]
    public async Task Every_documented_command_exits_with_the_documented_code(string page)
    {
        File.WriteAllBytes(_workspace.GetPath("the-movies-dataset.zip"), datasets.CreateNamed());
        if (page.StartsWith(DocumentationPages.Jobs, StringComparison.Ordinal))
        {
            await _workspace.RunSuccessfullyAsync("load", "the-movies-dataset.zip");
            await _workspace.RunSuccessfullyAsync("studios", "import", "none");
            await _workspace.RunSuccessfullyAsync("snapshots", "revert", "1");
        }

        var failures = new List<string>();
        await using var server = new DocumentedServer(_workspace);
        using var brokers = new DocumentedBrokers();
        foreach (var command in DocumentationPages.Commands(page))
        {
            if (command.StartsServer || command.EndsServer)
            {
                await (command.StartsServer ? server.StartAsync(command.Line) : server.EndAsync());
                continue;
            }

            var result = await _workspace.RunShellAsync(command.UsesServer ? await server.ReplaceAddressAsync(command.Line) : brokers.ReplaceBrokers(command.Line));
            if (result.ExitCode != command.ExitCode)
            {
                failures.Add($"{command.Line}\n  exit {result.ExitCode}, not {command.ExitCode}: {result.Error.Trim()}");
            }
        }

        Assert.True(failures.Count == 0, $"{page}:\n{string.Join('\n', failures)}");
    }

    /// <summary>Fails if README.md has no <c>```sh</c> block that runs <c>cineledger</c>.</summary>
    [Fact]
    public void The_README_contains_commands() => Assert.NotEmpty(DocumentationPages.Commands("README.md"));

    [Fact]
    public async Task Every_option_and_every_command_is_documented()
    {
        var pages = string.Join('\n', DocumentationPages.Names.Select(DocumentationPages.Text));
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (command, help) in await HelpTexts.AllAsync())
        {
            var name = string.Join(' ', ["cineledger", .. command]);
            missing.UnionWith(new[] { name }.Where(name => !pages.Contains(name, StringComparison.Ordinal)));
            missing.UnionWith(HelpTexts.Options(help.Output).Where(option => !Mentions(pages, option)));
        }

        Assert.True(missing.Count == 0, $"README.md and docs/ do not mention:\n{string.Join('\n', missing)}");
    }

    public void Dispose() => _workspace.Dispose();

    private static bool Mentions(string pages, string option) =>
        System.Text.RegularExpressions.Regex.IsMatch(pages, $"{System.Text.RegularExpressions.Regex.Escape(option)}(?![a-z-])");
}
