using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>Tests the menu of a figure: its files, its image, its links, and the code to embed it.</summary>
[Collection(DashboardCollection.Name)]
public sealed class FigureBrowserTests(ServedDashboard served)
{
    [Fact]
    public async Task The_data_is_a_download_and_can_be_copied_as_a_table()
    {
        await using var window = await served.OpenAsync(new() { Permissions = ["clipboard-read", "clipboard-write"] });
        await window.GoAsync("/companies");
        var panel = await OpenMenuAsync(window, "companies-revenue");
        var download = await window.Page.RunAndWaitForDownloadAsync(() => panel.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.Contains("Pixar Animation Studios,", await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Copy table" }).ClickAsync();
        await Assertions.Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        var lines = (await window.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).Split('\n');
        Assert.StartsWith("Company\t", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("Pixar Animation Studios\t", StringComparison.Ordinal));
        window.AssertNoErrors();
    }

    [Fact]
    public async Task The_image_is_a_download_with_its_source_and_can_be_copied()
    {
        await using var window = await served.OpenAsync(new() { Permissions = ["clipboard-read", "clipboard-write"] });
        await window.GoAsync("/companies?dollars=2017");
        var panel = await OpenMenuAsync(window, "companies-revenue");
        var download = await window.Page.RunAndWaitForDownloadAsync(() => panel.GetByRole(AriaRole.Link, new() { Name = "SVG" }).ClickAsync());
        Assert.Matches(@"^companies-revenue-\d+\.svg$", download.SuggestedFilename);
        var image = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains("CineLedger snapshot", image, StringComparison.Ordinal);
        Assert.Contains("US dollars of 2017", image, StringComparison.Ordinal);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Copy image" }).ClickAsync();
        await Assertions.Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        Assert.Equal("image/png", await window.Page.EvaluateAsync<string>("navigator.clipboard.read().then(items => items[0].types[0])"));
        window.AssertNoErrors();
    }

    [Fact]
    public async Task A_figure_has_a_link_a_page_of_its_own_and_a_query_in_Explore()
    {
        await using var window = await served.OpenAsync();
        await window.GoAsync("/genres/Drama");
        var figure = window.Page.Locator("figure:has(a:text('Open in Explore'))").First;
        var id = await figure.GetAttributeAsync("id");
        await (await OpenMenuAsync(window, id!)).GetByRole(AriaRole.Link, new() { Name = "This figure" }).ClickAsync();
        Assert.EndsWith($"#{id}", window.Page.Url, StringComparison.Ordinal);
        await figure.GetByRole(AriaRole.Link, new() { Name = "Open in Explore" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator("figure")).ToHaveCountAsync(1);
        Assert.Contains("/explore?", window.Page.Url, StringComparison.Ordinal);
        await window.GoAsync($"/genres/Drama?figure={id}");
        await Assertions.Expect(window.Page.Locator("figure")).ToHaveCountAsync(1);
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
        window.AssertNoErrors();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_a_page_of_a_listed_origin_can_embed_a_figure(bool isListed)
    {
        await using var window = await served.OpenAsync();
        await window.GoAsync("/companies");
        var code = await (await OpenMenuAsync(window, "companies-revenue")).Locator("[data-embed]").TextContentAsync();
        Assert.StartsWith("<iframe", code, StringComparison.Ordinal);
        served.EmbeddingPage.Body = code!;
        var response = await window.Page.RunAndWaitForResponseAsync(
            () => window.GoAsync(isListed ? served.EmbeddingPage.Listed : served.EmbeddingPage.Other), response => response.Url.Contains("figure=", StringComparison.Ordinal));
        Assert.Equal(isListed ? 200 : 403, response.Status);
        var figure = window.Page.FrameLocator("iframe").Locator("figure");
        await Assertions.Expect(figure).ToHaveCountAsync(isListed ? 1 : 0);
        await Assertions.Expect(figure.Locator("canvas")).ToHaveCountAsync(isListed ? 1 : 0);
    }

    private static async Task<ILocator> OpenMenuAsync(BrowserWindow window, string id)
    {
        var figure = window.Page.Locator($"figure[id='{id}']");
        await figure.Locator(".figure-menu > summary").ClickAsync();
        return figure.Locator(".figure-menu");
    }
}
