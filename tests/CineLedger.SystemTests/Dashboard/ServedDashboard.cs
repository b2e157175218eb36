using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;
using CineLedger.Tests.Web.Dashboard;
using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>One real server of <see cref="DashboardMovies"/> and one browser for all tests of pages, which go one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class DashboardCollection : ICollectionFixture<ServedDashboard>
{
    public const string Name = "dashboard";
}

public sealed class ServedDashboard : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private ServeProcess? _server;
    private Browser? _browser;

    /// <summary>The API of the same server.</summary>
    public HttpClient Client => _server!.Client;

    public string Origin => Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        _workspace.Write("movies_metadata.csv", MovieFile.Text(DashboardMovies.First));
        _workspace.Write("newer.csv", MovieFile.Text(DashboardMovies.Second));
        await _workspace.RunSuccessfullyAsync("load", "movies_metadata.csv");
        _server = await ServeProcess.StartAsync(_workspace, "--load-from", _workspace.Folder);
        _browser = await Browser.StartAsync();
    }

    /// <summary>A window that shows nothing yet.</summary>
    public Task<BrowserWindow> OpenAsync(BrowserNewContextOptions? options = null) => _browser!.OpenAsync(Origin, options);

    /// <summary>Publishes the next snapshot, a movie more, while pages are open.</summary>
    public Task LoadNewerAsync() => _server!.LoadAsync(new { source = "newer.csv" });

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _workspace.Dispose();
    }
}
