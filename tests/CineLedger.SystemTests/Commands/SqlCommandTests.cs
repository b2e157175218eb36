using System.Text;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Commands;

/// <summary><c>cineledger sql</c>, run as a user types it.</summary>
public sealed class SqlCommandTests(LoadedWorkspace loaded) : IClassFixture<LoadedWorkspace>
{
    private Workspace Workspace => loaded.Workspace;

    [Fact]
    public async Task A_statement_can_be_an_argument_standard_input_or_a_file()
    {
        const string Question = "SELECT COUNT(*) AS movies FROM movies;\n";
        var expected = (await Workspace.RunSuccessfullyAsync("sql", Question, "--format", "csv")).Output;
        Assert.Matches(@"^movies\r\n\d+\r\n$", expected);
        Assert.Equal(expected, (await Workspace.RunAsync(["sql", "-", "--format", "csv"], new MemoryStream(Encoding.UTF8.GetBytes(Question)))).Output);
        Assert.Equal(expected, (await Workspace.RunSuccessfullyAsync("sql", "--file", Workspace.Write("question.sql", Question), "--format", "csv")).Output);
        Assert.Contains("gone.sql", Workspace.OneLine(await Workspace.RunAsync("sql", "--file", "gone.sql"), 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_result_is_reported_on_standard_error()
    {
        var result = await Workspace.RunSuccessfullyAsync("sql", "SELECT title FROM movies", "--max-rows", "3", "--format", "csv");
        Assert.Equal(4, result.OutputLines.Length);
        Assert.Equal("warning: only the first 3 rows are shown; raise --max-rows, or use 0 for all.", Assert.Single(result.ErrorLines));
        Assert.Empty((await Workspace.RunSuccessfullyAsync("sql", "SELECT title FROM movies LIMIT 3", "--max-rows", "3")).Error);
    }

    [Fact]
    public async Task A_statement_on_every_version_gets_a_warning_that_names_the_view()
    {
        var result = await Workspace.RunSuccessfullyAsync("sql", "SELECT COUNT(*) FROM movie", "--format", "csv");
        Assert.Equal(
            "warning: movie holds the rows of all snapshots, with every version of a movie: the view movies shows one snapshot.", Assert.Single(result.ErrorLines));
        Assert.Equal(2, result.OutputLines.Length);
    }

    [Fact]
    public async Task An_endless_statement_is_stopped_by_its_time_limit_or_an_interrupt()
    {
        const string Endless = "SELECT COUNT(*) FROM range(1000000000000)";

        // On a busy machine, the process is ended before it reports the limit itself.
        Assert.Matches("stopped after 1 s|statement ended: time", Workspace.OneLine(await Workspace.RunAsync("sql", Endless, "--timeout", "1"), 1));
        await using var process = Workspace.Start("sql", Endless);

        // The statement's process works in a folder beside the ledger.
        string[] FindFolders() => Directory.GetDirectories(Workspace.Folder, "cineledger.duckdb.*.tmp");
        await Wait.UntilAsync("the process of the statement has started", () => FindFolders().Length > 0);
        process.Signal(CineLedgerProcess.Interrupt);
        Assert.NotEqual(0, (await process.WaitAsync()).ExitCode);
        Assert.Empty(FindFolders());
    }

    [Fact]
    public async Task The_schema_is_shown_without_a_ledger()
    {
        var schema = await Workspace.RunSuccessfullyAsync("sql", "--schema", "--format", "md", "--store", "absent.duckdb");
        Assert.Contains("| movie_company | company_id | INTEGER | key | the company |", schema.Output, StringComparison.Ordinal);
    }
}
