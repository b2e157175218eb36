using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Postgres;

/// <summary>Failures of a separate server, which is stopped, restarted and made to refuse connections.</summary>
public sealed class PostgresFaultTests(Datasets datasets) : IAsyncLifetime
{
    /// <summary>Selects the session of a load that is writing rows.</summary>
    private const string Loading = "application_name LIKE 'cineledger%' AND query LIKE 'COPY%'";
    private readonly Workspace _workspace = new();
    private PostgresServer? _server;
    private string _store = "";

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartNewAsync();
        _store = await _server.CreateDatabaseAsync();
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", _store);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _workspace.Dispose();
    }

    [Fact]
    public async Task A_load_killed_at_any_point_leaves_the_last_snapshot_unchanged_and_the_next_load_works()
    {
        var before = await _workspace.ReadAnswersAsync(1, _store);
        await using var undisturbed = _workspace.Start("load", datasets.Large, "--accept", Workspace.AnyContent, "--store", await _server!.CreateDatabaseAsync());
        var whole = await undisturbed.TransferAllAsync();
        var random = new Random(30);
        var killed = 0;
        for (var i = 0; i < 30; i++)
        {
            await using var load = _workspace.Start("load", i % 2 == 0 ? datasets.Large : datasets.OtherLarge, "--accept", Workspace.AnyContent, "--wait", "--store", _store);
            await load.WaitForTransferAsync((long)(whole * (0.1 + (0.9 * random.NextDouble()))));
            load.Signal(CineLedgerProcess.Kill);
            killed += (await load.WaitAsync()).ExitCode != 0 ? 1 : 0;
            if (i % 10 == 9)
            {
                Assert.Equal(before, await _workspace.ReadAnswersAsync(1, _store));
            }
        }

        Assert.InRange(killed, 10, 30);
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--wait", "--studios", "none", "--store", _store);
        Assert.Equal(before, await _workspace.ReadAnswersAsync(1, _store));
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--studios", "none", "--store", "clean.duckdb");
        Assert.Equal(Reports(await _workspace.ReadAnswersAsync(store: "clean.duckdb")), Reports(await _workspace.ReadAnswersAsync(store: _store)));
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task A_server_stopped_during_a_load_fails_only_that_load(string mode)
    {
        var before = await _workspace.ReadAnswersAsync(1, _store);
        await using var load = _workspace.Start("load", datasets.Large, "--accept", Workspace.AnyContent, "--store", _store);
        await _server!.WaitForSessionAsync(Loading);
        await _server.StopAsync(mode);
        var ended = await load.WaitAsync();
        Assert.True(ended.ExitCode is 0 or 1, ended.Error);
        if (ended.ExitCode == 1)
        {
            Assert.Contains("Nothing was published", Workspace.OneLine(ended, 1), StringComparison.Ordinal);
        }

        Assert.Contains("cannot be reached", Workspace.OneLine(await _workspace.RunAsync("report", "genres", "--store", _store), 1), StringComparison.Ordinal);

        await _server.StartAsync();
        Assert.Equal(before, await _workspace.ReadAnswersAsync(1, _store));
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", _store);
    }

    [Fact]
    public async Task A_lost_connection_fails_only_that_load()
    {
        var before = await _workspace.ReadAnswersAsync(1, _store);
        await using var load = _workspace.Start("load", datasets.Large, "--accept", Workspace.AnyContent, "--store", _store);
        await _server!.WaitForSessionAsync(Loading);
        await _server.ExecuteAsync("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'cineledger%'");
        var ended = await load.WaitAsync();
        if (ended.ExitCode != 0)
        {
            Assert.Contains("Nothing was published", Workspace.OneLine(ended, 1), StringComparison.Ordinal);
        }

        Assert.Equal(before, await _workspace.ReadAnswersAsync(1, _store));
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", _store);
    }

    [Fact]
    public async Task Every_connection_failure_is_one_clear_line()
    {
        await _server!.ExecuteAsync("postgres", "CREATE ROLE guarded LOGIN PASSWORD 'right'; CREATE ROLE nobody LOGIN");
        await _server.RequireAsync("host all guarded 127.0.0.1/32 scram-sha-256");
        foreach (var (store, line) in ((string, string)[])
            [
                (_store.Replace("postgres@", "guarded:wrong@", StringComparison.Ordinal), "refuses the login: password authentication failed for user \"guarded\". Check the user, and the password in PGPASSWORD or PGPASSFILE."),
                (_store.Replace("127.0.0.1", "no-such-host.invalid", StringComparison.Ordinal), ": there is no such host. Check the address."),
                (_server.Address("missing"), "/missing does not exist on the server: create the database (createdb), or name another."),
                (_store.Replace("postgres@", "nobody@", StringComparison.Ordinal), "Ask for the role cineledger_reader."),
                (_server.Address("postgres"), ": load a dataset first (cineledger load SOURCE --store ADDRESS)."),
                ("postgres://postgres@127.0.0.1:1/x", "cannot be reached"),
            ])
        {
            Assert.Contains(line, Workspace.OneLine(await _workspace.RunAsync(["report", "genres"], null, new Dictionary<string, string> { ["CINELEDGER_STORE"] = store }), 1), StringComparison.Ordinal);
        }

        var refused = Workspace.OneLine(await _workspace.RunAsync("load", datasets.Clean, "--store", _store.Replace("postgres@", "nobody@", StringComparison.Ordinal)), 1);
        Assert.Contains("permission denied", refused, StringComparison.Ordinal);
        Assert.Contains("--store: not an address", Workspace.OneLine(await _workspace.RunAsync("report", "genres", "--store", "postgres://h:port/d"), 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_of_a_newer_program_is_refused()
    {
        await _server!.ExecuteAsync(_store.Split('/')[^1], "INSERT INTO ledger_schema VALUES (99, NOW())");
        foreach (var command in (string[][])[["report", "genres"], ["load", datasets.Clean]])
        {
            Assert.EndsWith("update this program.", Workspace.OneLine(await _workspace.RunAsync([.. command, "--store", _store]), 1), StringComparison.Ordinal);
        }
    }

    /// <summary>Returns the reports without the findings, whose snapshot numbers differ.</summary>
    private static string Reports(string answers) => answers[..answers.IndexOf("snapshot_id,kind", StringComparison.Ordinal)];
}
