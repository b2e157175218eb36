using System.Net;
using System.Text;
using CineLedger.Storage;
using CineLedger.Storage.Keys;
using CineLedger.Tests.Support;
using CineLedger.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Tests.Web;

/// <summary>Tests what keys permit by their scopes, when they expire, and that their use is recorded.</summary>
public sealed class KeyScopeTests(ScopedServer served, OpenServer open) : IClassFixture<ScopedServer>, IClassFixture<OpenServer>
{
    private const string Genres = "/api/v1/reports/genres";

    /// <summary>A request for each scope, and its status if the key permits it.</summary>
    private static readonly (string Scope, string Method, string Address, string? Type, HttpStatusCode Status)[] Requests =
    [
        ("read", "GET", Genres, null, HttpStatusCode.OK),
        ("sql", "POST", "/api/v1/sql", "application/sql", HttpStatusCode.OK),
        ("push", "POST", "/api/v1/movies", "text/plain", HttpStatusCode.UnsupportedMediaType),
        ("load", "POST", "/api/v1/loads", "text/plain", HttpStatusCode.UnsupportedMediaType),
        ("load", "DELETE", "/api/v1/loads/nothing", null, HttpStatusCode.NotFound),
        ("admin", "GET", "/api/v1/webhooks", null, HttpStatusCode.OK),
        ("admin", "POST", "/api/v1/webhooks", "text/plain", HttpStatusCode.UnsupportedMediaType),
        ("admin", "POST", "/api/v1/webhooks/nothing/rotate", null, HttpStatusCode.NotFound),
        ("admin", "DELETE", "/api/v1/webhooks/nothing", null, HttpStatusCode.NotFound),
    ];

    public static TheoryData<string> Scopes => [.. KeyScopeNames.Known.Select(known => known.Name), "read sql", "read sql push load admin"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task A_key_permits_what_its_scopes_say_and_nothing_else(string scopes)
    {
        var (_, key) = await served.CreateKeyAsync(KeyScopeNames.Parse(scopes));
        await WaitUntilKnownAsync(served, key);
        foreach (var (scope, method, address, type, status) in Requests)
        {
            using var response = await SendAsync(served, method, address, type, key);
            var text = await response.Content.ReadAsStringAsync(Cancel);
            var expected = scopes.Split(' ').Contains(scope) ? status : HttpStatusCode.Forbidden;
            Assert.True(response.StatusCode == expected, $"{scopes}: {method} {address}: {(int)response.StatusCode} {text}");
            Assert.Equal(expected == HttpStatusCode.Forbidden, text.Contains($"this requires {scope} ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_cached_response_needs_the_scope_too()
    {
        var (_, pushing) = await served.CreateKeyAsync(KeyScopes.Push);
        await WaitUntilKnownAsync(served, pushing);
        for (var i = 0; i < 2; i++)
        {
            await served.TextAsync($"{Genres}?limit=3");
        }

        using var response = await SendAsync(served, "GET", $"{Genres}?limit=3", null, pushing);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task On_a_public_server_a_key_permits_at_least_what_needs_none()
    {
        var (_, key) = await open.CreateKeyAsync(KeyScopes.Push);
        await WaitUntilKnownAsync(open, key);
        using var read = await SendAsync(open, "GET", Genres, null, key);
        using var sql = await SendAsync(open, "POST", "/api/v1/sql", "application/sql", key);
        using var load = await SendAsync(open, "POST", "/api/v1/loads", null, key);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden], [read.StatusCode, sql.StatusCode, load.StatusCode]);
    }

    [Fact]
    public void Every_operation_that_is_no_read_requires_another_scope_than_read()
    {
        var changing = served.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Any(method => method is not ("GET" or "HEAD")) == true
            && endpoint.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal)).ToList();
        Assert.True(changing.Count >= 6);
        Assert.All(changing, endpoint => Assert.Contains(endpoint.Metadata.GetMetadata<IAuthorizeData>()?.Policy, (string[])["sql", "push", "load", "admin"]));
    }

    [Fact]
    public async Task An_expired_key_is_refused_with_its_own_message()
    {
        var (_, key) = await served.CreateKeyAsync(KeyScopes.All, DateTime.UtcNow.AddSeconds(2));
        await WaitUntilKnownAsync(served, key);
        await Wait.UntilAsync("the key has expired", async () => (await served.ProblemOrNullAsync(key))?.Contains("the key 'analyst' expired at ", StringComparison.Ordinal) == true);
        using var response = await SendAsync(served, "GET", Genres, null, key);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_use_of_a_key_is_recorded_once_an_hour()
    {
        var (id, key) = await served.CreateKeyAsync();
        var (unused, _) = await served.CreateKeyAsync();
        await WaitUntilKnownAsync(served, key);
        var first = await Wait.ForAsync("the use is recorded", async () => (await served.FindKeyAsync(id)).LastUsedAt, used => used is not null);
        Assert.InRange(first!.Value, DateTime.UtcNow.AddMinutes(-1), DateTime.UtcNow);
        for (var i = 0; i < 20; i++)
        {
            using var response = await SendAsync(served, "GET", Genres, null, key);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        // The use of another key is recorded after whatever the requests above may have recorded.
        var (later, another) = await served.CreateKeyAsync();
        await WaitUntilKnownAsync(served, another);
        await Wait.UntilAsync("the use of another key is recorded", async () => (await served.FindKeyAsync(later)).LastUsedAt is not null);
        Assert.Equal((first, null), ((await served.FindKeyAsync(id)).LastUsedAt, (await served.FindKeyAsync(unused)).LastUsedAt));
    }

    private static async Task<HttpResponseMessage> SendAsync(ServedLedger server, string method, string address, string? type, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), address);
        request.Headers.Add("X-Api-Key", key);
        request.Headers.Add("Test-From", "192.0.2.7");
        request.Content = type is null ? null : new StringContent("SELECT 1", Encoding.UTF8, type);
        return await server.Client.SendAsync(request, Cancel);
    }

    /// <summary>Servers reread the keys within two seconds.</summary>
    private static Task WaitUntilKnownAsync(ServedLedger server, string key) => Wait.UntilAsync("the key is known", async () =>
    {
        using var response = await SendAsync(server, "GET", "/api/v1/webhooks", null, key);
        return response.StatusCode != HttpStatusCode.Unauthorized;
    });
}

/// <summary>A server with SQL that is not public.</summary>
public sealed class ScopedServer : InProcessServer
{
    protected override WebOptions Options => base.Options with { AllowsSql = true, RatePerMinute = 0 };

    public async Task<AccessKey> FindKeyAsync(string id) => (await StoreEngine.Get(Store).CreateKeyStore(Store).ListAsync(default)).Single(key => key.Id == id);

    /// <summary>Returns the problem document that a key gets; null if it is valid.</summary>
    public async Task<string?> ProblemOrNullAsync(string key)
    {
        using var response = await SendAsync("/api/v1/reports/genres", ("X-Api-Key", key));
        return response.IsSuccessStatusCode ? null : await response.Content.ReadAsStringAsync();
    }
}
