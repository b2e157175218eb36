using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>The panel with the movies behind a number, in a browser.</summary>
[Collection(DashboardCollection.Name)]
public sealed class WhyBrowserTests(ServedDashboard served)
{
    [Fact]
    public async Task A_click_on_a_number_opens_its_movies_in_a_panel_and_Escape_returns_to_the_number()
    {
        await using var window = await served.OpenAsync();
        var page = window.Page;
        await window.GoAsync("/genres");
        var number = page.GetByRole(AriaRole.Table, new() { Name = "All genres" }).GetByRole(AriaRole.Link, new() { Name = "$871 m" }).First;
        await number.ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog, new() { Name = "Revenue: Animation" });
        await Assertions.Expect(panel.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await Assertions.Expect(panel.Locator(".fact-list.large")).ToContainTextAsync("$871 m");
        await Assertions.Expect(panel.Locator(".waterfall tbody tr")).ToHaveCountAsync(3);
        await Assertions.Expect(panel).ToContainTextAsync("What is unknown");
        await Assertions.Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Copy" }).First).ToBeVisibleAsync();
        Assert.EndsWith("/genres", new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);

        // A link of the panel to another list stays in the panel.
        await panel.GetByRole(AriaRole.Link, new() { Name = "Budget", Exact = true }).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(panel).ToBeHiddenAsync();
        await Assertions.Expect(number).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await panel.GetByRole(AriaRole.Link, new() { Name = "Open as page" }).ClickAsync();
        await page.WaitForURLAsync("**/movies?genre=Animation**measure=revenue");
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(820, 1100)]
    [InlineData(1440, 900)]
    public async Task The_panel_is_inside_the_window_and_scrolls_only_itself(int width, int height)
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        var page = window.Page;
        await window.GoAsync("/genres/Drama");
        await page.Locator(".fact-list a[href*='measure=revenue']").First.ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(panel.Locator(".waterfall")).ToBeVisibleAsync();
        var box = (await panel.BoundingBoxAsync())!;
        Assert.True(box.X >= 0 && box.Y >= 0 && box.X + box.Width <= width && box.Y + box.Height <= height, $"the panel is at {box.X}, {box.Y}: {box.Width} × {box.Height}");
        Assert.True(width > 500 ? box.X > 0 && box.Height == height : box.X == 0 && box.Width == width && box.Y > 0);
        Assert.Equal(0, await panel.Locator(".why-content").EvaluateAsync<int>("content => content.scrollWidth - content.clientWidth"));
        await window.AssertNoSidewaysScrollAsync();
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1280)]
    public async Task Axe_finds_nothing_serious_in_the_panel_nor_on_its_page(ColorScheme scheme, int width)
    {
        await using var window = await served.OpenAsync(new() { BypassCSP = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        await window.GoAsync("/movies?genre=Drama&measure=matched_profit&from=1992&to=1995&compare=previous-year");
        await window.AssertAccessibleAsync();
        await window.AssertNoSidewaysScrollAsync();
        await window.GoAsync("/genres");
        await window.Page.Locator("td a[href*='measure=revenue']").First.ClickAsync();
        await Assertions.Expect(window.Page.Locator("dialog .waterfall")).ToBeVisibleAsync();
        await window.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Ctrl_and_a_click_open_a_tab_and_without_JavaScript_a_number_is_a_link()
    {
        await using var window = await served.OpenAsync();
        await window.GoAsync("/genres");
        var number = window.Page.Locator("td a[href*='measure=revenue']").First;
        var tab = await window.Page.Context.RunAndWaitForPageAsync(() => number.ClickAsync(new() { Modifiers = [KeyboardModifier.ControlOrMeta] }));
        await tab.WaitForURLAsync("**/movies?**measure=revenue");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await using var plain = await served.OpenAsync(new() { JavaScriptEnabled = false });
        await plain.GoAsync("/genres");
        await plain.Page.Locator("td a[href*='measure=revenue']").First.ClickAsync();
        await Assertions.Expect(plain.Page.Locator(".waterfall")).ToBeVisibleAsync();
        plain.AssertNoErrors();
    }
}
