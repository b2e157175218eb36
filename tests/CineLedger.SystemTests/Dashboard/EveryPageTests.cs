using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>Checks every page at every width: accessibility, no sideways scrolling, and panels inside the window.</summary>
[Collection(SampleCollection.Name)]
public sealed class EveryPageTests(SampleDashboard served)
{
    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(820, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(720, ColorScheme.Dark)]
    public async Task Axe_finds_nothing_and_no_page_scrolls_sideways(int width, ColorScheme scheme)
    {
        await using var window = await served.OpenAsync(new() { BypassCSP = true, ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        foreach (var address in SampleDashboard.Pages.Append(await served.FindLargestCompanyAsync()))
        {
            TestContext.Current.TestOutputHelper?.WriteLine(address);
            await window.GoAsync(address);
            await window.DrawChartsAsync(await window.Page.Locator("[data-chart]").CountAsync());
            await window.AssertAccessibleAsync();
            await window.AssertNoSidewaysScrollAsync();
        }
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(820)]
    [InlineData(1440)]
    public async Task The_display_options_open_inside_the_window(int width)
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        await window.GoAsync("/");
        await window.Page.Locator(".display-options summary").ClickAsync();
        var panel = window.Page.Locator(".display-options form");
        await Assertions.Expect(panel).ToBeVisibleAsync();
        foreach (var part in await panel.Locator("select, input:not([type=hidden]), button, a").AllAsync())
        {
            var box = (await part.BoundingBoxAsync())!;
            Assert.InRange(box.X, 0, width);
            Assert.InRange(box.X + box.Width, 0, width);
            Assert.True(box.Height >= 24, $"a control of the panel is {box.Height} pixels high");
        }

        await window.AssertNoSidewaysScrollAsync();
    }

    [Theory]
    [InlineData("/", ColorScheme.Light)]
    [InlineData("/genres", ColorScheme.Dark)]
    public async Task Decades_stand_under_the_middle_of_their_bar_and_incomplete_years_are_striped(string address, ColorScheme scheme)
    {
        await using var window = await served.OpenAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 900 } });
        await window.GoAsync(address);
        var distances = await window.Page.EvaluateAsync<float[]>(
            """
            [...document.querySelectorAll(".decades li:not([hidden])")].map(label => {
              const getCenter = element => { const { left, width } = element.getBoundingClientRect(); return left + width / 2; };
              return getCenter(label) - getCenter(document.querySelector(`.timeline a[data-year="${label.dataset.at}"] .hit`));
            })
            """);
        Assert.NotEmpty(distances);
        Assert.All(distances, distance => Assert.InRange(distance, -2, 2));

        // The bar of a complete year in the place of an incomplete one.
        Assert.Contains("#incomplete-year", await window.Page.EvaluateAsync<string>(
            """
            () => {
              const bar = document.querySelector(".timeline .known").cloneNode();
              document.querySelector(".timeline .incomplete").append(bar);
              return getComputedStyle(bar).fill;
            }
            """), StringComparison.Ordinal);
        await Assertions.Expect(window.Page.Locator("pattern#incomplete-year")).ToHaveCountAsync(1);
        await Assertions.Expect(window.Page.Locator(".timeline .key")).ToContainTextAsync("incomplete year");
    }

    [Theory]
    [InlineData("/?snapshot=1")]
    [InlineData("/?snapshot=1&dollars=2017&aggregate=median")]
    [InlineData("/")]
    public async Task The_tools_stand_beside_the_pages_and_the_search_shows_its_key(string address)
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await window.GoAsync(address);
        await Assertions.Expect(window.Page.Locator(".search kbd")).ToBeVisibleAsync();
        var (pages, tools) = ((await window.Page.Locator(".masthead nav").BoundingBoxAsync())!, (await window.Page.Locator(".tools").BoundingBoxAsync())!);
        Assert.True(tools.Y < pages.Y + pages.Height && pages.X + pages.Width <= tools.X, $"the tools are at {tools.X}, {tools.Y}");
        Assert.InRange(pages.Height, 20, 45);
        await window.AssertNoSidewaysScrollAsync();
    }

    [Fact]
    public async Task The_sign_of_an_explained_heading_ends_where_its_numbers_end()
    {
        await using var window = await served.OpenAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await window.GoAsync("/companies");
        var distances = await window.Page.EvaluateAsync<float[]>(
            """
            [...document.querySelectorAll("th.number:not(:first-child) > .term")].map(sign => {
              const heading = sign.parentElement, text = document.createRange();
              text.selectNodeContents(sign.firstChild);
              const cell = heading.closest("table").tBodies[0].rows[0].cells[heading.cellIndex];
              return cell.querySelector("data").getBoundingClientRect().right - text.getBoundingClientRect().right;
            })
            """);
        Assert.NotEmpty(distances);
        Assert.All(distances, distance => Assert.InRange(distance, -3, 3));
    }
}
