using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>The quality and snapshot pages in a browser, and what applies to every page: transfer size and the announcement of newer data.</summary>
[Collection(DashboardCollection.Name)]
public sealed class QualityBrowserTests(ServedDashboard served)
{
    /// <summary>The maximum size of a first visit, without the chart library.</summary>
    private const long MaxBytes = 400_000;

    public static TheoryData<string> Pages => ["/quality", "/quality/findings", "/snapshots", "/snapshots/diff?a=1&b=1"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_pages_open_without_errors_on_phone_and_desktop_and_axe_finds_nothing_serious(string address)
    {
        foreach (var (width, scheme) in ((int, ColorScheme)[])[(390, ColorScheme.Light), (1920, ColorScheme.Dark)])
        {
            await using var window = await served.OpenAsync(new() { BypassCSP = true, ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
            Assert.Equal(200, await window.GoAsync(address));
            await window.AssertNoSidewaysScrollAsync();
            await window.AssertAccessibleAsync();
            window.AssertNoErrors();
        }
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1440)]
    public async Task The_examples_of_a_rule_break_between_words(int width)
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        await window.GoAsync("/quality");
        var lines = await window.Page.Locator(".rule li > *").EvaluateAllAsync<float[]>(
            """
            all => all.filter(part => part.textContent.trim().length <= 25).map(part => part.getBoundingClientRect().height / parseFloat(getComputedStyle(part).lineHeight))
            """);
        Assert.NotEmpty(lines);
        Assert.All(lines, height => Assert.InRange(height, .5f, 1.5f));
    }

    [Fact]
    public async Task A_first_visit_transfers_little_and_the_next_one_almost_nothing()
    {
        await using var window = await served.OpenAsync();
        var (bytes, charts) = (0L, new HashSet<string>(StringComparer.Ordinal));
        var protocol = await window.Page.Context.NewCDPSessionAsync(window.Page);
        protocol.Event("Network.responseReceived").OnEvent += (_, said) =>
        {
            if (said!.Value.GetProperty("response").GetProperty("url").GetString()!.EndsWith("/charts.js", StringComparison.Ordinal))
            {
                charts.Add(said.Value.GetProperty("requestId").GetString()!);
            }
        };
        protocol.Event("Network.loadingFinished").OnEvent += (_, said) =>
        {
            if (!charts.Contains(said!.Value.GetProperty("requestId").GetString()!))
            {
                Interlocked.Add(ref bytes, (long)said.Value.GetProperty("encodedDataLength").GetDouble());
            }
        };
        await protocol.SendAsync("Network.enable");
        await window.GoAsync("/");
        var first = Interlocked.Exchange(ref bytes, 0);
        await window.GoAsync("/quality");
        await window.GoAsync("/");
        var later = Interlocked.Read(ref bytes);
        TestContext.Current.TestOutputHelper?.WriteLine($"first visit {first:N0} bytes, two pages more {later:N0}");
        Assert.InRange(first, 10_000, MaxBytes);
        Assert.InRange(later, 0, 60_000);
        Assert.NotEmpty(charts);
    }

    [Fact]
    public async Task Without_events_the_page_polls_for_newer_data()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await page.Clock.InstallAsync();
        await page.RouteAsync("**/api/v1/events*", route => route.FulfillAsync(new() { Status = 204 }));
        await page.RouteAsync("**/api/v1/snapshots?limit=1", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"data":[{"snapshotId":99}]}""" }));
        await window.GoAsync("/quality");
        await Assertions.Expect(page.Locator("#notice")).ToBeHiddenAsync();
        await page.Clock.RunForAsync(61_000);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show snapshot 99" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_printed_page_has_complete_tables_and_no_controls()
    {
        await using var window = await served.OpenAsync(new() { ColorScheme = ColorScheme.Dark });
        await window.GoAsync("/quality");
        await window.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(window.Page.Locator(".masthead nav")).ToBeHiddenAsync();
        await Assertions.Expect(window.Page.Locator(".reconciliation")).ToBeVisibleAsync();
        Assert.True(await window.Page.EvaluateAsync<bool>("[...document.querySelectorAll('.table-frame')].every(frame => frame.scrollHeight <= frame.clientHeight + 1)"));
        Assert.Equal("rgb(255, 255, 255)", await window.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }
}
