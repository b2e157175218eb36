using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>The search and the commands of the masthead, the menu of pages, and the comparison, in a browser.</summary>
[Collection(DashboardCollection.Name)]
public sealed class SearchBrowserTests(ServedDashboard served)
{
    private const string Options = ".suggestions [role=option]";

    [Fact]
    public async Task A_title_is_found_by_keyboard_alone_and_with_a_wrong_letter()
    {
        await using var window = await served.OpenAsync(new() { BypassCSP = true });
        var page = window.Page;
        await window.GoAsync("/genres?dollars=2017");
        await page.Keyboard.PressAsync("/");
        var field = page.GetByRole(AriaRole.Combobox).First;
        await Assertions.Expect(field).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("toy stry");
        await Assertions.Expect(page.GetByRole(AriaRole.Group, new() { Name = "Movies" }).Locator("[role=option]")).ToHaveCountAsync(2);
        await window.AssertAccessibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal(await page.Locator(Options).First.GetAttributeAsync("id"), await field.GetAttributeAsync("aria-activedescendant"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/movies/862?dollars=2017");
        window.AssertNoErrors();
    }

    [Fact]
    public async Task Escape_closes_the_list_and_Enter_without_a_selection_shows_all_results()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/");
        var field = page.GetByRole(AriaRole.Combobox).First;
        await field.PressSequentiallyAsync("pixr");
        await Assertions.Expect(page.Locator(Options, new() { HasText = "Pixar Animation Studios" })).ToBeVisibleAsync();
        await field.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".suggestions").First).ToBeHiddenAsync();
        await Assertions.Expect(field).ToHaveAttributeAsync("aria-expanded", "false");
        await field.PressAsync("Enter");
        await page.WaitForURLAsync("**/search?q=pixr");
        await page.Locator(".search-results").GetByRole(AriaRole.Link, new() { Name = "Pixar Animation Studios" }).ClickAsync();
        window.AssertNoErrors();
    }

    [Fact]
    public async Task A_comparison_of_some_years_is_one_line_and_Enter()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("harbour pictures v. meridian 1990-1997");
        await Assertions.Expect(page.Locator(Options).First).ToHaveTextAsync("Compare Harbour Pictures and Meridian, 1990–1997companies");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/compare?kind=company&name=Harbour%20Pictures&name=Meridian&from=1990&to=1997");
        await window.DrawChartsAsync(1);
        window.AssertNoErrors();
    }

    [Fact]
    public async Task Commands_open_pages_set_years_and_switch_the_theme()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/genres");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("light and dark");
        await Assertions.Expect(page.Locator(Options)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.GetByRole(AriaRole.Combobox).First.FillAsync("> years 1995 1990");
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Name = "Show 1990 to 1995" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/genres?from=1990&to=1995");
        await page.GetByRole(AriaRole.Combobox).First.FillAsync(">quality");
        await page.GetByRole(AriaRole.Option, new() { Name = "Data quality" }).ClickAsync();
        await page.WaitForURLAsync("**/quality**");
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_phone_the_pages_are_a_menu_and_the_masthead_takes_two_rows(bool hasScript)
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, JavaScriptEnabled = hasScript });
        var page = window.Page;
        await window.GoAsync("/");
        Assert.True((await page.Locator(".masthead").BoundingBoxAsync())!.Height < 125, "the masthead takes more than two rows");
        var studios = page.Locator("#pages").GetByRole(AriaRole.Link, new() { Name = "Movies" });
        await Assertions.Expect(studios).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pages" }).ClickAsync();
        await Assertions.Expect(studios).ToBeVisibleAsync();
        await window.AssertNoSidewaysScrollAsync();
        await studios.ClickAsync();
        await page.WaitForURLAsync("**/movies");
        window.AssertNoErrors();
    }

    [Fact]
    public async Task Names_to_compare_are_picked_with_the_same_search()
    {
        await using var window = await served.OpenAsync(new() { BypassCSP = true });
        var page = window.Page;
        await window.GoAsync("/compare?kind=company");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Compare", Exact = true }).PressSequentiallyAsync("meridan");
        await page.GetByRole(AriaRole.Option, new() { Name = "Meridian" }).ClickAsync();
        await page.WaitForURLAsync("**/compare?kind=company&name=Meridian");
        await page.Locator(".name-comparison").GetByRole(AriaRole.Link, new() { Name = "Harbour Pictures" }).ClickAsync();
        await window.DrawChartsAsync(1);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Meridian and Harbour Pictures");
        await window.AssertAccessibleAsync();
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData("/search?q=toy", 390, ColorScheme.Dark)]
    [InlineData("/compare?kind=genre&name=Drama&name=Comedy", 390, ColorScheme.Light)]
    [InlineData("/compare?kind=genre&name=Drama&name=Comedy", 1440, ColorScheme.Dark)]
    [InlineData("/help", 390, ColorScheme.Light)]
    [InlineData("/help", 820, ColorScheme.Dark)]
    public Task Axe_finds_nothing_serious_and_nothing_scrolls_sideways(string address, int width, ColorScheme scheme) =>
        served.AssertAccessibleAsync(address, width, scheme);
}
