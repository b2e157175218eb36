using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>The size of pages: elements, tab stops, requests, scripts and printed pages.</summary>
[Collection(SampleCollection.Name)]
public sealed class PageSizeTests(SampleDashboard served)
{
    private const int MaxElements = 3_500;
    private const int MaxTabStops = 250;
    private const int MaxRequests = 8;
    private const int MaxScriptBytes = 200_000;

    [Fact]
    public async Task Every_page_has_few_elements_and_tab_stops_and_unique_identifiers()
    {
        await using var window = await served.OpenAsync();
        foreach (var address in SampleDashboard.Pages.Append(await served.FindLargestCompanyAsync()))
        {
            await window.GoAsync(address);
            var elements = await window.Page.EvaluateAsync<int>("document.querySelectorAll('*').length");
            var stops = await window.Page.EvaluateAsync<int>(
                "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')].filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility()).length");
            TestContext.Current.TestOutputHelper?.WriteLine($"{address}: {elements} elements, {stops} tab stops");
            Assert.InRange(elements, 50, MaxElements);
            Assert.InRange(stops, 5, MaxTabStops);
            Assert.Empty(await window.Page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)"));
        }
    }

    [Fact]
    public async Task A_first_visit_takes_few_requests_and_little_JavaScript()
    {
        foreach (var address in (string[])["/", "/genres", "/quality", "/movies"])
        {
            await using var window = await served.OpenAsync();
            var (requests, scripts, sizes) = (new List<string>(), new HashSet<string>(), 0L);
            var protocol = await window.Page.Context.NewCDPSessionAsync(window.Page);
            protocol.Event("Network.requestWillBeSent").OnEvent += (_, sent) => requests.Add(sent!.Value.GetProperty("request").GetProperty("url").GetString()!);
            protocol.Event("Network.responseReceived").OnEvent += (_, received) =>
            {
                if (received!.Value.GetProperty("type").GetString() == "Script")
                {
                    scripts.Add(received.Value.GetProperty("requestId").GetString()!);
                }
            };
            protocol.Event("Network.loadingFinished").OnEvent += (_, finished) =>
                sizes += scripts.Contains(finished!.Value.GetProperty("requestId").GetString()!) ? (long)finished.Value.GetProperty("encodedDataLength").GetDouble() : 0;
            await protocol.SendAsync("Network.enable");
            await window.GoAsync(address);
            await window.Page.WaitForFunctionAsync("document.fonts.status === 'loaded'");
            TestContext.Current.TestOutputHelper?.WriteLine($"{address}: {requests.Count} requests, {sizes:N0} bytes of JavaScript");
            Assert.InRange(requests.Count, 3, MaxRequests);
            Assert.InRange(sizes, 2_000, MaxScriptBytes);
        }
    }

    [Theory]
    [InlineData("/", ColorScheme.Dark, 6)]
    [InlineData("/genres", ColorScheme.Light, 6)]
    public async Task A_printed_page_is_a_handout_with_light_charts_and_nothing_cut(string address, ColorScheme scheme, int maxPages)
    {
        await using var window = await served.OpenAsync(new() { ColorScheme = scheme });
        var page = window.Page;
        await window.GoAsync(address);
        var paper = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4" }));
        Assert.InRange(System.Text.RegularExpressions.Regex.Count(paper, @"/Type\s*/Page\b"), 1, maxPages);

        // A4 without margins has 703 pixels.
        await page.SetViewportSizeAsync(703, 1017);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        var charts = await page.Locator("[data-chart]").CountAsync();
        await Assertions.Expect(page.Locator("svg.print-picture")).ToHaveCountAsync(charts);
        Assert.Equal(0, await page.Locator("[data-chart], form, .downloads, .all-rows a, .see-also, .snapshot-footer a:text('Permalink')").EvaluateAllAsync<int>("all => all.filter(e => e.checkVisibility()).length"));
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.All(
            await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.print-picture text')].map(text => text.getAttribute('fill'))"),
            color => Assert.Contains(color, (string[])["rgb(29, 33, 41)", "rgb(95, 99, 112)"]));

        // Chromium repeats a table's heading on the next page only if no box in it is unbreakable, as a button is.
        Assert.All(await page.Locator("thead button").EvaluateAllAsync<string[]>("all => all.map(e => getComputedStyle(e).display)"), display => Assert.Equal("contents", display));
        Assert.Empty(await page.Locator(".fact-list dt").EvaluateAllAsync<string[]>("all => all.filter(e => e.innerText.trim() === '').map(e => e.textContent)"));
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll(".table-frame, .print-picture, main > *")].filter(e => e.checkVisibility() && (e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth + 1))
              .map(e => `${e.getAttribute("class")} ${e.getAttribute("aria-label")}`)
            """));
        Assert.All(await page.Locator(".table-frame").EvaluateAllAsync<string[]>("all => all.map(e => getComputedStyle(e).maskImage)"), mask => Assert.Equal("none", mask));
        await page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        await Assertions.Expect(page.Locator(".print-picture")).ToHaveCountAsync(0);
        window.AssertNoErrors();
    }
}
