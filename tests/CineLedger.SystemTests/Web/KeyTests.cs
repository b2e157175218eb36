using System.Net;
using CineLedger.Storage;
using CineLedger.Storage.Keys;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Web;

/// <summary>Keys created and revoked on the command line while a server runs, on both engines.</summary>
public sealed class KeyTests(Datasets datasets, SharedServer postgres) : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Keys_can_be_created_and_revoked_while_a_server_holds_the_file() => KeysAsync("cineledger.duckdb");

    [Fact]
    public async Task Keys_of_a_database_that_a_server_reads() => await KeysAsync(await postgres.CreateDatabaseAsync());

    [Fact]
    public async Task Keys_in_a_table_of_an_older_version_stay_valid_and_the_next_key_adds_its_columns()
    {
        var store = await postgres.CreateDatabaseAsync();
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", store);
        var (old, text) = AccessKey.Create("ann", KeyScopes.Ordinary, DateTime.UtcNow);
        await using (var connection = new Npgsql.NpgsqlConnection(Storage.Postgres.PostgresAddress.Parse(store).ConnectionString))
        {
            await connection.OpenAsync(Cancel);
            await connection.ExecuteAsync(
                """
                CREATE TABLE access_key (key_id TEXT PRIMARY KEY, name TEXT NOT NULL, administrator BOOLEAN NOT NULL, hash TEXT NOT NULL UNIQUE,
                    created_at TIMESTAMP NOT NULL, revoked_at TIMESTAMP)
                """,
                Cancel);
            await connection.ExecuteAsync(
                "INSERT INTO access_key VALUES ($1, 'ann', FALSE, $2, TIMESTAMP '2024-05-01', NULL), ('1', 'bob', TRUE, 'b', TIMESTAMP '2024-05-02', NULL)", Cancel, old.Id, old.Hash);
        }

        var address = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";
        await using var serve = _workspace.Start("serve", "--store", store, "--urls", address);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, serve);
        await WaitForStatusAsync(client, text, HttpStatusCode.OK);
        Assert.Equal(["ann|read sql||", "bob|read sql push load admin||"], await ListAsync(store));

        var key = (await _workspace.RunSuccessfullyAsync("keys", "create", "cid", "--scope", "read", "--expires", "2999-12-31", "--store", store)).Output.Trim();
        await WaitForStatusAsync(client, key, HttpStatusCode.OK);
        await WaitForStatusAsync(client, text, HttpStatusCode.OK);
        var used = await Wait.ForAsync("the use is recorded", () => ListAsync(store), list => list is [_, _, var last] && !last.EndsWith('|'));
        Assert.Matches(@"^cid\|read\|2999-12-31[^|]*\|20", used[2]);
        serve.Signal(CineLedgerProcess.Terminate);
        Assert.Equal(0, (await serve.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task Scopes_and_expiry_are_options_of_the_command()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies);
        var created = await _workspace.RunSuccessfullyAsync("keys", "create", "ann", "--scope", "push,load", "--scope", "read", "--expires", "90d");
        Assert.Contains($"(read push load), until {DateTime.UtcNow.AddDays(90):yyyy-MM-dd}", created.Error, StringComparison.Ordinal);
        await _workspace.RunSuccessfullyAsync("keys", "create", "bob", "--administrator");
        Assert.Equal(["read push load", "read sql push load admin"], (await ListAsync("cineledger.duckdb")).Select(line => line.Split('|')[1]));
        foreach (var (option, value, message) in ((string, string, string)[])
            [("--scope", "write", "'write' is not one of"), ("--expires", "soon", "'soon' is not a time"), ("--expires", "2001-01-01", "in the future"), ("--expires", "0d", "'0d' is not a time")])
        {
            Assert.Contains(message, Workspace.OneLine(await _workspace.RunAsync("keys", "create", "cid", option, value), 2), StringComparison.Ordinal);
        }
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>Returns name, scopes, expiry and last use of each key.</summary>
    private async Task<string[]> ListAsync(string store)
    {
        var list = await _workspace.RunSuccessfullyAsync("keys", "list", "--store", store, "--format", "csv");
        return [.. list.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).Select(cells => $"{cells[1]}|{cells[5]}|{cells[6]}|{cells[7]}")];
    }

    private async Task KeysAsync(string store)
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", store);
        var address = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";
        await using var serve = _workspace.Start("serve", "--store", store, "--urls", address);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, serve);

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(client, null));
        var made = await _workspace.RunSuccessfullyAsync("keys", "create", "ann", "--store", store);
        var key = made.Output.Trim();
        Assert.StartsWith("cineledger_", key, StringComparison.Ordinal);
        Assert.DoesNotContain(key, made.Error, StringComparison.Ordinal);
        await WaitForStatusAsync(client, key, HttpStatusCode.OK);

        var list = await _workspace.RunSuccessfullyAsync("keys", "list", "--store", store, "--format", "csv");
        var line = list.Output.Split("\r\n")[1].Split(',');
        Assert.Equal(("ann", "false", ""), (line[1], line[2], line[4]));
        Assert.DoesNotContain(key, list.Output, StringComparison.Ordinal);
        await _workspace.RunSuccessfullyAsync("keys", "revoke", line[0], "--store", store);
        await WaitForStatusAsync(client, key, HttpStatusCode.Unauthorized);
        Assert.Contains("no active key", Workspace.OneLine(await _workspace.RunAsync("keys", "revoke", line[0], "--store", store), 1), StringComparison.Ordinal);
        serve.Signal(CineLedgerProcess.Terminate);
        Assert.Equal(0, (await serve.WaitAsync()).ExitCode);
    }

    private static Task<HttpStatusCode> WaitForStatusAsync(HttpClient client, string key, HttpStatusCode status) =>
        Wait.ForAsync($"a request with the key returns {status}", () => SendAsync(client, key), answered => answered == status);

    /// <summary>Sends a request as if through a proxy, so that it does not count as local.</summary>
    private static async Task<HttpStatusCode> SendAsync(HttpClient client, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/reports/genres?limit=1");
        request.Headers.Add("X-Forwarded-For", "192.0.2.7");
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        using var response = await client.SendAsync(request, Cancel);
        return response.StatusCode;
    }
}
