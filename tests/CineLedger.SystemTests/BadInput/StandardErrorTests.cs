using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;

namespace CineLedger.SystemTests.BadInput;

/// <summary>Standard error that is closed, or whose disk is full, does not change what a command does.</summary>
public sealed class StandardErrorTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    public static TheoryData<string> Redirections => ["2>&-", "2>/dev/full"];

    [Theory]
    [MemberData(nameof(Redirections))]
    public async Task Every_exit_code_is_the_commands_own(string redirection)
    {
        SkipUnlessLinux();
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--store", "expected.duckdb");
        string[] commands =
        [
            $"load '{datasets.Clean}'", "report genres --store missing.duckdb", "report genres --order nothing", $"load '{datasets.Movies}' --max-rejects 0",
            "--no-such-option", "keys revoke none", "init", "sql 'SELECT 1' --verbose", "sample --movies 10 -o small.zip", "snapshots prune --keep 1 --store missing.duckdb",
        ];
        var result = await _workspace.RunShellAsync(string.Join('\n', commands.Select(command => $"cineledger {command} >/dev/null {redirection}; echo $?")));
        Assert.Equal(["0", "1", "2", "3", "2", "1", "0", "0", "0", "1"], result.OutputLines);
        Assert.Empty(result.Error);

        // The number of a closed standard error may be given to the ledger's file, which must get no messages.
        Assert.Contains("good     contents", (await _workspace.RunSuccessfullyAsync("doctor", "--deep")).Output, StringComparison.Ordinal);
        Assert.Equal(await _workspace.ReadAnswersAsync(store: "expected.duckdb"), await _workspace.ReadAnswersAsync());
    }

    [Theory]
    [InlineData("2>&-", "text")]
    [InlineData("2>/dev/full", "text")]
    [InlineData("2>&-", "json")]
    [InlineData("2>/dev/full", "json")]
    public async Task A_server_that_logs_every_request_responds_to_it(string redirection, string format)
    {
        SkipUnlessLinux();
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        var address = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";
        await using var server = CineLedgerProcess.StartOther(
            _workspace.Folder, "bash", ["-c", $"exec cineledger serve --verbose --log-format {format} --urls {address} {redirection}"]);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, server);
        for (var i = 0; i < 3; i++)
        {
            var response = await client.GetStringAsync($"/api/v1/reports/genres?limit={i + 1}", TestContext.Current.CancellationToken);
            Assert.Contains("\"snapshot\":1", response, StringComparison.Ordinal);
        }

        server.Signal(CineLedgerProcess.Terminate);
        Assert.Equal(0, (await server.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task A_closed_or_full_standard_output_is_an_error_of_one_line()
    {
        SkipUnlessLinux();
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        var result = await _workspace.RunShellAsync("cineledger report companies --format csv >/dev/full; echo $? >&2; cineledger report companies --format csv >&-; echo $? >&2");
        Assert.Equal(["cineledger: No space left on device", "1"], result.ErrorLines[..2].Select(line => line.Split(" :")[0]));
    }

    public void Dispose() => _workspace.Dispose();

    private static void SkipUnlessLinux() => Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux's");
}
