using System.Net;
using System.Text.RegularExpressions;
using CineLedger.Web;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Tests.Web;

/// <summary>Tests which requests that a browser sends for another page are refused, over all endpoints.</summary>
public sealed partial class CrossSiteTests(OpenServer open, InProcessServer served, AnyOriginServer any)
    : IClassFixture<OpenServer>, IClassFixture<InProcessServer>, IClassFixture<AnyOriginServer>
{
    private const string Genres = "/api/v1/reports/genres";
    private const string Listed = "https://movies.example";

    /// <summary>The headers of what a page can make a browser send.</summary>
    private static readonly Dictionary<string, (string, string)[]> Foreign = new()
    {
        ["image"] = Fetch("cross-site", "no-cors", "image"),
        ["image of a page on another port"] = Fetch("same-site", "no-cors", "image"),
        ["script"] = Fetch("cross-site", "no-cors", "script"),
        ["script with CORS"] = [.. Fetch("cross-site", "cors", "script"), ("Origin", "https://evil.example")],
        ["fetch"] = [.. Fetch("cross-site", "cors", "empty"), ("Origin", "https://evil.example")],
        ["fetch of a page on another port"] = [.. Fetch("same-site", "cors", "empty"), ("Origin", "http://localhost:8000")],
        ["frame"] = Fetch("cross-site", "navigate", "iframe"),
        ["object"] = Fetch("cross-site", "navigate", "object"),
        ["form"] = [.. Fetch("cross-site", "navigate", "document"), ("Origin", "https://evil.example")],
        ["sandboxed page"] = [.. Fetch("cross-site", "navigate", "document"), ("Origin", "null")],
        ["prefetch"] = [.. Fetch("cross-site", "navigate", "document"), ("Sec-Purpose", "prefetch;prerender")],
        ["prefetch as Chromium sends it"] = [.. Fetch("none", "navigate", "document"), ("Sec-Purpose", "prefetch")],
        ["prefetch without a site"] = [("Sec-Purpose", "prefetch")],
        ["prefetch of another browser"] = [.. Fetch("cross-site", "navigate", "document"), ("X-Moz", "prefetch")],
        ["prefetch of an older browser"] = [.. Fetch("cross-site", "navigate", "document"), ("Purpose", "prefetch")],
        ["page in a file"] = [("Origin", "file://")],
        ["WebSocket"] = [.. Fetch("cross-site", "websocket", "empty"), ("Origin", "https://evil.example"), ("Connection", "Upgrade"), ("Upgrade", "websocket")],
        ["old browser, or one that uses plain http"] = [("Origin", "https://evil.example")],
        ["origin without a name"] = [("Origin", "null")],
        ["unknown site"] = [("Sec-Fetch-Site", "something-new")],
        ["listed origin as a prefix"] = [("Origin", "https://movies.example.evil.example")],
    };

    public static TheoryData<string> ForeignNames => [.. Foreign.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ForeignNames))]
    public async Task A_foreign_request_to_any_endpoint_but_health_is_refused_before_its_key_is_looked_at(string name)
    {
        var refused = 0;
        foreach (var (method, address) in Addresses())
        {
            using var response = await SendAsync(open, method, address, [.. Foreign[name], ("X-Api-Key", "wrong")]);
            if (address.StartsWith("/health/", StringComparison.Ordinal))
            {
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                continue;
            }

            Assert.True(response.StatusCode == HttpStatusCode.Forbidden, $"{name}: {method} {address}: {(int)response.StatusCode}");
            refused++;
        }

        Assert.True(refused > 40, $"only {refused} endpoints");
    }

    [Fact]
    public async Task A_link_on_another_site_opens_pages_but_nothing_else()
    {
        foreach (var (method, address) in Addresses().Where(at => at.Method == "GET"))
        {
            using var response = await SendAsync(open, method, address, Fetch("cross-site", "navigate", "document"));
            var isProgram = Regex.IsMatch(address, "^/(api|mcp|metrics|openapi)");
            Assert.True(isProgram == (response.StatusCode == HttpStatusCode.Forbidden), $"{address}: {(int)response.StatusCode}");
        }

        foreach (var spelling in (string[])["/API/v1/reports/genres", "/Metrics", "/metrics/", "/%61pi/v1/reports/genres", "/MCP"])
        {
            using var response = await SendAsync(open, "GET", spelling, Fetch("cross-site", "navigate", "document"));
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("X-Other", "prefetch")]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Origin", "HTTP://LOCALHOST:80")]
    [InlineData("Referer", "https://evil.example/")]
    public async Task The_servers_own_pages_and_programs_are_not_affected(string name, string value)
    {
        using var response = await served.SendAsync(Genres, (name, value));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("movies.example:8443", null, HttpStatusCode.OK)]
    [InlineData("127.0.0.1:5080", "movies.example:8443", HttpStatusCode.OK)]
    [InlineData("movies.example", null, HttpStatusCode.Forbidden)]
    [InlineData("movies.example:8443.evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1:5080", "evil.example, movies.example:8443", HttpStatusCode.Forbidden)]
    public async Task Behind_a_proxy_the_own_origin_has_the_host_that_the_proxy_passes_on(string host, string? forwarded, HttpStatusCode status)
    {
        (string, string)[] headers = [("Origin", "https://movies.example:8443"), ("Host", host)];
        using var response = await open.SendAsync(Genres, forwarded is null ? headers : [.. headers, ("X-Forwarded-Host", forwarded)]);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Listed_origins_may_send_requests_and_preflights_and_a_star_lists_all()
    {
        using var allowed = await open.SendAsync(Genres, [.. Fetch("cross-site", "cors", "empty"), ("Origin", Listed)]);
        Assert.Equal((HttpStatusCode.OK, Listed), (allowed.StatusCode, allowed.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        (string, string)[] preflight = [.. Fetch("cross-site", "cors", "empty"), ("Access-Control-Request-Method", "POST")];
        using var own = await SendAsync(open, "OPTIONS", "/api/v1/sql", [.. preflight, ("Origin", Listed)]);
        using var other = await SendAsync(open, "OPTIONS", "/api/v1/sql", [.. preflight, ("Origin", "https://evil.example")]);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Forbidden), (own.StatusCode, other.StatusCode));

        // An image has no origin that could be compared with the list.
        using var image = await open.SendAsync(Genres, Fetch("cross-site", "no-cors", "image"));
        Assert.Equal(HttpStatusCode.Forbidden, image.StatusCode);
        foreach (var headers in Foreign.Values)
        {
            using var response = await any.SendAsync(Genres, headers);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_refusal_is_a_problem_document_that_names_the_option()
    {
        var (status, problem) = await served.ProblemAsync(Genres, Fetch("cross-site", "no-cors", "image"));
        Assert.Equal((HttpStatusCode.Forbidden, "/problems/cross-site"), (status, problem.GetProperty("type").GetString()));
        Assert.Contains("--cors", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_the_browser_remembers_does_not_help_a_foreign_page()
    {
        var (_, key) = await served.CreateKeyAsync(isAdministrator: true);
        var basic = $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"ann:{key}"))}";
        using var response = await served.SendAsync(Genres, [.. Fetch("cross-site", "no-cors", "image"), ("Authorization", basic)]);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    public async Task SQL_is_sent_by_POST_only(string method)
    {
        using var response = await SendAsync(open, method, "/api/v1/sql?sql=SELECT%201");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    private static (string, string)[] Fetch(string site, string mode, string destination) =>
        [("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", destination)];

    private static async Task<HttpResponseMessage> SendAsync(ServedLedger server, string method, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), address);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        // An event stream has no end.
        return await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    /// <summary>All methods and addresses of the server, with 1 for every parameter.</summary>
    private IEnumerable<(string Method, string Address)> Addresses() =>
        from endpoint in open.Endpoints
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, "/" + PathParameter().Replace(endpoint.RoutePattern.RawText!, "1").TrimStart('/'));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex PathParameter();
}

/// <summary>A server that allows pages of all origins.</summary>
public sealed class AnyOriginServer : InProcessServer
{
    protected override WebOptions Options => base.Options with { CorsOrigins = ["*"] };
}
