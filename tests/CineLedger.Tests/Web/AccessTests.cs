using System.Net;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web;

/// <summary>Tests access control: local and remote requests, with and without a key.</summary>
public sealed class AccessTests(InProcessServer served, OpenServer open) : IClassFixture<InProcessServer>, IClassFixture<OpenServer>
{
    private const string Genres = "/api/v1/reports/genres";
    private static readonly (string, string) FromOtherMachine = ("Test-From", "192.0.2.7");

    [Theory]
    [InlineData("127.0.0.1", "localhost:5080", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "LOCALHOST", HttpStatusCode.OK)]
    [InlineData("127.8.9.1", "127.0.0.1:5080", HttpStatusCode.OK)]
    [InlineData("::1", "[::1]:5080", HttpStatusCode.OK)]
    [InlineData("::ffff:127.0.0.1", "localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "movies.example", HttpStatusCode.Unauthorized)]
    [InlineData("127.0.0.1", "localhost.movies.example", HttpStatusCode.Unauthorized)]
    [InlineData("127.0.0.1", "192.0.2.7:5080", HttpStatusCode.Unauthorized)]
    [InlineData("192.0.2.7", "localhost", HttpStatusCode.Unauthorized)]
    [InlineData("::ffff:192.0.2.7", "localhost", HttpStatusCode.Unauthorized)]
    [InlineData("2001:db8::1", "[::1]", HttpStatusCode.Unauthorized)]
    [InlineData("10.0.0.1", "10.0.0.1", HttpStatusCode.Unauthorized)]
    public async Task Without_a_key_only_local_requests_with_a_local_host_name_can_read(string from, string host, HttpStatusCode status)
    {
        using var response = await served.SendAsync(Genres, ("Test-From", from), ("Host", host));
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Port", "443")]
    [InlineData("X-Client-IP", "127.0.0.1")]
    [InlineData("CF-Connecting-IP", "127.0.0.1")]
    [InlineData("X-Envoy-External-Address", "127.0.0.1")]
    [InlineData("x-forwarded-host", "localhost")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Proxied_requests_are_never_local_whatever_their_headers(string header, string value)
    {
        using var here = await served.SendAsync(Genres, (header, value));
        using var there = await served.SendAsync(Genres, (header, value), FromOtherMachine);
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], [here.StatusCode, there.StatusCode]);
    }

    [Fact]
    public async Task Requests_with_HTTP_1_0_are_not_local_because_a_proxy_sends_them()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Genres) { Version = HttpVersion.Version10, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await served.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_server_that_requires_a_key_takes_no_request_for_local()
    {
        await using var strict = new KeyedServer();
        await strict.InitializeAsync();
        var (_, key) = await strict.CreateKeyAsync();
        Assert.Equal((int[])[401, 200, 200], await Task.WhenAll(
            StatusAsync((strict, []), Genres), StatusAsync((strict, [("X-Api-Key", key)]), Genres), StatusAsync((strict, []), "/health/ready")));
    }

    [Fact]
    public async Task Behind_a_proxy_no_request_is_local_and_limits_apply_to_the_address_that_the_proxy_appended()
    {
        await using var proxied = new ProxiedServer();
        await proxied.InitializeAsync();
        for (var i = 0; i < 6; i++)
        {
            // A client can send any number of addresses itself.
            var status = await StatusAsync((proxied, [("X-Forwarded-For", $"10.0.0.{i}, 192.0.2.7")]), Genres);
            Assert.Equal(i < 5 ? 401 : 429, status);
        }

        Assert.Equal(401, await StatusAsync((proxied, [("X-Forwarded-For", "192.0.2.8")]), Genres));
        Assert.Equal(401, await StatusAsync((proxied, [("X-Forwarded-For", "127.0.0.1")]), Genres));
        Assert.Equal(401, await StatusAsync((proxied, []), Genres));
    }

    [Theory]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("Authorization", "bearer {0}")]
    [InlineData("X-Api-Key", "{0}")]
    public async Task A_key_reads_from_anywhere(string header, string form)
    {
        var (_, key) = await served.CreateKeyAsync();
        await WaitForStatusAsync(key, HttpStatusCode.OK);
        using var response = await served.SendAsync($"{Genres}?limit=1", FromOtherMachine, (header, string.Format(null, form, key)));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Cached_responses_are_not_served_to_unauthorized_callers()
    {
        var tag = default(string);
        for (var i = 0; i < 2; i++)
        {
            using var mine = await served.SendAsync($"{Genres}?limit=2");
            tag = mine.Headers.ETag!.ToString();
        }

        var (status, problem) = await served.ProblemAsync($"{Genres}?limit=2", FromOtherMachine);
        using var tagged = await served.SendAsync($"{Genres}?limit=2", FromOtherMachine, ("If-None-Match", tag!));
        Assert.Equal((HttpStatusCode.Unauthorized, "/problems/unauthorized"), (status, problem.GetProperty("type").GetString()));
        Assert.Equal(HttpStatusCode.Unauthorized, tagged.StatusCode);
        Assert.False(tagged.Headers.Contains("Ledger-Snapshot"));
    }

    [Fact]
    public async Task An_unauthorized_response_says_how_to_authenticate()
    {
        using var without = await served.SendAsync(Genres, FromOtherMachine);
        using var wrong = await served.SendAsync(Genres, ("Authorization", "Bearer cineledger_wrong"));
        Assert.Equal("Bearer realm=\"cineledger\"", without.Headers.WwwAuthenticate.ToString());
        Assert.Equal("Bearer realm=\"cineledger\", error=\"invalid_token\"", wrong.Headers.WwwAuthenticate.ToString());
        Assert.Contains("cineledger keys create", await without.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("application/problem+json", without.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("cineledger_wrong")]
    [InlineData("")]
    [InlineData("' OR 1=1 --")]
    public async Task A_wrong_key_is_an_error_even_where_none_is_needed(string key)
    {
        foreach (var server in (ServedLedger[])[served, open])
        {
            using var response = await server.SendAsync(Genres, ("Authorization", $"Bearer {key}"));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task An_overlong_key_is_invalid()
    {
        using var response = await served.SendAsync(Genres, ("X-Api-Key", new string('k', 5_000)));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Health_is_public()
    {
        foreach (var address in (string[])["/health/live", "/health/ready"])
        {
            using var response = await served.SendAsync(address, FromOtherMachine, ("Authorization", "Bearer wrong"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_public_server_allows_anonymous_reads() => Assert.Equal(HttpStatusCode.OK, (await open.SendAsync(Genres, FromOtherMachine)).StatusCode);

    [Fact]
    public async Task Created_and_revoked_keys_take_effect_within_seconds()
    {
        var (id, key) = await served.CreateKeyAsync();
        await WaitForStatusAsync(key, HttpStatusCode.OK);
        Assert.True(await served.RevokeAsync(id));
        await WaitForStatusAsync(key, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Authorized_responses_are_not_cached_by_shared_caches()
    {
        var (_, key) = await served.CreateKeyAsync();
        var (_, openKey) = await open.CreateKeyAsync();
        await WaitForStatusAsync(key, HttpStatusCode.OK);
        await WaitForStatusAsync(open, openKey, HttpStatusCode.OK);
        using var newest = await served.SendAsync(Genres, FromOtherMachine, ("X-Api-Key", key));
        using var permanent = await served.SendAsync($"{Genres}?snapshot=1", FromOtherMachine, ("X-Api-Key", key));
        using var notModified = await served.SendAsync(Genres, FromOtherMachine, ("X-Api-Key", key), ("If-None-Match", newest.Headers.ETag!.ToString()));
        using var local = await served.SendAsync(Genres);
        using var ofPublic = await open.SendAsync(Genres, FromOtherMachine, ("X-Api-Key", openKey));
        Assert.Equal(
            ["no-cache, private", "max-age=31536000, private, immutable", "no-cache, private", "public, no-cache", "public, no-cache"],
            [.. new[] { newest, permanent, notModified, local, ofPublic }.Select(response => response.Headers.CacheControl!.ToString())]);
        Assert.Equal(HttpStatusCode.NotModified, notModified.StatusCode);
    }

    [Fact]
    public async Task Unreadable_keys_reject_key_authentication_only()
    {
        await using var broken = new InProcessServer();
        await broken.InitializeAsync();
        var (_, key) = await broken.CreateKeyAsync();
        await File.WriteAllTextAsync($"{broken.Pool.Name}.keys", "{", TestContext.Current.CancellationToken);
        var (status, problem) = await broken.ProblemAsync(Genres, ("X-Api-Key", key));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "/problems/unavailable"), (status, problem.GetProperty("type").GetString()));
        Assert.DoesNotContain(broken.Pool.Name, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await broken.TextAsync(Genres);
    }

    [Fact]
    public async Task Administrator_endpoints_need_a_key_even_locally()
    {
        var (_, reader) = await served.CreateKeyAsync();
        var (_, readerOfPublic) = await open.CreateKeyAsync();
        var (_, administrator) = await served.CreateKeyAsync(isAdministrator: true);
        await WaitForStatusAsync(reader, HttpStatusCode.OK);
        await WaitForStatusAsync(administrator, HttpStatusCode.OK);
        await WaitForStatusAsync(open, readerOfPublic, HttpStatusCode.OK);
        (InProcessServer Server, (string, string)[] Headers)[] callers =
        [
            (served, []), (open, [FromOtherMachine]), (served, [FromOtherMachine]), (served, [("X-Api-Key", "wrong")]),
            (served, [("X-Api-Key", reader)]), (open, [("X-Api-Key", readerOfPublic)]), (served, [FromOtherMachine, ("X-Api-Key", administrator)]),
        ];
        Assert.Equal((int[])[401, 401, 401, 401, 403, 403, 200], await Task.WhenAll(callers.Select(caller => StatusAsync(caller, "/api/v1/webhooks"))));
        Assert.Equal((int[])[200, 200, 401, 401, 200, 200, 200], await Task.WhenAll(callers.Select(caller => StatusAsync(caller, Genres))));
        Assert.Equal((int[])[404, 404, 401, 401, 404, 404, 404], await Task.WhenAll(callers.Select(caller => StatusAsync(caller, "/nothing"))));
        Assert.Equal((int[])[200, 200, 200, 200, 200, 200, 200], await Task.WhenAll(callers.Select(caller => StatusAsync(caller, "/health/live"))));
    }

    private sealed class KeyedServer : InProcessServer
    {
        protected override CineLedger.Web.WebOptions Options => base.Options with { RequiresKey = true };
    }

    private sealed class ProxiedServer : InProcessServer
    {
        protected override CineLedger.Web.WebOptions Options => base.Options with { IsBehindProxy = true, RatePerMinute = 5 };
    }

    private static async Task<int> StatusAsync((InProcessServer Server, (string, string)[] Headers) caller, string address)
    {
        using var response = await caller.Server.SendAsync(address, caller.Headers);
        return (int)response.StatusCode;
    }

    private Task<HttpStatusCode> WaitForStatusAsync(string key, HttpStatusCode status) => WaitForStatusAsync(served, key, status);

    private static Task<HttpStatusCode> WaitForStatusAsync(InProcessServer server, string key, HttpStatusCode status) => Wait.ForAsync(
        $"the key is answered with {status}",
        async () =>
        {
            using var response = await server.SendAsync(Genres, FromOtherMachine, ("X-Api-Key", key));
            return response.StatusCode;
        },
        answered => answered == status);
}
