using System.Net;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web;

/// <summary>Who may do what: from this machine, from another, with a key and without.</summary>
public sealed class AccessTests(InProcessServer served, OpenServer open) : IClassFixture<InProcessServer>, IClassFixture<OpenServer>
{
    private const string Genres = "/api/v1/reports/genres";
    private static readonly (string, string) Elsewhere = ("Test-From", "192.0.2.7");

    [Theory]
    [InlineData("127.0.0.1", "localhost:5080", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "LOCALHOST", HttpStatusCode.OK)]
    [InlineData("127.8.9.1", "127.0.0.1:5080", HttpStatusCode.OK)]
    [InlineData("::1", "[::1]:5080", HttpStatusCode.OK)]
    [InlineData("::ffff:127.0.0.1", "localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", "films.example", HttpStatusCode.Unauthorized)]
    [InlineData("127.0.0.1", "localhost.films.example", HttpStatusCode.Unauthorized)]
    [InlineData("127.0.0.1", "192.0.2.7:5080", HttpStatusCode.Unauthorized)]
    [InlineData("192.0.2.7", "localhost", HttpStatusCode.Unauthorized)]
    [InlineData("::ffff:192.0.2.7", "localhost", HttpStatusCode.Unauthorized)]
    [InlineData("2001:db8::1", "[::1]", HttpStatusCode.Unauthorized)]
    [InlineData("10.0.0.1", "10.0.0.1", HttpStatusCode.Unauthorized)]
    public async Task Without_a_key_only_this_machine_reads_and_only_under_a_name_of_its_own(string from, string host, HttpStatusCode status)
    {
        using var response = await served.SendAsync(Genres, ("Test-From", from), ("Host", host));
        Assert.Equal(status, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("x-forwarded-host", "localhost")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Whoever_comes_through_a_proxy_is_not_of_this_machine_and_no_header_makes_one_so(string header, string value)
    {
        using var here = await served.SendAsync(Genres, (header, value));
        using var there = await served.SendAsync(Genres, (header, value), Elsewhere);
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], [here.StatusCode, there.StatusCode]);
    }

