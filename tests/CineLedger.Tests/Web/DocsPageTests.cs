using System.Net;
using System.Text.RegularExpressions;

namespace CineLedger.Tests.Web;

public sealed partial class DocsPageTests(InProcessServer served) : IClassFixture<InProcessServer>
{
    [Fact]
    public async Task The_page_names_no_other_server_and_its_scripts_come_from_this_one()
    {
        var page = await served.TextAsync("/docs/");
        Assert.Contains("<title>CineLedger API</title>", page, StringComparison.Ordinal);
        Assert.Contains("\"url\":\"openapi/v1.json\"", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(src|href|url)\W{1,4}(https?:)?//", page);
        using var again = await served.SendAsync("/docs/");
        Assert.Matches("^default-src 'none'; script-src 'self' 'nonce-[0-9A-F]{32}';", Assert.Single(again.Headers.GetValues("Content-Security-Policy")));
        var scripts = Script().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(scripts);
        foreach (var script in scripts)
        {
            using var response = await served.SendAsync($"/docs/{script}");
            Assert.Equal((HttpStatusCode.OK, "text/javascript"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        }
    }

    [GeneratedRegex("<script[^>]* src=\"([^\"]+)\"")]
    private static partial Regex Script();
}
