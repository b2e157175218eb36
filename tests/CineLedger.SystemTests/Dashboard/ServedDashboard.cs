using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;
using CineLedger.Tests.Web.Dashboard;
using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>One real server with the <see cref="DashboardMovies"/> and one browser, shared by all page tests, which run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class DashboardCollection : ICollectionFixture<ServedDashboard>
{
    public const string Name = "dashboard";
}

public class ServedDashboard : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private ServeProcess? _server;
    private Browser? _browser;

    /// <summary>A page of another origin that may embed figures.</summary>
    public EmbeddingPage EmbeddingPage { get; } = new();

    /// <summary>A client for the API of the same server.</summary>
    public HttpClient Client => _server!.Client;

    public string Origin => Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        await LoadAsync(_workspace);
        _server = await ServeProcess.StartAsync(_workspace, "--load-from", _workspace.Folder, "--embed", EmbeddingPage.Listed);
        _browser = await Browser.StartAsync();
    }

    /// <summary>Loads the ledger, before the server starts.</summary>
    private protected virtual Task LoadAsync(Workspace workspace)
    {
        workspace.Write("movies_metadata.csv", MovieFile.Text(DashboardMovies.First));
        workspace.Write("newer.csv", MovieFile.Text(DashboardMovies.Second));
        return workspace.RunSuccessfullyAsync("load", "movies_metadata.csv");
    }

    /// <summary>Opens an empty window.</summary>
    public Task<BrowserWindow> OpenAsync(BrowserNewContextOptions? options = null) => _browser!.OpenAsync(Origin, options);

    /// <summary>Fails if axe finds a serious problem on a page, if the page is wider than the window, or if an error occurs.</summary>
    public async Task AssertAccessibleAsync(string address, int width, ColorScheme scheme)
    {
        await using var window = await OpenAsync(new() { BypassCSP = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        Assert.Equal(200, await window.GoAsync(address));
        await window.AssertNoSidewaysScrollAsync();
        await window.AssertAccessibleAsync();
        window.AssertNoErrors();
    }

    /// <summary>Publishes a snapshot with one more movie while pages are open.</summary>
    public Task LoadNewerAsync() => _server!.LoadAsync(new { source = "newer.csv" });

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        EmbeddingPage.Dispose();
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
