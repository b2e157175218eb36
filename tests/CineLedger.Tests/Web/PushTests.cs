using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CineLedger.Tests.Support;
using CineLedger.Web;
using CineLedger.Web.Pushes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Web;

/// <summary>Tests pushes of single movies over HTTP.</summary>
public sealed class PushTests : IAsyncLifetime
{
    private const string Movies = "/api/v1/movies";
    private readonly PushServer _served = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task A_push_is_answered_once_readable_with_the_outcome_of_each_record()
    {
        var response = await PushAsync(
            """
            {"id": 5000, "title": "Pushed", "release_date": "2024-05-01", "budget": "GATORADE", "revenue": 5000000, "genres": [{"id": 18, "name": "Drama"}]}
            {"id": 862, "title": "Toy Story", "release_date": "1995-10-30"}
            {"id": 31337, "deleted": true}
            nonsense
            """);
        Assert.Equal((3, true, 4, 1, 1, 0, 1, 1), Counts(response));
        Assert.Equal(
            ["1|reject|invalid-number|5000|budget|GATORADE", "4|reject|invalid-json|||nonsense"],
            ServedLedger.Rows(JsonDocument.Parse($"{{\"data\":{response.GetProperty("findings")}}}").RootElement));
        Assert.Equal((2, 3), (response.GetProperty("findingCount").GetInt32(), _served.Pool.Newest!.Id));
        Assert.Equal("Pushed", (await _served.JsonAsync($"{Movies}/5000")).GetProperty("data").GetProperty("movie").GetProperty("title").GetString());
        Assert.Equal(2, (await _served.JsonAsync(response.GetProperty("allFindings").GetString()!)).GetProperty("data").GetArrayLength());

        var removed = await PushAsync("""{"id": 5000, "deleted": true}""");
        Assert.Equal((4, true, 1, 0, 0, 1, 0, 0), Counts(removed));
        Assert.Equal(HttpStatusCode.NotFound, (await _served.ProblemAsync($"{Movies}/5000")).Status);
        Assert.Equal((4, false, 1, 0, 0, 0, 1, 0), Counts(await PushAsync("""{"id": 5000, "deleted": true}""")));

        // Pushes are not loads, so they are not in the list of loads.
        Assert.Equal([2, 1], (await _served.JsonAsync("/api/v1/loads")).GetProperty("data").EnumerateArray().Select(load => load.GetProperty("snapshot").GetInt32()));
    }

    [Fact]
    public async Task Simultaneous_pushes_share_a_snapshot_and_each_gets_its_own_counts()
    {
        await using var served = new PushServer(TimeSpan.FromSeconds(1), new FakeTimeProvider(DateTimeOffset.UtcNow));
        await served.InitializeAsync();
        var pushes = Enumerable.Range(1, 20).Select(i => PushAsync($"{{\"id\": {7000 + i}, \"title\": \"Movie {i}\", \"release_date\": \"2001-05-01\"}}\n{(i % 2 == 0 ? "nonsense" : "")}\n", served)).ToList();
        await Wait.UntilAsync("all pushes are queued", () => served.Service<PushQueue>().WaitingRecords == 30);
        await Wait.UntilAsync("all pushes have a response", () =>
        {
            served.Time!.Advance(TimeSpan.FromSeconds(1));
            return pushes.TrueForAll(push => push.IsCompleted);
        });
        var answers = await Task.WhenAll(pushes);
        Assert.All(answers, response => Assert.Equal(3, response.GetProperty("snapshot").GetInt32()));
        Assert.Equal(10, answers.Sum(response => response.GetProperty("rejected").GetInt32()));
        Assert.Equal(20, served.Pool.Newest!.Added);
        foreach (var response in answers.Where(response => response.GetProperty("rejected").GetInt32() > 0))
        {
            Assert.Equal(1, (await served.JsonAsync(response.GetProperty("allFindings").GetString()!)).GetProperty("data").GetArrayLength());
        }
    }

