using System.Text.Json;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;
using CineLedger.SystemTests.Web;

namespace CineLedger.SystemTests.Deployment;

/// <summary>What <c>cineledger doctor</c> finds, one thing wrong at a time.</summary>
public sealed class DoctorTests(Datasets datasets, SharedServer server) : IDisposable
{
    private readonly Desk _desk = new();

    [Fact]
    public async Task A_ledger_in_a_file_that_is_well_is_good_in_all_but_its_keys()
    {
        await _desk.GoodAsync("load", datasets.Clean);
        Assert.Equal(["warning keys"], await NotGoodAsync(0));
        await _desk.GoodAsync("keys", "create", "ann", "--administrator");
        Assert.Equal([], await NotGoodAsync(0));
        Assert.All((await _desk.GoodAsync("doctor")).OutputLines, line => Assert.Matches("^good     [a-z' ]+  .+\\.$", line));
    }

    [Fact]
    public async Task Where_there_is_no_ledger_that_is_bad_and_so_is_a_broker_that_does_not_answer()
    {
        Assert.Equal(["bad store", "warning keys", "bad broker"], await NotGoodAsync(1, "--brokers", "127.0.0.1:1"));
        Assert.Contains(
            (await _desk.RunAsync("doctor")).OutputLines,
            line => line.StartsWith("bad      store", StringComparison.Ordinal) && line.EndsWith("load a dataset (cineledger load SOURCE), or name another --store.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_no_ledger_is_bad()
    {
        _desk.Write("cineledger.duckdb", "what is this");
        Assert.Equal(["bad store", "warning keys"], await NotGoodAsync(1));
    }

    [Fact]
    public async Task A_ledger_that_a_server_holds_is_as_it_should_be()
    {
        await _desk.GoodAsync("load", datasets.Clean);
        await using var served = await ServeProcess.StartAsync(_desk);
        Assert.Equal([], await NotGoodAsync(0));
        Assert.Contains("in use, so not looked into", (await _desk.GoodAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_read_is_told_and_so_is_one_that_only_reads()
    {
        PostgresServer.SkipIfMissing();
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CINELEDGER_TEST_POSTGRES") is { Length: > 0 }, "roles are made on the tests' own server");
        var store = await server.CreateDatabaseAsync();
        Assert.Contains("bad schema", await NotGoodAsync(1, "--store", store));
        await _desk.GoodAsync("load", datasets.Clean, "--store", store);
        await _desk.GoodAsync("init", "--roles", "--store", store);
        var name = $"ria_{Guid.NewGuid():N}";
        await ExecuteAsync(store, $"CREATE ROLE {name} LOGIN");
        var hers = store.Replace("//postgres@", $"//{name}@", StringComparison.Ordinal);
        Assert.Contains("bad rights", await NotGoodAsync(1, "--store", hers));
        await ExecuteAsync(store, $"GRANT cineledger_reader TO {name}");
        var found = await NotGoodAsync(1, "--store", hers);
        Assert.Contains("warning rights", found);

        // The tests' server does without fsync, which no other should.
        Assert.Contains("bad setting", found);
    }

    [Fact]
    public async Task Standard_output_is_JSON_where_that_is_asked_for()
    {
        var result = await _desk.RunAsync("doctor", "--format", "json");
        var store = JsonDocument.Parse(result.Output).RootElement.GetProperty("data").EnumerateArray().Single(check => check.GetProperty("check").GetString() == "store");
        Assert.Equal("bad", store.GetProperty("state").GetString());
        Assert.Contains("load a dataset", store.GetProperty("advice").GetString(), StringComparison.Ordinal);
        Assert.Equal((1, ""), (result.ExitCode, result.Error));
    }

    public void Dispose() => _desk.Dispose();

    private async Task<List<string>> NotGoodAsync(int exitCode, params string[] options)
    {
        var result = await _desk.RunAsync(["doctor", "--format", "json", .. options]);
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
