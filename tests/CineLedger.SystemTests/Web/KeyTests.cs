using System.Net;
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

    public void Dispose() => _workspace.Dispose();

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