    [Fact]
    public async Task A_damaged_push_is_stopped_with_a_problem_and_can_be_accepted()
    {
        await PushAsync(await VariedAsync(id => Varied(id)));
        var damaged = await VariedAsync(id => Varied(id, ("budget", "0")));
        using var stopped = await SendAsync(damaged, "k-1");
        var problem = JsonDocument.Parse(await stopped.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json", "/problems/gated"), (stopped.StatusCode, stopped.Content.Headers.ContentType!.MediaType, problem.GetProperty("type").GetString()));
        Assert.StartsWith("budget is no longer known for 60 of 60 changed movies that had it (", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("nothing was published. If the movies are correct, send the push again with ?accept=coverage.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(("coverage", "budget"), (problem.GetProperty("violations")[0].GetProperty("gate").GetString(), problem.GetProperty("violations")[0].GetProperty("column").GetString()));
        Assert.Equal(3, _served.Pool.Newest!.Id);
        var load = (await _served.JsonAsync("/api/v1/loads?trigger=push")).GetProperty("data")[0];
        Assert.Equal(("gated", "push/k-1"), (load.GetProperty("state").GetString(), load.GetProperty("source").GetString()));
        Assert.Contains("cineledger_load_gates_total{gate=\"coverage\",result=\"stopped\"}", await _served.TextAsync("/metrics"), StringComparison.Ordinal);

        using var unknown = await SendAsync(damaged, "k-1", "?accept=covrage");
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var accepted = await SendAsync(damaged, "k-1", "?accept=names,coverage");
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        Assert.Equal((4, 60), (_served.Pool.Newest!.Id, _served.Pool.Newest.Changed));
        load = (await _served.JsonAsync("/api/v1/loads?trigger=push")).GetProperty("data")[0];
        Assert.Equal(("published", 4), (load.GetProperty("state").GetString(), load.GetProperty("snapshot").GetInt32()));
        Assert.Equal("analyst", load.GetProperty("violations")[0].GetProperty("acceptedBy").GetString());
    }

    [Fact]
    public async Task A_damaged_push_does_not_stop_others_that_share_its_snapshot()
    {
        await using var served = new PushServer(TimeSpan.FromSeconds(1), new FakeTimeProvider(DateTimeOffset.UtcNow));
        await served.InitializeAsync();
        string[] bodies = ["""{"id": 7001, "title": "First"}""", await VariedAsync(id => Bare(1_000 + id)), """{"id": 7002, "title": "Second"}"""];
        var pushes = new List<Task<HttpResponseMessage>>();
        foreach (var body in bodies)
        {
            using var request = Request(Encoding.UTF8.GetBytes(body), null, null);
            pushes.Add(served.Client.SendAsync(request, Cancel));
            await Wait.UntilAsync("the push is queued", () => served.Service<PushQueue>().WaitingRecords == bodies.Take(pushes.Count).Sum(sent => sent.Trim().Split('\n').Length));
        }

        await Wait.UntilAsync("all pushes have a response", () =>
        {
            served.Time!.Advance(TimeSpan.FromSeconds(1));
            return pushes.TrueForAll(push => push.IsCompleted);
        });
        Assert.Equal([200, 422, 200], (await Task.WhenAll(pushes)).Select(response => (int)response.StatusCode));
        Assert.Equal((4, 1), (served.Pool.Newest!.Id, served.Pool.Newest.Added));
    }

    [Fact]
    public async Task A_push_with_a_key_is_idempotent_even_after_a_restart()
    {
        var (first, repeated) = await PushWithKeyAsync("k-1", """{"id": 7001, "title": "Once"}""");
        Assert.False(repeated);
        await PushAsync("""{"id": 7001, "title": "Changed since"}""");
        Assert.Equal((first, true), await PushWithKeyAsync("k-1", """{"id": 7001, "title": "Once"}"""));
        await _served.RestartAsync();
        Assert.Equal((first, true), await PushWithKeyAsync("k-1", """{"id": 7001, "title": "Once"}"""));
        Assert.Equal("Changed since", (await _served.JsonAsync($"{Movies}/7001")).GetProperty("data").GetProperty("movie").GetProperty("title").GetString());
        Assert.Equal(4, _served.Pool.Newest!.Id);

        using var other = await SendAsync("""{"id": 7002}""", "k-1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Contains("/problems/key-reused", await other.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(4, _served.Pool.Newest!.Id);
    }

    [Fact]
    public async Task Two_concurrent_requests_with_the_same_key_are_one_push()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(_ => PushWithKeyAsync("twice", """{"id": 7001, "title": "Once"}""")));
        Assert.Single(answers.Select(response => response.Answer).Distinct());
        Assert.Equal((3, 1), (_served.Pool.Newest!.Id, _served.Pool.Newest.Records));
    }

    [Fact]
    public async Task A_gzipped_body_is_unpacked_and_an_invalid_one_is_refused()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 2_000).Select(i => $"{{\"id\": {7000 + i}, \"title\": \"Movie {i}\", \"release_date\": \"2001-05-01\"}}\n"))), Cancel);
        }

        using var taken = await SendAsync(packed.ToArray(), null, "gzip");
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(2_000, _served.Pool.Newest!.Added);
        using var cut = await SendAsync(packed.ToArray()[..^100], null, "gzip");
        using var none = await SendAsync("{\"id\": 1}"u8.ToArray(), null, "gzip");
        using var other = await SendAsync("{\"id\": 1}"u8.ToArray(), null, "br");
        Assert.Equal([400, 400, 415], ((HttpResponseMessage[])[cut, none, other]).Select(response => (int)response.StatusCode).ToArray());
        Assert.Equal(3, _served.Pool.Newest!.Id);
    }

    [Theory]
    [InlineData("", 400, "is empty")]
    [InlineData("\n \n", 400, "is empty")]
    [InlineData("hello", 400, "no line is a JSON object")]
    [InlineData("[{\"id\": 1},\n{\"id\": 2}]", 400, "no line is a JSON object")]
    [InlineData("{\"adult\":false,\"id\":862,\"original_title\":\"Toy Story\",\"popularity\":1.5,\"video\":false}", 400, "daily ID export: IDs, titles and popularity only")]
    [InlineData("{\"page\":1,\"results\":[{\"id\":862,\"genre_ids\":[16],\"title\":\"Toy Story\"}]}", 400, "a list from TMDB")]
    [InlineData("<!DOCTYPE html>\n<html></html>", 400, "a web page")]
    public async Task A_body_without_a_movie_is_rejected(string body, int status, string reason)
    {
        using var response = await SendAsync(body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(2, _served.Pool.Newest!.Id);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_compressed_or_not_and_nothing_is_written()
    {
        var large = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 40_000).Select(i => $"{{\"id\": {7000 + i}, \"title\": \"Movie number {i} of many\"}}\n")));
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(large, Cancel);
        }

        using var plain = await SendAsync(large, null);
        using var zipped = await SendAsync(packed.ToArray(), null, "gzip");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (plain.StatusCode, zipped.StatusCode));
        Assert.Equal(2, _served.Pool.Newest!.Id);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("ü")]
    [InlineData("a/b")]
    public async Task An_invalid_idempotency_key_is_refused(string key)
    {
        using var response = await SendAsync("""{"id": 7002}""", key);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_push_waits_for_another_writer_and_then_is_refused()
    {
        Task<HttpResponseMessage> waiting;
        await using (await _served.Pool.OpenForLoadAsync(wait: false, Cancel))
        {
            using var late = await SendAsync("""{"id": 7001, "title": "Too late"}""", "late");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
            Assert.True(late.Headers.RetryAfter!.Delta > TimeSpan.Zero);
            waiting = SendAsync("""{"id": 7002, "title": "In time"}""");
            await WaitUntilTakenAsync(_served);
        }

        using var taken = await waiting;
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal((3, 1), (_served.Pool.Newest!.Id, _served.Pool.Newest.Added));
        Assert.Equal(4, (await PushAsync("""{"id": 7001, "title": "Too late"}""")).GetProperty("snapshot").GetInt32());
    }

    [Fact]
    public async Task An_accepted_push_survives_a_server_restart()
    {
        await using var patient = new PushServer(TimeSpan.FromMinutes(1));
        await patient.InitializeAsync();
        using var request = Request("{\"id\": 7001}"u8.ToArray(), null, null);
        var pushed = patient.Client.SendAsync(request, Cancel);
        await WaitUntilTakenAsync(patient);
        Assert.False(pushed.IsCompleted);
        await patient.EndAsync();
        using var response = await pushed;
        Assert.Equal((HttpStatusCode.OK, "3"), (response.StatusCode, response.Headers.GetValues("Ledger-Snapshot").Single()));
    }

    [Fact]
    public async Task Only_administrators_push()
    {
        var (_, reader) = await _served.CreateKeyAsync();
        using var request = Request("{\"id\": 1}"u8.ToArray(), null, null);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", reader);
        using var response = await _served.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static Task WaitUntilTakenAsync(PushServer served) => Wait.UntilAsync("a push is queued", () => served.Service<PushQueue>().WaitingRecords == 1);

    private static (int Snapshot, bool Published, int Received, int Added, int Changed, int Removed, int Unchanged, int Rejected) Counts(JsonElement response) => (
        response.GetProperty("snapshot").GetInt32(), response.GetProperty("published").GetBoolean(), response.GetProperty("received").GetInt32(), response.GetProperty("added").GetInt32(),
        response.GetProperty("changed").GetInt32(), response.GetProperty("removed").GetInt32(), response.GetProperty("unchanged").GetInt32(), response.GetProperty("rejected").GetInt32());

    private async Task<JsonElement> PushAsync(string body, PushServer? served = null) =>
        JsonDocument.Parse((await PushWithKeyAsync(null, body, served)).Answer).RootElement.GetProperty("data");

    private async Task<(string Answer, bool Repeated)> PushWithKeyAsync(string? key, string body, PushServer? served = null)
    {
        using var request = Request(Encoding.UTF8.GetBytes(body), key, null);
        using var response = await (served ?? _served).Client.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal(JsonDocument.Parse(text).RootElement.GetProperty("data").GetProperty("snapshot").ToString(), response.Headers.GetValues("Ledger-Snapshot").Single());
        return (text, response.Headers.Contains("Idempotency-Replayed"));
    }

    private static async Task<string> VariedAsync(Func<long, MovieRow> create) =>
        CleanedJson.Lines((await CleanedFile.CreateAsync([.. Enumerable.Range(1, 60).Select(id => create(id))])).Movies);

    private Task<HttpResponseMessage> SendAsync(string body, string? key = null, string query = "") => SendAsync(Encoding.UTF8.GetBytes(body), key, query: query);

    private async Task<HttpResponseMessage> SendAsync(byte[] body, string? key, string? encoding = null, string query = "")
    {
        using var request = Request(body, key, encoding, query);
        return await _served.Client.SendAsync(request, Cancel);
    }

    private static HttpRequestMessage Request(byte[] body, string? key, string? encoding, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Movies + query) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return request;
    }

    private sealed class PushServer(TimeSpan? window = null, FakeTimeProvider? time = null) : InProcessServer
    {
        public FakeTimeProvider? Time => time;

        protected override bool IsAdministratorClient => true;

        protected override WebOptions Options => base.Options with
        {
            PushWindow = window ?? TimeSpan.FromMilliseconds(10),
            PushTimeout = TimeSpan
            .FromSeconds(1),
            MaxPushBytes = 1 << 20
        };

        protected override void Configure(WebApplicationBuilder builder)
        {
            if (time is not null)
            {
                builder.Services.AddSingleton<TimeProvider>(time);
            }
        }
    }
}
