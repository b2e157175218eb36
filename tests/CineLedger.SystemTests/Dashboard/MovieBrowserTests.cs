using CineLedger.Tests.Web.Dashboard;
using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>The movie and genre pages in a browser.</summary>
[Collection(DashboardCollection.Name)]
public sealed class MovieBrowserTests(ServedDashboard served)
{
    [Fact]
    public async Task A_user_can_get_from_1995_to_Toy_Story()
    {
        await using var window = await served.OpenAsync();
        await window.GoAsync("/");
        var page = window.Page;
        await page.GetByLabel("From").FillAsync("1995");
        await page.Locator(".timeline").GetByLabel("to", new() { Exact = true }).FillAsync("1995");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show years" }).ClickAsync();
        await page.GetByRole(AriaRole.Row, new() { Name = "Pixar Animation Studios" }).GetByRole(AriaRole.Link, new() { Name = "$374 m" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = "Toy Story", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Toy Story, 1995");
        await Assertions.Expect(page.Locator(".fact-list.large")).ToContainTextAsync("$374 m");
        await page.GetByRole(AriaRole.Link, new() { Name = "Animation", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Animation 1995");
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData("/movies", 390, 0)]
    [InlineData("/movies/862", 390, 0)]
    [InlineData("/genres", 390, 3)]
    [InlineData("/genres", 1280, 3)]
    [InlineData("/genres/Drama", 390, 5)]
    [InlineData("/years/1995", 390, 4)]
    [InlineData("/years/1995", 1280, 4)]
    [InlineData("/collections/Toy%20Story%20Collection", 820, 3)]
    public async Task Pages_draw_their_charts_without_errors_and_do_not_scroll_sideways(string address, int width, int charts)
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        Assert.Equal(200, await window.GoAsync(address));
        await window.DrawChartsAsync(charts);
        await window.AssertNoSidewaysScrollAsync();
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData("/movies?from=1990", ColorScheme.Dark)]
    [InlineData("/movies/862", ColorScheme.Light)]
    [InlineData("/genres", ColorScheme.Light)]
    [InlineData("/genres/Drama", ColorScheme.Dark)]
    [InlineData("/years/1995", ColorScheme.Light)]
    [InlineData("/years/1995", ColorScheme.Dark)]
    [InlineData("/collections/Toy%20Story%20Collection", ColorScheme.Light)]
    public async Task Axe_finds_nothing_serious(string address, ColorScheme scheme)
    {
        await using var window = await served.OpenAsync(new() { BypassCSP = true, ColorScheme = scheme });
        await window.GoAsync(address);
        await window.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Arrow_keys_announce_the_values_of_a_heat_map_year()
    {
        await using var window = await served.OpenAsync();
        await window.GoAsync("/genres");
        var panel = window.Page.Locator("figure", new() { HasText = "Popularity by year" });
        await window.DrawChartsAsync(3);
        await panel.Locator("[data-chart]").FocusAsync();
        await window.Page.Keyboard.PressAsync("Home");
        await Assertions.Expect(panel.Locator("[aria-live]")).ToHaveTextAsync("1995: Animation 21.95, 1 movie");
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.WaitForURLAsync("**/movies?**genre=Animation&from=1995&to=1995**");
        window.AssertNoErrors();
    }

    [Fact]
    public async Task Without_JavaScript_movies_are_filtered_by_the_form()
    {
        await using var window = await served.OpenAsync(new() { JavaScriptEnabled = false });
        await window.GoAsync("/movies");
        await window.Page.GetByLabel("Company", new() { Exact = true }).FillAsync(DashboardMovies.Quotes);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Apply filters" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Movie 6 of 2000" })).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(DashboardMovies.Quotes);
        window.AssertNoErrors();
    }
}
