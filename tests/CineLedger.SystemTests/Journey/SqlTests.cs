using System.Text;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Journey;

/// <summary><c>cineledger sql</c> as it is typed.</summary>
public sealed class SqlTests(LoadedDesk loaded) : IClassFixture<LoadedDesk>
{
    private Desk Desk => loaded.Desk;

    [Fact]
    public async Task A_statement_comes_as_an_argument_from_standard_input_or_from_a_file()
    {
        const string Question = "SELECT COUNT(*) AS films FROM movies;\n";
        var expected = (await Desk.GoodAsync("sql", Question, "--format", "csv")).Output;
        Assert.Matches(@"^films\r\n\d+\r\n$", expected);
        Assert.Equal(expected, (await Desk.RunAsync(["sql", "-", "--format", "csv"], new MemoryStream(Encoding.UTF8.GetBytes(Question)))).Output);
        Assert.Equal(expected, (await Desk.GoodAsync("sql", "--file", Desk.Write("question.sql", Question), "--format", "csv")).Output);
        Assert.Contains("gone.sql", Desk.OneLine(await Desk.RunAsync("sql", "--file", "gone.sql"), 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_was_cut_says_so_on_standard_error()
    {
        var result = await Desk.GoodAsync("sql", "SELECT title FROM movies", "--max-rows", "3", "--format", "csv");
        Assert.Equal(4, result.OutputLines.Length);
        Assert.Equal("warning: cut after 3 rows, there are more: raise --max-rows, or 0 for all.", Assert.Single(result.ErrorLines));
        Assert.Empty((await Desk.GoodAsync("sql", "SELECT title FROM movies LIMIT 3", "--max-rows", "3")).Error);
    }

    [Fact]
    public async Task What_never_ends_is_stopped_by_its_time_limit_or_by_an_interrupt()
    {
        const string Endless = "SELECT COUNT(*) FROM range(1000000000000)";
        Assert.Contains("stopped after 1 s", Desk.OneLine(await Desk.RunAsync("sql", Endless, "--timeout", "1"), 1), StringComparison.Ordinal);
        await using var process = Desk.Start("sql", Endless);

        // More than it takes to start: the query is under way.
        await Wait.UntilAsync("the query is under way", () => process.ProcessorTime > TimeSpan.FromSeconds(1.5));
        process.Signal(CineLedgerProcess.Interrupt);
        Assert.NotEqual(0, (await process.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task The_schema_is_shown_without_a_ledger()
    {
        var schema = await Desk.GoodAsync("sql", "--schema", "--format", "md", "--store", "absent.duckdb");
        Assert.Contains("| movie_company | company_id | INTEGER | key | the company |", schema.Output, StringComparison.Ordinal);
    }
}
