using System.Text.Json;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;
using CineLedger.SystemTests.Web;

namespace CineLedger.SystemTests.Deployment;

/// <summary>The problems that <c>cineledger doctor</c> finds, one at a time.</summary>
public sealed class DoctorTests(Datasets datasets, SharedServer server) : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_healthy_file_ledger_passes_all_checks_but_keys()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        Assert.Equal(["warning keys"], await RunUnhealthyAsync(0));
        await _workspace.RunSuccessfullyAsync("keys", "create", "ann", "--administrator");
        Assert.Equal([], await RunUnhealthyAsync(0));
        Assert.All((await _workspace.RunSuccessfullyAsync("doctor")).OutputLines, line => Assert.Matches("^good     [a-z' ]+  .+\\.$", line));
    }

    [Fact]
    public async Task A_missing_ledger_and_an_unreachable_broker_are_unhealthy()
    {
        Assert.Equal(["bad store", "warning keys", "bad broker"], await RunUnhealthyAsync(1, "--brokers", "127.0.0.1:1"));
        Assert.Contains(
            (await _workspace.RunAsync("doctor")).OutputLines,
            line => line.StartsWith("bad      store", StringComparison.Ordinal) && line.EndsWith("load a dataset (cineledger load SOURCE), or name another --store.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_not_a_ledger_is_unhealthy()
    {
        _workspace.Write("cineledger.duckdb", "what is this");
        Assert.Equal(["bad store", "warning keys"], await RunUnhealthyAsync(1));
    }

    [Fact]
    public async Task A_ledger_held_by_a_server_passes_all_checks()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        await using var served = await ServeProcess.StartAsync(_workspace);
        Assert.Equal([], await RunUnhealthyAsync(0));
        Assert.Contains("not checked, because it is in use", (await _workspace.RunSuccessfullyAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_that_cannot_read_or_can_only_read_are_reported()
    {
        PostgresServer.SkipIfMissing();
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CINELEDGER_TEST_POSTGRES") is { Length: > 0 }, "roles are created only on the tests' own server");
        var store = await server.CreateDatabaseAsync();
        Assert.Contains("bad schema", await RunUnhealthyAsync(1, "--store", store));
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--store", store);
        await _workspace.RunSuccessfullyAsync("init", "--roles", "--store", store);
        var name = $"ria_{Guid.NewGuid():N}";
        await ExecuteAsync(store, $"CREATE ROLE {name} LOGIN");
        var hers = store.Replace("//postgres@", $"//{name}@", StringComparison.Ordinal);
        Assert.Contains("bad rights", await RunUnhealthyAsync(1, "--store", hers));
        await ExecuteAsync(store, $"GRANT cineledger_reader TO {name}");
        var found = await RunUnhealthyAsync(1, "--store", hers);
        Assert.Contains("warning rights", found);

        // The tests' server runs without fsync, which is a bad setting for any other server.
        Assert.Contains("bad setting", found);
    }

    [Fact]
    public async Task The_json_format_writes_JSON_to_standard_output()
    {
        var result = await _workspace.RunAsync("doctor", "--format", "json");
        var store = JsonDocument.Parse(result.Output).RootElement.GetProperty("data").EnumerateArray().Single(check => check.GetProperty("check").GetString() == "store");
        Assert.Equal("bad", store.GetProperty("state").GetString());
        Assert.Contains("load a dataset", store.GetProperty("advice").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<List<string>> RunUnhealthyAsync(int exitCode, params string[] options)
    {
        var result = await _workspace.RunAsync(["doctor", "--format", "json", .. options]);
        Assert.True(result.ExitCode == exitCode, $"exit {result.ExitCode}: {result.Output}{result.Error}");
        return [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("data").EnumerateArray()
            .Where(check => check.GetProperty("state").GetString() != "good").Select(check => $"{check.GetProperty("state").GetString()} {check.GetProperty("check").GetString()}")];
    }

    private static async Task ExecuteAsync(string store, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(Storage.Postgres.PostgresAddress.Parse(store).ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
