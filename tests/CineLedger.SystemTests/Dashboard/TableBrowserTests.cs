using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>Tables in a browser: the rows that come on demand, and movement by keyboard.</summary>
[Collection(SampleCollection.Name)]
public sealed class TableBrowserTests(SampleDashboard served)
{
    private const string Caption = "Revenue and budget by year";

    /// <summary>The number of rows that a long table beside a chart shows.</summary>
    private const int ShortRows = 10;

    /// <summary>Lists tables that hide rows inside their frame, and those with a total over another row.</summary>
    private const string FindHiddenRows =
        """
        () => [...document.querySelectorAll(".table-frame")].flatMap(frame => {
          const name = frame.getAttribute("aria-label"), end = frame.getBoundingClientRect().bottom;
          const rows = [...frame.querySelectorAll("tbody tr, tfoot tr")].map(row => row.getBoundingClientRect());
          return [
            ...(frame.scrollHeight > frame.clientHeight + 1 ? [`${name} scrolls down`] : []),
            ...(rows.some(row => row.bottom > end + 1) ? [`${name} cuts a row`] : []),
            ...(rows.some((row, i) => i > 0 && row.top < rows[i - 1].bottom - 1) ? [`${name} has a row over another`] : []),
          ];
        })
        """;

    [Fact]
    public async Task Sorting_compares_all_rows_also_those_that_are_not_shown()
    {
        await using var window = await served.OpenAsync();
        var (page, table) = (window.Page, window.Page.GetByRole(AriaRole.Table, new() { Name = Caption }));
        await window.GoAsync("/?rows=all");
        var count = await table.Locator("tbody tr").CountAsync();
        Assert.True(count > 25);
        await table.GetByRole(AriaRole.Button, new() { Name = "Budget" }).ClickAsync();
        var all = await table.Locator("tbody th").AllTextContentsAsync();

        await window.GoAsync("/");
        await Assertions.Expect(table.Locator("tbody tr")).ToHaveCountAsync(ShortRows);
        await table.GetByRole(AriaRole.Button, new() { Name = "Budget" }).ClickAsync();
        await Assertions.Expect(table.Locator("tbody th").First).ToHaveTextAsync(all[0].Trim());
        Assert.Equal(all.Take(ShortRows), await table.Locator("tbody th").AllTextContentsAsync());
        await page.GetByRole(AriaRole.Region, new() { Name = Caption }).GetByRole(AriaRole.Link, new() { Name = $"Show all {count} rows" }).ClickAsync();
        await Assertions.Expect(table.Locator("tbody tr")).ToHaveCountAsync(count);
        Assert.Equal(all, await table.Locator("tbody th").AllTextContentsAsync());
        window.AssertNoErrors();
    }

    [Fact]
    public async Task Without_JavaScript_the_link_leads_to_a_page_with_all_rows()
    {
        await using var window = await served.OpenAsync(new() { JavaScriptEnabled = false });
        var region = window.Page.GetByRole(AriaRole.Region, new() { Name = Caption });
        await window.GoAsync("/?from=1950");
        await Assertions.Expect(region.Locator("tbody tr")).ToHaveCountAsync(ShortRows);
        await region.GetByRole(AriaRole.Link, new() { NameRegex = new("Show all") }).ClickAsync();
        await Assertions.Expect(region.GetByRole(AriaRole.Link, new() { Name = "1950", Exact = true })).ToBeVisibleAsync();
        Assert.Contains("from=1950", window.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(390, true)]
    [InlineData(820, false)]
    [InlineData(1440, true)]
    public async Task Tables_show_whole_rows_and_a_link_to_the_others(int width, bool runsScripts)
    {
        await using var window = await served.OpenAsync(new() { JavaScriptEnabled = runsScripts, ViewportSize = new() { Width = width, Height = 900 } });
        var names = "name=Drama&name=Comedy&name=Action";
        foreach (var address in (string[])["/", "/genres", "/studios", "/genres/Drama", "/movies", "/quality", "/compare?kind=genre&" + names, "/explore?by=genre&measure=roi&totals=true"])
        {
            await window.GoAsync(address);
            Assert.Equal("", string.Join('\n', (await window.Page.EvaluateAsync<string[]>(FindHiddenRows)).Select(text => $"{address}: {text}")));
        }

        await window.GoAsync("/compare?kind=genre&" + names);
        var table = window.Page.Locator(".table-frame").First;
        await Assertions.Expect(table.Locator("tbody tr")).ToHaveCountAsync(ShortRows);
        await Assertions.Expect(table.Locator("tfoot tr")).ToHaveCountAsync(1);
        await Assertions.Expect(table.GetByRole(AriaRole.Link, new() { NameRegex = new("Show all [0-9]+ rows") })).ToBeVisibleAsync();
        await Assertions.Expect(table.Locator(".on-paper")).ToBeHiddenAsync();
        await window.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(table.GetByText(new System.Text.RegularExpressions.Regex("^[0-9]+ more rows in the dashboard$"))).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_table_is_one_tab_stop_and_arrow_keys_move_between_its_cells()
    {
        await using var window = await served.OpenAsync();
        var (page, table) = (window.Page, window.Page.GetByRole(AriaRole.Table, new() { Name = Caption }));
        await window.GoAsync("/?from=1990&to=2000");
        Assert.Equal(1, await table.EvaluateAsync<int>("table => [...table.querySelectorAll('a, button')].filter(e => e.tabIndex === 0).length"));
        Task ExpectAsync(string text) => Assertions.Expect(page.Locator("*:focus")).ToHaveTextAsync(text);
        await table.GetByRole(AriaRole.Link, new() { Name = "2000", Exact = true }).FocusAsync();
        foreach (var (key, text) in (ValueTuple<string, string>[])
            [("ArrowDown", "1999"), ("ArrowDown", "1998"), ("ArrowUp", "1999"), ("Control+End Home", "1990"), ("Control+Home", "Year"), ("ArrowRight", "Revenue"), ("Home", "Year")])
        {
            foreach (var one in key.Split(' '))
            {
                await page.Keyboard.PressAsync(one);
            }

            await ExpectAsync(text);
        }

        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/years/2000");
        window.AssertNoErrors();
    }
}
