using System.Net;
using System.Text;

namespace CineLedger.Tests.Web;

/// <summary>Tests the limits of a server, its security headers and CORS.</summary>
public sealed class LimitTests(InProcessServer served, OpenServer open) : IClassFixture<InProcessServer>, IClassFixture<OpenServer>
{
    private const string Genres = "/api/v1/reports/genres";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rate_limited_addresses_get_Retry_After_and_others_are_unaffected()
    {
        await using var strict = new StrictServer();
        await strict.InitializeAsync();
        var (_, key) = await strict.CreateKeyAsync();
        (string, string) here = ("Test-From", "2001:db8:1:2::1"), neighbour = ("Test-From", "2001:db8:1:2:ffff::9"), otherMachine = ("Test-From", "2001:db8:1:3::1");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await strict.ProblemAsync(Genres, here)).Status);
        }

        using var response = await strict.SendAsync(Genres, here);
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(10)), (response.StatusCode, response.Headers.RetryAfter!.Delta));
        Assert.Equal("/problems/too-many-requests", (await strict.ProblemAsync(Genres, neighbour)).Problem.GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await strict.ProblemAsync(Genres, otherMachine)).Status);
        Assert.Equal(HttpStatusCode.OK, (await strict.SendAsync(Genres, here, ("X-Api-Key", key))).StatusCode);
    }

    [Fact]
    public async Task Requests_are_limited_by_key_and_those_with_a_wrong_key_by_address_even_locally()
    {
        await using var strict = new StrictServer();
        await strict.InitializeAsync();
        var (_, key) = await strict.CreateKeyAsync();
        for (var i = 0; i < 6; i++)
        {
            using var response = await strict.SendAsync(Genres, ("X-Api-Key", key), ("Test-From", $"192.0.2.{i}"));
            Assert.Equal(i < 5 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, response.StatusCode);
        }

        for (var i = 0; i < 6; i++)
        {
            using var response = await strict.SendAsync(Genres, ("X-Api-Key", "wrong"));
            Assert.Equal(i < 5 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, response.StatusCode);
        }

        for (var i = 0; i < 20; i++)
        {
            await strict.TextAsync(Genres);
        }
    }

    [Theory]
    [InlineData(40_000, HttpStatusCode.RequestUriTooLong)]
    [InlineData(3_000, HttpStatusCode.BadRequest)]
    public async Task A_huge_address_is_refused_as_a_whole_and_a_huge_value_by_its_name(int length, HttpStatusCode expected)
    {
        var (status, problem) = await served.ProblemAsync($"{Genres}?genre={new string('x', length)}");
        Assert.Equal(expected, status);
        Assert.Equal(expected == HttpStatusCode.BadRequest, problem.TryGetProperty("parameter", out _));
    }

    [Theory]
    [InlineData("/api/v1/reports/genres", HttpStatusCode.OK)]
    [InlineData("/api/v1/reports/genres?limit=x", HttpStatusCode.BadRequest)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    public async Task Every_response_has_security_headers(string address, HttpStatusCode status)
    {
        for (var i = 0; i < 2; i++)
        {
            using var response = await served.SendAsync(address);
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(
                ["nosniff", "DENY", "no-referrer", "same-origin", "camera=(), geolocation=(), microphone=(), payment=(), usb=()", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"],
                new[] { "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "Content-Security-Policy" }
                    .Select(name => response.Headers.GetValues(name).Single()));
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Only_listed_origins_get_CORS_headers()
    {
        using var idFilter = await open.SendAsync(Genres, ("Origin", "https://movies.example"));
        using var other = await open.SendAsync(Genres, ("Origin", "https://evil.example"));
        using var none = await served.SendAsync(Genres, ("Origin", "https://movies.example"));
        Assert.Equal("https://movies.example", idFilter.Headers.GetValues("Access-Control-Allow-Origin").Single());
        var exposed = idFilter.Headers.GetValues("Access-Control-Expose-Headers").Single().Split(',');
        Assert.Superset(new HashSet<string> { "ETag", "Ledger-Snapshot", "Link", "Retry-After" }, exposed.ToHashSet());
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin") || none.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task CORS_preflights_and_errors_are_readable_by_browsers()
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/v1/sql");
        preflight.Headers.Add("Origin", "https://movies.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var allowed = await open.Client.SendAsync(preflight, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Contains("Authorization", allowed.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.OrdinalIgnoreCase);
        using var problem = await open.SendAsync($"{Genres}?limit=x", ("Origin", "https://movies.example"));
        Assert.Equal((HttpStatusCode.BadRequest, "https://movies.example"), (problem.StatusCode, problem.Headers.GetValues("Access-Control-Allow-Origin").Single()));
    }

    [Fact]
    public async Task A_body_above_the_size_limit_is_refused()
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(new string(' ', 2 << 20)));
        content.Headers.ContentType = new("application/sql");
        using var response = await open.Client.PostAsync("/api/v1/sql", content, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("/problems/too-large", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
