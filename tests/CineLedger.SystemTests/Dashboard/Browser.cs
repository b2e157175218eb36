using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>Debian's chromium, driven by Playwright, whose own browsers are not downloaded.</summary>
public sealed class Browser : IAsyncDisposable
{
    /// <summary>Switches that allow chromium to run as root and without a screen, and that disable its background network traffic.</summary>
    private static readonly string[] Switches =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _chromium;

    private Browser(IPlaywright playwright, IBrowser chromium) => (_playwright, _chromium) = (playwright, chromium);

    public static async Task<Browser> StartAsync()
    {
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);
        Assert.True(path is not null, "chromium is not on the PATH; ./test.sh installs it.");
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Switches }));
    }

    /// <summary>Opens a window that shares no cookies or storage with other windows.</summary>
    public async Task<BrowserWindow> OpenAsync(string origin, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL = origin;
        options.ReducedMotion = ReducedMotion.Reduce;
        options.AcceptDownloads = true;
        var context = await _chromium.NewContextAsync(options);
        return new BrowserWindow(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>A page in a browser, and its errors: script errors, violations of the content security policy, failed requests.</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    public BrowserWindow(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => AddError(message.Type is "error" or "warning", $"console: {message.Text}");
        page.PageError += (_, error) => AddError(true, $"script: {error}");
        page.RequestFailed += (_, request) => AddError(request.Failure != "net::ERR_ABORTED", $"{request.Url}: {request.Failure}");
        page.Response += (_, response) => AddError(response.Status >= 400 && !response.Request.IsNavigationRequest, $"{response.Url}: {response.Status}");
    }

    public IPage Page { get; }

    /// <summary>Opens a page, waits until it has loaded, and returns its status.</summary>
    public async Task<int> GoAsync(string address)
    {
        var response = await Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });
        return response!.Status;
    }

    /// <summary>Fails if any error has occurred since the window was opened.</summary>
    public void AssertNoErrors()
    {
        lock (_errors)
        {
            Assert.Empty(_errors);
        }
    }

    /// <summary>Fails if the page is wider than the window.</summary>
    public async Task AssertNoSidewaysScrollAsync() => Assert.Equal(0, await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));

    /// <summary>Scrolls to each chart and waits until it is drawn, which happens when it comes into view.</summary>
    public async Task DrawChartsAsync(int count)
    {
        var charts = Page.Locator("[data-chart]");
        await Assertions.Expect(charts).ToHaveCountAsync(count);
        for (var i = 0; i < count; i++)
        {
            await charts.Nth(i).ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(charts.Nth(i).Locator("canvas")).ToHaveCountAsync(1);
        }
    }

    /// <summary>Fails if axe finds more than a minor problem. The window must bypass the content security policy.</summary>
    public async Task AssertAccessibleAsync() => Assert.Equal("", string.Join('\n', (await Page.RunAxe()).Violations.Where(violation => violation.Impact is not "minor")
        .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(' ', violation.Nodes.Select(node => node.Html))}")));

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void AddError(bool isWrong, string what)
    {
        if (!isWrong)
        {
            return;
        }

        lock (_errors)
        {
            _errors.Add(what);
        }
    }
}
