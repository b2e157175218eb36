using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

public sealed class HelpCommandTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Every_command_explains_itself()
    {
        var all = await HelpTexts.AllAsync();
        Assert.Superset(
            new HashSet<string> { "", "up", "load", "report companies", "report genres", "report company-genres", "findings", "snapshots list", "snapshots diff", "snapshots history", "snapshots prune", "snapshots revert", "copy", "sample" },
            all.Select(help => string.Join(' ', help.Command)).ToHashSet());
        Assert.All(all, help =>
        {
            Assert.Equal(0, help.Help.ExitCode);
            Assert.Empty(help.Help.Error);
            Assert.Contains($"Usage:\n  {string.Join(' ', ["cineledger", .. help.Command])} ", help.Help.Output, StringComparison.Ordinal);
        });
    }

    public void Dispose() => _workspace.Dispose();
}
