using System.Net;
using System.Runtime.Versioning;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;
using CineLedger.SystemTests.Web;

namespace CineLedger.SystemTests.BadInput;

/// <summary>Secrets that other users of the machine and remote callers must not see.</summary>
public sealed class SecretTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_ledger_its_log_and_its_copies_are_private_and_outputs_are_not()
    {
        var result = await _workspace.RunShellAsync($$"""
            set -e
            umask 022
            cineledger load '{{datasets.Clean}}' --reports reports --archive archive
            cineledger copy --from cineledger.duckdb --to copy.duckdb
            cineledger keys create ann > key
            cineledger report genres --output table.csv
            stat -c '%a %n' cineledger.duckdb copy.duckdb cineledger.duckdb.keys archive reports reports/genres.csv table.csv
            find archive -type f -printf '%m archived\n' | sort -u
            """);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            ["600 cineledger.duckdb", "600 copy.duckdb", "600 cineledger.duckdb.keys", "700 archive", "755 reports", "644 reports/genres.csv", "644 table.csv", "600 archived"],
            result.OutputLines);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Files_beside_a_served_ledger_are_private()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        await using var served = await ServeProcess.StartAsync(_workspace, "--allow-sql", "--allow-private-targets");
        await served.PostAsync("/api/v1/webhooks", new { url = "http://127.0.0.1:1/hook" });
        await served.JsonAsync("/api/v1/snapshots");
        using var statement = new StringContent("SELECT 1 AS one", null, "application/sql");
        using var answer = await served.Client.PostAsync("/api/v1/sql", statement, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var files = Directory.GetFiles(_workspace.Folder, "cineledger.duckdb*");
        Assert.Contains(files, file => file.EndsWith(".wal", StringComparison.Ordinal));
        Assert.All(files, file => Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == 0, file));
    }

    [Theory]
    [InlineData("postgres://ann:SECRET@127.0.0.1:1/movies", 1, true)]
    [InlineData("Host=127.0.0.1;Port=1;Username=ann;Password=SECRET;Database=movies", 1, true)]
    [InlineData("postgres://ann:SEC/RET@127.0.0.1:1/movies", 2, false)]
    [InlineData("postgres://ann:12/SECRET@127.0.0.1:1/movies", 2, false)]
    public async Task A_password_on_the_command_line_gives_one_warning_and_is_never_shown(string store, int exitCode, bool warns)
    {
        var result = await _workspace.RunAsync("report", "genres", "--store", store);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(warns ? 2 : 1, result.ErrorLines.Length);
        Assert.Contains("PGPASSWORD", result.ErrorLines.First(), StringComparison.Ordinal);
        Assert.Equal(warns, result.ErrorLines.First().Contains("warning: every user of this machine can see a password", StringComparison.Ordinal));
        Assert.DoesNotContain("SEC", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("RET", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_database_a_server_names_it_only_to_local_callers_and_metrics_hold_no_connection_string()
    {
        await using var postgres = await PostgresServer.StartNewAsync();
        var store = await postgres.CreateDatabaseAsync();
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--store", store);
        await using var served = await ServeProcess.StartAsync(_workspace, "--store", store, "--public");
        await served.JsonAsync("/api/v1/reports/genres?limit=1");
        var metrics = await served.Client.GetStringAsync("/metrics", Cancel);
        Assert.Contains("db_client_connection", metrics, StringComparison.Ordinal);
        foreach (var part in (string[])["Host=127", "Username", "work_mem", "Database="])
        {
            Assert.DoesNotContain(part, metrics, StringComparison.OrdinalIgnoreCase);
        }

        await postgres.StopAsync("immediate");
        foreach (var address in (string[])["/health/ready", "/api/v1/findings?limit=7", "/api/v1/loads"])
        {
            var there = await AskAsync(address, "192.0.2.7");
            Assert.Contains("\"status\":503", there, StringComparison.Ordinal);
            foreach (var secret in (string[])["127.0.0.1", "postgres", $"{postgres.Port}", "ledger_"])
            {
                Assert.DoesNotContain(secret, there, StringComparison.Ordinal);
            }

            Assert.Contains($"127.0.0.1:{postgres.Port}", await AskAsync(address, null), StringComparison.Ordinal);
        }

        async Task<string> AskAsync(string address, string? forwardedFor)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (forwardedFor is not null)
            {
                request.Headers.Add("X-Forwarded-For", forwardedFor);
            }

            using var response = await served.Client.SendAsync(request, Cancel);
            return await response.Content.ReadAsStringAsync(Cancel);
        }
    }

    public void Dispose() => _workspace.Dispose();
}