    [Theory]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("Authorization", "bearer {0}")]
    [InlineData("X-Api-Key", "{0}")]
    public async Task A_key_reads_from_anywhere(string header, string form)
    {
        var (_, key) = await served.MakeKeyAsync();
        await ReachesAsync(key, HttpStatusCode.OK);
        using var response = await served.SendAsync($"{Genres}?limit=1", Elsewhere, (header, string.Format(null, form, key)));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task What_is_in_memory_already_is_given_to_nobody_who_may_not_read()
    {
        var tag = default(string);
        for (var i = 0; i < 2; i++)
        {
            using var mine = await served.SendAsync($"{Genres}?limit=2");
            tag = mine.Headers.ETag!.ToString();
        }

        var (status, problem) = await served.ProblemAsync($"{Genres}?limit=2", Elsewhere);
        using var tagged = await served.SendAsync($"{Genres}?limit=2", Elsewhere, ("If-None-Match", tag!));
        Assert.Equal((HttpStatusCode.Unauthorized, "/problems/unauthorized"), (status, problem.GetProperty("type").GetString()));
        Assert.Equal(HttpStatusCode.Unauthorized, tagged.StatusCode);
        Assert.False(tagged.Headers.Contains("Ledger-Snapshot"));
    }

    [Fact]
    public async Task A_refusal_says_how_to_ask()
    {
        using var without = await served.SendAsync(Genres, Elsewhere);
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
    public async Task A_longer_key_than_there_are_is_none()
    {
        using var response = await served.SendAsync(Genres, ("X-Api-Key", new string('k', 5_000)));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Health_is_told_to_everybody()
    {
        foreach (var address in (string[])["/health/live", "/health/ready"])
        {
            using var response = await served.SendAsync(address, Elsewhere, ("Authorization", "Bearer wrong"));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_public_server_is_read_by_anybody() => Assert.Equal(HttpStatusCode.OK, (await open.SendAsync(Genres, Elsewhere)).StatusCode);

    [Fact]
    public async Task Making_and_revoking_a_key_is_heard_of_within_seconds()
    {
        var (id, key) = await served.MakeKeyAsync();
        await ReachesAsync(key, HttpStatusCode.OK);
        Assert.True(await served.RevokeAsync(id));
        await ReachesAsync(key, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Where_a_key_was_needed_no_shared_cache_keeps_the_answer()
    {
        var (_, key) = await served.MakeKeyAsync();
        var (_, openKey) = await open.MakeKeyAsync();
        await ReachesAsync(key, HttpStatusCode.OK);
        await ReachesAsync(open, openKey, HttpStatusCode.OK);
        using var newest = await served.SendAsync(Genres, Elsewhere, ("X-Api-Key", key));
        using var permanent = await served.SendAsync($"{Genres}?snapshot=1", Elsewhere, ("X-Api-Key", key));
        using var notModified = await served.SendAsync(Genres, Elsewhere, ("X-Api-Key", key), ("If-None-Match", newest.Headers.ETag!.ToString()));
        using var local = await served.SendAsync(Genres);
        using var ofPublic = await open.SendAsync(Genres, Elsewhere, ("X-Api-Key", openKey));
        Assert.Equal(
            ["no-cache, private", "max-age=31536000, private, immutable", "no-cache, private", "public, no-cache", "public, no-cache"],
            [.. new[] { newest, permanent, notModified, local, ofPublic }.Select(response => response.Headers.CacheControl!.ToString())]);
        Assert.Equal(HttpStatusCode.NotModified, notModified.StatusCode);
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_let_nobody_in_by_one_and_all_else_goes_on()
    {
        await using var broken = new InProcessServer();
        await broken.InitializeAsync();
        var (_, key) = await broken.MakeKeyAsync();
        await File.WriteAllTextAsync($"{broken.Pool.Name}.keys", "{", TestContext.Current.CancellationToken);
        var (status, problem) = await broken.ProblemAsync(Genres, ("X-Api-Key", key));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "/problems/unavailable"), (status, problem.GetProperty("type").GetString()));
        Assert.DoesNotContain(broken.Pool.Name, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await broken.TextAsync(Genres);
    }

    [Fact]
    public async Task What_is_for_administrators_takes_their_key_from_this_machine_too()
    {
        var (_, reader) = await served.MakeKeyAsync();
        var (_, readerOfPublic) = await open.MakeKeyAsync();
        var (_, administrator) = await served.MakeKeyAsync(isAdministrator: true);
        await ReachesAsync(reader, HttpStatusCode.OK);
        await ReachesAsync(administrator, HttpStatusCode.OK);
        await ReachesAsync(open, readerOfPublic, HttpStatusCode.OK);
        (InProcessServer Server, (string, string)[] Headers)[] callers =
        [
            (served, []), (open, [Elsewhere]), (served, [Elsewhere]), (served, [("X-Api-Key", "wrong")]),
            (served, [("X-Api-Key", reader)]), (open, [("X-Api-Key", readerOfPublic)]), (served, [Elsewhere, ("X-Api-Key", administrator)]),
        ];
        Assert.Equal((int[])[401, 401, 401, 401, 403, 403, 200], await Task.WhenAll(callers.Select(caller => StatusAsync(caller, "/api/v1/webhooks"))));
        Assert.Equal((int[])[200, 200, 401, 401, 200, 200, 200], await Task.WhenAll(callers.Select(caller => StatusAsync(caller, Genres))));
        Assert.Equal((int[])[404, 404, 401, 401, 404, 404, 404], await Task.WhenAll(callers.Select(caller => StatusAsync(caller, "/nothing"))));
        Assert.Equal((int[])[200, 200, 200, 200, 200, 200, 200], await Task.WhenAll(callers.Select(caller => StatusAsync(caller, "/health/live"))));
    }

    private static async Task<int> StatusAsync((InProcessServer Server, (string, string)[] Headers) caller, string address)
    {
        using var response = await caller.Server.SendAsync(address, caller.Headers);
        return (int)response.StatusCode;
    }

    private Task<HttpStatusCode> ReachesAsync(string key, HttpStatusCode status) => ReachesAsync(served, key, status);

    private static Task<HttpStatusCode> ReachesAsync(InProcessServer server, string key, HttpStatusCode status) => Wait.ForAsync(
        $"the key is answered with {status}",
        async () =>
        {
            using var response = await server.SendAsync(Genres, Elsewhere, ("X-Api-Key", key));
            return response.StatusCode;
        },
        answered => answered == status);
}
