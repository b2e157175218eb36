using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;
using CineLedger.Tests.Web.Dashboard;
using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>The page that loads a file, as an administrator uses it in a browser: with scripts and without.</summary>
public sealed class LoadBrowserTests : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private ServeProcess? _server;
    private Browser? _browser;
    private string _key = "";

    private string Origin => _server!.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        _workspace.Write("movies_metadata.csv", MovieFile.Text(DashboardMovies.First));
        _workspace.Write("newer.csv", MovieFile.Text(DashboardMovies.Second));
        _workspace.Write("few.csv", MovieFile.Text(DashboardMovies.First[0]));
        _workspace.Write("page.csv", "<!DOCTYPE html><html><body>Log in</body></html>");
        await _workspace.RunSuccessfullyAsync("load", "movies_metadata.csv");
        _server = await ServeProcess.StartAsync(_workspace);
        _key = (await _workspace.RunSuccessfullyAsync("keys", "create", "browser", "--scope", "read,load")).Output.Trim();
        _browser = await Browser.StartAsync();
    }

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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_is_chosen_its_interpretation_is_shown_and_it_is_loaded(bool hasScripts)
    {
        await using var window = await OpenAsync(new() { JavaScriptEnabled = hasScripts });
        var page = window.Page;
        await window.GoAsync("/load");
        await window.GoAsync("/snapshots");
        await page.GetByRole(AriaRole.Link, new() { Name = "Load a file" }).ClickAsync();
        await page.GetByLabel("A CSV, JSON lines, zip or gzip file").SetInputFilesAsync(_workspace.GetPath("newer.csv"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("What this file would change", new() { Timeout = 20_000 });
        await Assertions.Expect(page.Locator(".interpretation").First).ToContainTextAsync("would be published: 1 added");
        await Assertions.Expect(page.Locator(".interpretation").Nth(1)).ToContainTextAsync("Python or JSON lists");
        await Assertions.Expect(page.GetByText("No quality gate fires.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Load this file" }).ClickAsync();
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("The file is loaded", new() { Timeout = 20_000 });
        await Assertions.Expect(page.Locator(".load-result")).ToContainTextAsync("Snapshot 2: 1 added");
        await page.GetByRole(AriaRole.Link, new() { Name = "Snapshots" }).Last.ClickAsync();
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("2 snapshots");
        await Assertions.Expect(page.Locator(".loads")).ToContainTextAsync("newer.csv");
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.GetPath("tmp"), "cineledger-*"));
        window.AssertNoErrors();
    }

    [Fact]
    public async Task A_dropped_file_is_sent_and_a_gate_must_be_accepted_by_name()
    {
        await using var window = await OpenAsync(new());
        var page = window.Page;
        await window.GoAsync("/load");
        await DropAsync(page, "few.csv");
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("What this file would change", new() { Timeout = 20_000 });
        var accept = page.GetByLabel("Accept shrink");
        await Assertions.Expect(accept).Not.ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Load this file" }).ClickAsync();
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("The file was not loaded", new() { Timeout = 20_000 });
        await page.GetByLabel("Keep movies that the file does not have").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check it again" }).ClickAsync();
        await Assertions.Expect(page.Locator(".interpretation").First).ToContainTextAsync("would publish nothing, because no movie differs", new() { Timeout = 20_000 });

        await DropAsync(page, "page.csv");
        await Assertions.Expect(page.Locator(".load-error")).ToContainTextAsync("page.csv: this is a web page", new() { Timeout = 20_000 });
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(820, ColorScheme.Dark)]
    [InlineData(1920, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task The_pages_do_not_scroll_sideways_and_axe_finds_nothing_serious(int width, ColorScheme scheme)
    {
        await using var window = await OpenAsync(new() { BypassCSP = true, ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        await window.GoAsync("/load");
        await CheckAsync(window);
        await window.Page.Locator("input[type=file]").SetInputFilesAsync(_workspace.GetPath("few.csv"));
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
        await Assertions.Expect(Heading(window.Page)).ToHaveTextAsync("What this file would change", new() { Timeout = 20_000 });
        await CheckAsync(window);
        window.AssertNoErrors();
    }

    private static ILocator Heading(IPage page) => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    private static async Task CheckAsync(BrowserWindow window)
    {
        await window.AssertNoSidewaysScrollAsync();
        await window.AssertAccessibleAsync();
    }

    /// <summary>Opens a window in which the user has given the key as a password.</summary>
    private async Task<BrowserWindow> OpenAsync(BrowserNewContextOptions options)
    {
        options.HttpCredentials = new() { Username = "ann", Password = _key };
        return await _browser!.OpenAsync(Origin, options);
    }

    /// <summary>Drops a file as a user drags it from a folder.</summary>
    private async Task DropAsync(IPage page, string name)
    {
        var transfer = await page.EvaluateHandleAsync(
            "([name, text]) => { const data = new DataTransfer(); data.items.add(new File([text], name)); return data; }",
            new[] { name, await File.ReadAllTextAsync(_workspace.GetPath(name), TestContext.Current.CancellationToken) });
        await page.DispatchEventAsync("[data-drop]", "dragover", new { dataTransfer = transfer });
        await page.DispatchEventAsync("[data-drop]", "drop", new { dataTransfer = transfer });
    }
}
