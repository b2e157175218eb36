using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>Tables in a browser: the rows that come on demand, and movement by keyboard.</summary>
[Collection(SampleCollection.Name)]
public sealed class TableBrowserTests(SampleDashboard served)
{
    private const string Caption = "Revenue and budget by year";

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
        await Assertions.Expect(table.Locator("tbody tr")).ToHaveCountAsync(25);
        await table.GetByRole(AriaRole.Button, new() { Name = "Budget" }).ClickAsync();
        await Assertions.Expect(table.Locator("tbody th").First).ToHaveTextAsync(all[0].Trim());
        Assert.Equal(all.Take(25), await table.Locator("tbody th").AllTextContentsAsync());
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
        await Assertions.Expect(region.Locator("tbody tr")).ToHaveCountAsync(25);
        await region.GetByRole(AriaRole.Link, new() { NameRegex = new("Show all") }).ClickAsync();
        await Assertions.Expect(region.GetByRole(AriaRole.Link, new() { Name = "1950", Exact = true })).ToBeVisibleAsync();
        Assert.Contains("from=1950", window.Page.Url, StringComparison.Ordinal);
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
