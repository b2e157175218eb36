using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>Queries built in a browser.</summary>
[Collection(DashboardCollection.Name)]
public sealed class ExploreBrowserTests(ServedDashboard served)
{
    private const string Query = "/explore?by=year%2Cgenre&measure=revenue%2Creleases&where=genre%3DDrama&where=genre%3DComedy&totals=true";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_can_be_built_changed_reloaded_and_shared_and_its_download_equals_the_API_response()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/explore");
        await page.GetByLabel("Measure 1", new() { Exact = true }).SelectOptionAsync("revenue");
        await page.GetByLabel("Group by").SelectOptionAsync("genre");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add filter" }).ClickAsync();
        await page.GetByLabel("Field of filter 3").SelectOptionAsync("budget");
        await page.GetByLabel("Comparison of filter 3").SelectOptionAsync(">=");
        await page.GetByLabel("Value of filter 3").FillAsync("6M");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run query" }).ClickAsync();
        await page.WaitForURLAsync("**/explore?*");
        Assert.Equal("?where=budget%3E%3D6M&by=genre&measure=revenue", await page.EvaluateAsync<string>("location.search"));
        await page.GetByLabel("Aggregate of measure 1").SelectOptionAsync("avg");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run query" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Revenue (average) by genre");
        var table = page.GetByRole(AriaRole.Table, new() { Name = "Result" });
        var shown = await table.InnerTextAsync();
        await page.ReloadAsync();
        Assert.Equal(shown, await table.InnerTextAsync());
        await using var other = await served.OpenAsync();
        await other.GoAsync(await page.Locator("[data-origin=link]").InnerTextAsync());
        Assert.Equal(shown, await other.Page.GetByRole(AriaRole.Table, new() { Name = "Result" }).InnerTextAsync());
        await page.Locator(".figure-menu > summary").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        var csv = await File.ReadAllTextAsync(await download.PathAsync(), Cancel);
        Assert.Equal(await served.Client.GetStringAsync($"/api/v1/query{await page.EvaluateAsync<string>("location.search")}&format=csv", Cancel), csv);
        Assert.StartsWith("genre,revenue_avg", csv, StringComparison.Ordinal);
        Assert.StartsWith($"curl '{served.Origin}/api/v1/query?", await page.Locator("[data-origin=curl]").InnerTextAsync(), StringComparison.Ordinal);
        window.AssertNoErrors();
        other.AssertNoErrors();
    }

    [Fact]
    public async Task Removing_a_filter_in_the_middle_keeps_the_others()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/explore?by=genre&measure=revenue&where=genre!%3DDrama&where=budget%3E%3D1&where=revenue%3E%3D1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove this filter" }).Nth(1).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add filter" }).ClickAsync();
        var added = page.Locator("[data-filter]").Last;
        await added.Locator("select").First.SelectOptionAsync("runtime");
        await added.Locator("select").Nth(1).SelectOptionAsync(">=");
        await added.Locator("input").FillAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run query" }).ClickAsync();
        await page.WaitForURLAsync("**runtime**");
        Assert.Equal("genre!=Drama&revenue>=1&runtime>=1", await page.EvaluateAsync<string>("new URLSearchParams(location.search).getAll('where').join('&')"));
        window.AssertNoErrors();
    }

    [Fact]
    public async Task Names_are_suggested_while_typing()
    {
        await using var window = await served.OpenAsync();
        await window.GoAsync("/explore");
        await window.Page.GetByLabel("Field of filter 1").SelectOptionAsync("company");
        await window.Page.GetByLabel("Value of filter 1").PressSequentiallyAsync("pixa");
        await Assertions.Expect(window.Page.Locator("datalist option[value='Pixar Animation Studios']")).ToHaveCountAsync(1);
        await window.Page.GetByLabel("Field of filter 2").SelectOptionAsync("genre");
        await window.Page.GetByLabel("Value of filter 2").FocusAsync();
        await Assertions.Expect(window.Page.Locator("datalist option[value='Drama']")).ToHaveCountAsync(1);
        window.AssertNoErrors();
    }

    [Fact]
    public async Task Without_JavaScript_the_form_works_and_filters_can_be_added()
    {
        await using var window = await served.OpenAsync(new() { JavaScriptEnabled = false });
        var page = window.Page;
        await window.GoAsync("/explore");
        await page.GetByLabel("Group by").SelectOptionAsync("year");
        await page.GetByLabel("Field of filter 2").SelectOptionAsync("genre");
        await page.GetByLabel("Value of filter 2").FillAsync("Drama");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add filter" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Value of filter 1")).ToHaveValueAsync("Drama");
        await Assertions.Expect(page.GetByLabel("Value of filter 5")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Result" })).ToContainTextAsync("2003");
        Assert.Contains("by=year&measure=releases&where=genre%3DDrama", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light, "/explore")]
    [InlineData(ColorScheme.Dark, Query)]
    public async Task Axe_finds_nothing_serious(ColorScheme scheme, string address)
    {
        await using var window = await served.OpenAsync(new() { BypassCSP = true, ColorScheme = scheme });
        await window.GoAsync(address);
        await window.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1920)]
    public async Task Chart_and_table_render_without_errors_and_nothing_scrolls_sideways(int width)
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        foreach (var kind in new[] { "stacked", "heat", "lines", "ranking" })
        {
            Assert.Equal(200, await window.GoAsync($"{Query}&chart={kind}"));
            await window.DrawChartsAsync(1);
            await window.AssertNoSidewaysScrollAsync();
        }

        window.AssertNoErrors();
    }
}
