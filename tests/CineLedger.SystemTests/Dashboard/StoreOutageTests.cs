using System.Net;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>A store that becomes unavailable while the server runs, and then recovers.</summary>
public sealed class StoreOutageTests(Datasets datasets)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_says_that_the_ledger_cannot_be_read_and_works_again_when_it_can()
    {
        using var workspace = new Workspace();
        await using var postgres = await PostgresServer.StartNewAsync();
        var store = await postgres.CreateDatabaseAsync();
        await workspace.RunSuccessfullyAsync("load", datasets.Clean, "--store", store);
        await using var server = await ServeProcess.StartAsync(workspace, "--store", store);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/")).Status);

        await postgres.StopAsync("immediate");
        var away = await AskAsync("/quality");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.Status);
        Assert.Contains("Ledger unavailable", away.Page, StringComparison.Ordinal);
        Assert.Contains("Go to the overview", away.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", away.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", away.Page, StringComparison.Ordinal);

        // A cached page needs no store.
        Assert.Equal(HttpStatusCode.OK, (await AskAsync("/")).Status);

        await postgres.StartAsync();
        await Wait.UntilAsync("the page works again", async () => (await AskAsync("/quality")).Status == HttpStatusCode.OK);

        async Task<(HttpStatusCode Status, string Page)> AskAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("text/html");
            using var response = await server.Client.SendAsync(request, Cancel);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
        }
    }
}
