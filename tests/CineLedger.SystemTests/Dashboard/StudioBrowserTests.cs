using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Studios;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;
using CineLedger.Tests.Web.Dashboard;
using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>The studio pages in a browser.</summary>
[Collection(DashboardCollection.Name)]
public sealed class StudioBrowserTests(ServedStudios served) : IClassFixture<ServedStudios>
{
    [Fact]
    public async Task A_studio_is_found_by_the_search_and_its_share_leads_to_its_movies()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Search movies, studios, companies, people and genres" }).PressSequentiallyAsync("harb");
        await Assertions.Expect(page.Locator(".suggestions [role=option]")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Search movies, studios, companies, people and genres" }).PressAsync("ArrowDown");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Search movies, studios, companies, people and genres" }).PressAsync("Enter");
        await page.WaitForURLAsync("**/studios/Harbour");
        await page.GetByRole(AriaRole.Table, new() { Name = "Share of revenue and rank by year" }).GetByRole(AriaRole.Link, new() { Name = "$131 m" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Table, new() { Name = "Movies", Exact = true }).Locator("tbody tr")).ToHaveCountAsync(2);
        window.AssertNoErrors();
    }

    [Fact]
    public async Task Market_shares_are_stacked_or_lines_and_the_table_is_sorted_by_its_headings()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/studios");
        await window.DrawChartsAsync(2);
        await page.GetByRole(AriaRole.Link, new() { Name = "lines" }).ClickAsync();
        await page.WaitForURLAsync("**/studios?chart=lines");
        await window.DrawChartsAsync(2);
        var table = page.GetByRole(AriaRole.Table, new() { Name = "All studios" });
        await table.GetByRole(AriaRole.Button, new() { Name = "Movies", Exact = true }).ClickAsync();
        await Assertions.Expect(table.Locator("tbody tr").First).ToContainTextAsync("Harbour");
        await page.Locator(".filter [name=genre]").SelectOptionAsync("Drama");
        await page.Locator(".filter button").ClickAsync();
        await page.WaitForURLAsync("**/studios?chart=lines&genre=Drama");
        window.AssertNoErrors();
    }

    [Fact]
    public async Task Without_JavaScript_tables_and_the_ownership_are_shown_and_filters_are_a_form()
    {
        await using var window = await served.OpenAsync(new() { JavaScriptEnabled = false });
        var page = window.Page;
        await window.GoAsync("/studios");
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Share of revenue by year" })).ToBeVisibleAsync();
        await page.Locator(".filter [name=as-named]").SelectOptionAsync("true");
        await page.Locator(".filter button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Largest companies" })).ToContainTextAsync("Harbour Films");
        await window.GoAsync("/studios/Disney");
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Owned since 1999; 1 movie in 1999" })).ToBeVisibleAsync();
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData("/", 390, ColorScheme.Dark)]
    [InlineData("/", 1440, ColorScheme.Light)]
    [InlineData("/studios", 390, ColorScheme.Light)]
    [InlineData("/studios?chart=lines", 820, ColorScheme.Dark)]
    [InlineData("/studios?as-named=true", 1440, ColorScheme.Dark)]
    [InlineData("/studios/Harbour", 390, ColorScheme.Dark)]
    [InlineData("/studios/Harbour", 820, ColorScheme.Light)]
    [InlineData("/studios/Harbour", 1440, ColorScheme.Light)]
    [InlineData("/companies/Pixar%20Animation%20Studios", 390, ColorScheme.Light)]
    public Task Axe_finds_nothing_serious_and_nothing_scrolls_sideways(string address, int width, ColorScheme scheme) =>
        served.AssertAccessibleAsync(address, width, scheme);
}

/// <summary>A real server with <see cref="DashboardStudios"/> and a browser.</summary>
public sealed class ServedStudios : ServedDashboard
{
    private protected override async Task LoadAsync(Workspace workspace)
    {
        workspace.Write("movies_metadata.csv", MovieFile.Text(DashboardStudios.Movies));
        await workspace.RunSuccessfullyAsync("load", "movies_metadata.csv");
        await using var ledger = await DuckDbLedger.OpenAsync(workspace.Store, default);
        await StudioImport.RunAsync(ledger, DashboardStudios.Lines, "studios.csv", default);
    }
}
