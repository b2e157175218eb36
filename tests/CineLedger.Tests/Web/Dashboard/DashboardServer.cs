using CineLedger.Storage.DuckDb;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>A server with <see cref="DashboardMovies"/>.</summary>
public class DashboardServer : InProcessServer
{
    private static readonly (string, string) Browser = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

    /// <summary>Requests a page with the headers of a browser.</summary>
    public Task<HttpResponseMessage> BrowseAsync(string address, params (string Name, string Value)[] headers) => SendAsync(address, [Browser, .. headers]);

    /// <summary>Returns the HTML of a page, with ordinary spaces between numbers and units, and checks its status.</summary>
    public async Task<string> PageAsync(string address, int status = 200)
    {
        using var response = await BrowseAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{address}: {(int)response.StatusCode} {text}");
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        return text.Replace("&#xA0;", " ", StringComparison.Ordinal);
    }

    protected override async Task CreateLedgerAsync()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(Store, default);
        await ServedMovies.LoadAsync(ledger, DashboardMovies.First);
    }
}
