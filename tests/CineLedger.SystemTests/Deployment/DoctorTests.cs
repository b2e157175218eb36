using System.Text.Json;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
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
    public async Task A_snapshot_published_in_the_future_is_a_warning()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        await ExecuteOnFileAsync("UPDATE snapshot SET published_at = published_at + INTERVAL 75 YEAR");
        Assert.Equal(["warning snapshot", "warning keys"], await RunUnhealthyAsync(0));
        Assert.Contains("days in the future", (await _workspace.RunSuccessfullyAsync("doctor")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_block_is_found_by_a_deep_check_and_every_command_says_to_restore_a_backup()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        Assert.Contains("good     contents", (await _workspace.RunSuccessfullyAsync("doctor", "--deep")).Output, StringComparison.Ordinal);
        await DamageAsync("overview");
        Assert.Equal(["warning keys"], await RunUnhealthyAsync(0));
        Assert.Equal(["bad contents", "warning keys"], await RunUnhealthyAsync(1, "--deep"));
        var damaged = Assert.Single((await _workspace.RunAsync("doctor", "--deep")).OutputLines, line => line.StartsWith("bad ", StringComparison.Ordinal));
        Assert.Contains("table movie of ", damaged, StringComparison.Ordinal);
        Assert.EndsWith("; restore the ledger from a backup (docs/operations.md).", damaged, StringComparison.Ordinal);
        foreach (var command in (string[][])
            [["sql", "SELECT MAX(overview) FROM movie"], ["copy", "--from", "cineledger.duckdb", "--to", "copy.duckdb"], ["load", datasets.Clean, "--merge"]])
        {
            Assert.Contains("Restore it from a backup", Workspace.OneLine(await _workspace.RunAsync(command), 1), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cut_off_or_overwritten_ledger_is_to_be_restored()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        var bytes = await File.ReadAllBytesAsync(_workspace.Store, TestContext.Current.CancellationToken);
        (string, byte[])[] copies =
        [
            ("cut", bytes[..(bytes.Length / 2)]), ("zeros", [.. new byte[4096], .. bytes[4096..]]), ("headers", [.. bytes[..4096], .. new byte[8192], .. bytes[12288..]]),
        ];
        foreach (var (name, damaged) in copies)
        {
            _workspace.Write($"{name}.duckdb", damaged);
            foreach (var command in (string[][])[["report", "companies"], ["load", datasets.Clean]])
            {
                Assert.Contains("estore it from a backup", Workspace.OneLine(await _workspace.RunAsync([.. command, "--store", $"{name}.duckdb"]), 1), StringComparison.Ordinal);
            }

            var found = await _workspace.RunAsync("doctor", "--store", $"{name}.duckdb");
            var store = Assert.Single(found.OutputLines, line => line.StartsWith("bad      store", StringComparison.Ordinal));
            Assert.Contains("estore it from a backup", store, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_damaged_page_of_a_server_is_found_by_a_deep_check()
    {
        await using var own = await PostgresServer.StartNewAsync();
        var store = await own.CreateDatabaseAsync();
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--store", store);
        Assert.Matches("good +contents", (await _workspace.RunAsync("doctor", "--deep", "--store", store)).Output);
        string file;
        await using (var connection = await own.ConnectAsync(store.Split('/')[^1]))
        {
            await using var command = new Npgsql.NpgsqlCommand("SELECT pg_relation_filepath('movie_genre')", connection);
            file = Path.Combine(own.Data, (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
        }

        await own.StopAsync("fast");
        await using (var pages = new FileStream(file, FileMode.Open, FileAccess.Write))
        {
            await pages.WriteAsync(Enumerable.Repeat((byte)0xA5, 64).ToArray(), TestContext.Current.CancellationToken);
        }

        await own.StartAsync();
        var lines = (await _workspace.RunAsync("doctor", "--deep", "--store", store)).OutputLines;
        var line = Assert.Single(lines, line => line.StartsWith("bad      contents", StringComparison.Ordinal));
        Assert.Contains("table movie_genre of ", line, StringComparison.Ordinal);
        Assert.EndsWith("; restore the ledger from a backup (docs/operations.md).", line, StringComparison.Ordinal);
        Assert.Contains("is damaged", Workspace.OneLine(await _workspace.RunAsync("report", "genres", "--share", "equal", "--store", store), 1), StringComparison.Ordinal);
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

    /// <summary>Flips one bit in the middle of a block that holds values of a movie's column.</summary>
    private async Task DamageAsync(string column)
    {
        var block = await ExecuteOnFileAsync(
            $"SELECT MIN(block_id) FROM pragma_storage_info('movie') WHERE column_name = '{column}' AND segment_type = 'VARCHAR' AND block_id >= 0");
        await using var file = new FileStream(_workspace.Store, FileMode.Open, FileAccess.ReadWrite);
        file.Position = DuckDbBlocks.ReadHeader(file.SafeFileHandle).GetOffset((long)block!) + 4_000;
        var bits = (byte)file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(bits ^ 0x10));
    }

    private async Task<object?> ExecuteOnFileAsync(string sql)
    {
        await using var connection = await DuckDbFile.ConnectAsync(_workspace.Store, readOnly: false, TestContext.Current.CancellationToken);
        return await connection.ExecuteScalarAsync(sql, TestContext.Current.CancellationToken);
    }

    private static async Task ExecuteAsync(string store, string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(Storage.Postgres.PostgresAddress.Parse(store).ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
