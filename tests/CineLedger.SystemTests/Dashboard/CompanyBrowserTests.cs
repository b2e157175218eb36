using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>The company pages in a browser.</summary>
[Collection(DashboardCollection.Name)]
public sealed class CompanyBrowserTests(ServedDashboard served)
{
    private const string Pixar = "/companies/Pixar%20Animation%20Studios";
    private const string Search = "Search movies, studios, companies, people and genres";

    [Fact]
    public async Task Pixar_is_found_its_1995_row_is_shown_and_its_movies_can_be_downloaded()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/");
        await page.GetByRole(AriaRole.Combobox, new() { Name = Search }).PressSequentiallyAsync("pixa");
        await page.GetByRole(AriaRole.Option, new() { Name = "Pixar Animation Studios" }).ClickAsync();
        await page.WaitForURLAsync($"**{Pixar}");
        await page.GetByRole(AriaRole.Table, new() { Name = "Amounts by year" }).GetByRole(AriaRole.Link, new() { Name = "1995", Exact = true }).ClickAsync();
        await page.Locator("dialog [data-open-page]").ClickAsync();
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/movies\\?where=company.*&from=1995&to=1995"));
        var movies = page.GetByRole(AriaRole.Table, new() { Name = "Movies" });
        await Assertions.Expect(movies.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(movies).ToContainTextAsync("Toy Story");
        await page.Locator(".figure-menu > summary").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator(".figure-menu").GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        var csv = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        var same = await served.Client.GetStringAsync("/api/v1/movies?company=Pixar%20Animation%20Studios&from=1995&to=1995&order=revenue:desc&snapshot=1&format=csv", TestContext.Current.CancellationToken);
        Assert.Equal(same, csv);
        Assert.Contains("Toy Story", csv, StringComparison.Ordinal);
        window.AssertNoErrors();
    }

    [Fact]
    public async Task The_ranking_is_filtered_while_typing()
    {
        await using var window = await served.OpenAsync();
        await window.GoAsync("/companies");
        var field = window.Page.GetByLabel("Name contains");
        await field.PressSequentiallyAsync("harb");
        await window.Page.WaitForURLAsync("**/companies?q=harb");
        await Assertions.Expect(window.Page.Locator("#ranking tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(window.Page.Locator("#ranking canvas")).ToHaveCountAsync(1);
        await Assertions.Expect(field).ToBeFocusedAsync();

        // The form keeps the search text.
        await window.Page.GetByLabel("From", new() { Exact = true }).FillAsync("1995");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Show years" }).ClickAsync();
        await window.Page.WaitForURLAsync("**from=1995**");
        Assert.Equal("harb", await window.Page.EvaluateAsync<string>("new URLSearchParams(location.search).get('q')"));
        window.AssertNoErrors();
    }

    [Fact]
    public async Task Without_a_script_the_search_of_the_masthead_is_a_form()
    {
        await using var window = await served.OpenAsync(new() { JavaScriptEnabled = false });
        await window.GoAsync("/");
        await window.Page.GetByLabel(Search).FillAsync("pixar");
        await window.Page.GetByLabel(Search).PressAsync("Enter");
        await window.Page.Locator(".search-results").GetByRole(AriaRole.Link, new() { Name = "Pixar Animation Studios" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Pixar Animation Studios");
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData("/companies", 390, ColorScheme.Light)]
    [InlineData("/companies", 1280, ColorScheme.Dark)]
    [InlineData(Pixar, 390, ColorScheme.Dark)]
    [InlineData(Pixar, 1280, ColorScheme.Light)]
    public async Task Axe_finds_nothing_serious_and_nothing_scrolls_sideways(string address, int width, ColorScheme scheme)
    {
        await using var window = await served.OpenAsync(new() { BypassCSP = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        Assert.Equal(200, await window.GoAsync(address));
        await window.AssertNoSidewaysScrollAsync();
        await window.AssertAccessibleAsync();
        window.AssertNoErrors();
    }
}
