using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Commands;

public sealed class UpCommandTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Without_a_source_up_labels_the_data_synthetic_and_previews_the_reports()
    {
        var first = await _workspace.RunSuccessfullyAsync("up", "--no-serve");
        Assert.Contains("loading a generated SYNTHETIC sample", first.Error, StringComparison.Ordinal);
        AssertHeads(first.Output);
        Assert.Contains("from generated sample: SYNTHETIC sample data, the numbers are invented", first.Output, StringComparison.Ordinal);

        var second = await _workspace.RunSuccessfullyAsync("up", "--no-serve");
        Assert.Equal(first.Output, second.Output);
        Assert.Equal(["cineledger-sample.duckdb"], Directory.GetFiles(_workspace.Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!));
    }

    [Fact]
    public async Task With_a_source_up_loads_it_into_the_default_store()
    {
        var up = await _workspace.RunSuccessfullyAsync("up", datasets.Movies, "--no-serve");
        Assert.Contains("1 published", up.Error, StringComparison.Ordinal);
        AssertHeads(up.Output);
        Assert.True(File.Exists(_workspace.Store));
    }

    [Fact]
    public async Task The_suggested_commands_work()
    {
        var up = await _workspace.RunSuccessfullyAsync("up", "--no-serve");
        var commands = up.OutputLines.Where(line => line.StartsWith("cineledger ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, commands.Length);
        foreach (var command in commands)
        {
            var typed = await _workspace.RunShellAsync(command);
            Assert.Equal(0, typed.ExitCode);
            Assert.Contains(typed.Output.Trim(), up.Output, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _workspace.Dispose();

    private static void AssertHeads(string output)
    {
        foreach (var report in (string[])["companies", "genres", "company-genres", "studios"])
        {
            Assert.Contains($"cineledger report {report} ", output, StringComparison.Ordinal);
        }

        Assert.Equal(4, output.Split("8 rows").Length - 1);
    }
}
