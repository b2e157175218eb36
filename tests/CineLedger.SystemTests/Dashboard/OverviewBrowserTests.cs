using CineLedger.Tests.Web.Dashboard;
using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>The overview in a browser.</summary>
[Collection(DashboardCollection.Name)]
public sealed class OverviewBrowserTests(ServedDashboard served)
{
    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(1920, ColorScheme.Light)]
    public async Task It_draws_its_charts_without_errors_and_does_not_scroll_sideways(int width, ColorScheme scheme)
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        Assert.Equal(200, await window.GoAsync("/"));
        await window.DrawChartsAsync(7);
        await window.AssertNoSidewaysScrollAsync();
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_serious(ColorScheme scheme)
    {
        await using var window = await served.OpenAsync(new() { BypassCSP = true, ColorScheme = scheme });
        await window.GoAsync("/");
        await window.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Without_JavaScript_tables_are_shown_and_the_range_is_chosen_by_a_form()
    {
        await using var window = await served.OpenAsync(new() { JavaScriptEnabled = false });
        await window.GoAsync("/");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Table, new() { Name = "Revenue and budget by year" })).ToBeVisibleAsync();
        await window.Page.GetByLabel("From").FillAsync("1999");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Show years" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("The movie business, 1999–2005");
        window.AssertNoErrors();
    }

    [Fact]
    public async Task A_range_dragged_on_the_timeline_and_a_changed_option_are_both_in_the_address()
    {
        await using var window = await served.OpenAsync();
        await window.GoAsync("/");
        var page = window.Page;
        var timeline = (await page.Locator(".timeline svg").BoundingBoxAsync())!;
        float At(int year) => timeline.X + (timeline.Width * (year - 1990 + .5f) / 16);
        await page.Mouse.MoveAsync(At(1995), timeline.Y + 20);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(At(1998), timeline.Y + 20);
        await page.Mouse.MoveAsync(At(2000), timeline.Y + 20);
        await page.Mouse.UpAsync();
        await page.WaitForURLAsync("**/?from=1995&to=2000");
        await page.Locator(".display-options summary").ClickAsync();
        await page.GetByLabel("Amounts").SelectOptionAsync("median");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await page.WaitForURLAsync("**/?from=1995&to=2000&aggregate=median");
        await Assertions.Expect(page.Locator(".display-options summary")).ToContainTextAsync("medians");
        window.AssertNoErrors();
    }

    [Fact]
    public async Task A_heading_orders_the_table_and_unknown_values_stay_last()
    {
        await using var window = await served.OpenAsync();
        await window.GoAsync("/");
        var table = window.Page.GetByRole(AriaRole.Table, new() { Name = "Revenue and budget by year" });
        var budget = table.GetByRole(AriaRole.Button, new() { Name = "Budget" });
        await budget.ClickAsync();
        await Assertions.Expect(table.Locator("tbody tr").First).ToContainTextAsync("1995");
        await budget.ClickAsync();
        await Assertions.Expect(table.Locator("tbody tr").First).ToContainTextAsync("2000");
        await Assertions.Expect(table.Locator("tbody tr").Last).ToContainTextAsync("1992");
        window.AssertNoErrors();
    }

    [Fact]
    public async Task The_download_equals_the_API_response()
    {
        await using var window = await served.OpenAsync();
        await window.GoAsync("/?from=1995");
        var panel = window.Page.Locator("figure", new() { HasText = "Top companies by revenue" });
        await panel.Locator(".figure-menu > summary").ClickAsync();
        var download = await window.Page.RunAndWaitForDownloadAsync(() => panel.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        var csv = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(await served.Client.GetStringAsync(download.Url, TestContext.Current.CancellationToken), csv);
        Assert.StartsWith("company,revenue,budget,matched_profit,releases", csv, StringComparison.Ordinal);
        Assert.Contains("Pixar Animation Studios,870920902,120000000,", csv, StringComparison.Ordinal);
        window.AssertNoErrors();
    }

    [Fact]
    public async Task A_newer_snapshot_is_announced_and_shown_on_click()
    {
        await using var window = await served.OpenAsync();
        await window.GoAsync("/");
        await served.LoadNewerAsync();
        var show = window.Page.GetByRole(AriaRole.Button, new() { Name = "Show snapshot 2" });
        await Assertions.Expect(show).ToBeVisibleAsync();
        await show.ClickAsync();
        await Assertions.Expect(window.Page.Locator(".snapshot-footer")).ToContainTextAsync("As of snapshot 2");
        window.AssertNoErrors();
    }

    [Fact]
    public async Task Hostile_names_are_shown_as_text()
    {
        await using var window = await served.OpenAsync();
        var alerted = false;
        window.Page.Dialog += (_, _) => alerted = true;
        await window.GoAsync("/?from=2000");
        foreach (var name in DashboardMovies.Names)
        {
            await Assertions.Expect(window.Page.GetByRole(AriaRole.Rowheader, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        }

        Assert.False(alerted);
        window.AssertNoErrors();
    }

    [Fact]
    public async Task One_year_leads_to_its_page_and_back_to_a_range()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/");
        await page.GetByRole(AriaRole.Table, new() { Name = "Revenue and budget by year" }).GetByRole(AriaRole.Link, new() { Name = "1999", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/years/1999");
        await page.Locator("[rel=prev]").ClickAsync();
        await page.WaitForURLAsync("**/years/1997");
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("1995");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show years" }).ClickAsync();
        await page.WaitForURLAsync("**/?from=1995&to=1997");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("The movie business, 1995–1997");
        window.AssertNoErrors();
    }

    [Fact]
    public async Task An_unknown_address_shows_a_not_found_page()
    {
        await using var window = await served.OpenAsync();
        Assert.Equal(404, await window.GoAsync("/nothing"));
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Page not found");
    }
}
