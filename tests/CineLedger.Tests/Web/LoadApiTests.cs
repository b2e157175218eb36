using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage.Operations;
using CineLedger.Tests.Support;
using CineLedger.Web;

namespace CineLedger.Tests.Web;

/// <summary>Tests loads that are started over HTTP.</summary>
public sealed class LoadApiTests : IAsyncLifetime
{
    private const string Loads = "/api/v1/loads";
    private readonly LoadingServer _served = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task A_load_is_accepted_runs_in_the_background_and_reports_what_it_published()
    {
        _served.Write("third.csv", ServedMovies.Third);
        var ended = await LoadAsync(new { source = "third.csv", maxRejects = 1 });
        Assert.Equal(("published", 3), (ended.GetProperty("state").GetString(), ended.GetProperty("snapshot").GetInt32()));
        var summary = ended.GetProperty("summary");
        Assert.Equal((1, 11), (summary.GetProperty("added").GetInt32(), summary.GetProperty("movies").GetInt32()));
        Assert.Contains(summary.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("rule").GetString() == "invalid-number" && finding.GetProperty("count").GetInt32() == 1);
        Assert.Equal("loading", ended.GetProperty("progress").GetProperty("stage").GetString());
        Assert.Equal(11, ended.GetProperty("progress").GetProperty("records").GetInt32());
        Assert.Equal(3, (await _served.JsonAsync("/api/v1/movies")).GetProperty("meta").GetProperty("snapshot").GetInt32());

        Assert.Equal("unchanged", (await LoadAsync(new { source = "third.csv", maxRejects = 1 })).GetProperty("state").GetString());
        var all = (await _served.JsonAsync(Loads)).GetProperty("data").EnumerateArray().Select(load => $"{load.GetProperty("state")} {load.GetProperty("snapshot")}").ToList();
        Assert.Equal(["unchanged 3", "published 3", "published 2", "published 1"], all);

        // The original file is archived once.
        Assert.Equal(await File.ReadAllBytesAsync(_served.GetPath("third.csv"), Cancel),
            await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(Path.Combine(_served.ArchiveFolder, "objects"), "*", SearchOption.AllDirectories)), Cancel));
        Assert.Equal(10, (await _served.JsonAsync($"{Loads}/snapshot-2")).GetProperty("data").GetProperty("summary").GetProperty("movies").GetInt32());
    }

    [Fact]
    public async Task A_load_that_a_quality_gate_holds_back_or_that_fails_says_why_in_one_line_and_publishes_nothing()
    {
        _served.Write("one.csv", [ServedMovies.First[0]]);
        File.WriteAllText(_served.GetPath("bad.csv"), "no,dataset\n1,2\n");
        var gated = await LoadAsync(new { source = "one.csv" });
        Assert.Equal("gated", gated.GetProperty("state").GetString());
        Assert.Contains("lacks 9 of the ledger's 10 movies", gated.GetProperty("error").GetString(), StringComparison.Ordinal);
        var failed = await LoadAsync(new { source = "bad.csv" });
        Assert.Equal("failed", failed.GetProperty("state").GetString());
        Assert.DoesNotContain('\n', failed.GetProperty("error").GetString()!);
        Assert.Equal(2, _served.Pool.Newest!.Id);
        Assert.Equal("published", (await LoadAsync(new { source = "one.csv", allowShrink = true })).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("{\"adult\":false,\"id\":862,\"original_title\":\"Toy Story\",\"popularity\":1.5,\"video\":false}\n", "gated", "daily ID export")]
    [InlineData("<html>Log in</html>", "failed", "a web page")]
    public async Task A_file_of_another_kind_is_refused_before_anything_is_written(string text, string state, string reason)
    {
        File.WriteAllText(_served.GetPath("movies.json"), text);
        var refused = await LoadAsync(new { source = "movies.json", allowShrink = true, maxRejects = 1 });
        Assert.Equal(state, refused.GetProperty("state").GetString());
        Assert.Contains(reason, refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, _served.Pool.Newest!.Id);
    }

    [Fact]
    public async Task While_one_load_runs_another_is_a_conflict_and_one_that_another_program_runs_is_busy()
    {
        _served.Write("third.csv", ServedMovies.Third);
        await using (await _served.Pool.OpenForLoadAsync(wait: false, Cancel))
        {
            var busy = await LoadAsync(new { source = "third.csv", maxRejects = 1 });
            Assert.Equal("busy", busy.GetProperty("state").GetString());
            Assert.Contains("is being loaded", busy.GetProperty("error").GetString(), StringComparison.Ordinal);
        }

        await using var slow = new SlowSource();
        using var first = await PostAsync(new { source = slow.Address });
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        using var second = await PostAsync(new { source = "third.csv" });
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains(first.Headers.Location!.ToString(), await second.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await _served.TextAsync("/api/v1/reports/genres");
    }

    [Fact]
    public async Task Stopping_the_server_cancels_a_load_and_nothing_is_published()
    {
        await using var slow = new SlowSource();
        using var taken = await PostAsync(new { source = slow.Address });
        await slow.Requested.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await _served.EndAsync();
        Assert.Equal(2, _served.Pool.Newest!.Id);
    }

    [Fact]
    public async Task A_load_that_fetches_its_source_is_canceled_on_record_and_the_next_one_can_start()
    {
        await using var slow = new SlowSource();
        using var taken = await PostAsync(new { source = slow.Address });
        await slow.Requested.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        using var canceled = await _served.Client.DeleteAsync(taken.Headers.Location, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, canceled.StatusCode);
        var ended = await EndAsync(taken);
        Assert.Equal(("cancelled", "it was canceled by analyst; nothing was published."), (ended.GetProperty("state").GetString(), ended.GetProperty("error").GetString()));
        Assert.Equal(2, _served.Pool.Newest!.Id);

        // The ledger's own record, without what this server remembers.
        await _served.RestartAsync();
        Assert.Equal("cancelled", (await _served.JsonAsync(taken.Headers.Location!.ToString())).GetProperty("data").GetProperty("state").GetString());
        _served.Write("third.csv", ServedMovies.Third);
        Assert.Equal("published", (await LoadAsync(new { source = "third.csv", maxRejects = 1 })).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_load_is_canceled_while_it_reads_and_publishes_nothing()
    {
        _served.WriteLarge("large.csv");
        using var taken = await PostAsync(new { source = "large.csv", accept = QualityGates.AllNames });
        Assert.True(taken.StatusCode == HttpStatusCode.Accepted, await taken.Content.ReadAsStringAsync(Cancel));
        await Wait.ForAsync(
            "records are read",
            async () => (await _served.JsonAsync(taken.Headers.Location!.ToString())).GetProperty("data"),
            load => load.GetProperty("endedAt").ValueKind != JsonValueKind.Null
                || (load.GetProperty("progress") is { ValueKind: JsonValueKind.Object } progress && progress.GetProperty("records").GetInt64() > 0));
        using var canceled = await _served.Client.DeleteAsync(taken.Headers.Location, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, canceled.StatusCode);
        Assert.Equal("cancelled", (await EndAsync(taken)).GetProperty("state").GetString());
        Assert.Equal(2, _served.Pool.Newest!.Id);
    }

    [Fact]
    public async Task The_limits_of_sources_apply_to_loads_over_HTTP()
    {
        _served.Sources = SourceOptions.Default with { MaxBytes = 1024, FetchTimeout = TimeSpan.FromMilliseconds(500) };
        await _served.RestartAsync();
        _served.Write("third.csv", ServedMovies.Third);
        var large = await LoadAsync(new { source = "third.csv" });
        Assert.Contains("larger than 1 KB, the limit for a source", large.GetProperty("error").GetString(), StringComparison.Ordinal);
        await using var slow = new SlowSource();
        var late = await LoadAsync(new { source = slow.Address });
        Assert.Equal("failed", late.GetProperty("state").GetString());
        Assert.Contains("not complete after 0.5 s", late.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_running_load_of_this_server_can_be_canceled_and_only_by_an_administrator()
    {
        _served.Write("third.csv", ServedMovies.Third);
        using var taken = await PostAsync(new { source = "third.csv", maxRejects = 1 });
        await EndAsync(taken);
        var other = LoadRecord.Begin(LoadTrigger.Command, "a.zip", DateTime.UtcNow) with { Node = "elsewhere:1" };
        await using (var writer = await _served.Pool.RentWriterAsync(Cancel))
        {
            await LoadRows.InsertAsync(writer.Connection, other, Cancel);
        }

        var (_, reader) = await _served.CreateKeyAsync();
        await Wait.ForAsync("the new key applies, which does not permit to cancel loads", () => DeleteAsync(taken.Headers.Location!, reader), status => status == HttpStatusCode.Forbidden);
        foreach (var (address, status, reason) in ((string, HttpStatusCode, string)[])[
            (taken.Headers.Location!.ToString(), HttpStatusCode.Conflict, "has ended already"),
            ($"{Loads}/snapshot-1", HttpStatusCode.Conflict, "has ended already"),
            ($"{Loads}/{other.Id}", HttpStatusCode.Conflict, "is run by another process, elsewhere:1"),
            ($"{Loads}/unknown", HttpStatusCode.NotFound, "there is no load")])
        {
            using var response = await _served.Client.DeleteAsync(address, Cancel);
            Assert.Equal(status, response.StatusCode);
            Assert.Contains(reason, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("../movies.duckdb", "outside")]
    [InlineData("/etc/passwd", "outside")]
    [InlineData("file:///etc/passwd", "outside")]
    [InlineData("a/../../movies.duckdb", "outside")]
    [InlineData("out.csv", "outside")]
    [InlineData("away/passwd", "outside")]
    [InlineData("linked", "is a link to a place outside")]
    [InlineData("nothing.zip", "does not exist")]
    [InlineData("-", "standard input")]
    [InlineData("s3://bucket/x", "S3 sources are not allowed")]
    [InlineData("", "is empty")]
    public async Task Files_may_only_be_named_inside_one_folder_even_through_links(string source, string reason)
    {
        File.CreateSymbolicLink(_served.GetPath("out.csv"), "/etc/passwd");
        Directory.CreateSymbolicLink(_served.GetPath("away"), "/etc");
        Directory.CreateDirectory(_served.GetPath("linked"));
        File.CreateSymbolicLink(_served.GetPath("linked/movies_metadata.csv"), "/etc/passwd");
        using var response = await PostAsync(new { source });
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal((HttpStatusCode.BadRequest, "source"), (response.StatusCode, problem.GetProperty("parameter").GetString()));
        Assert.Contains(reason, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("{", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"source":1}""", 400)]
    [InlineData("""{"source":null}""", 400)]
    [InlineData("""{"source":"a","source":"b"}""", 400)]
    [InlineData("""{"source":"a","allowshrink":true}""", 400)]
    [InlineData("""{"source":"a","maxRejects":2}""", 400)]
    [InlineData("""{"source":"a","years":"2016"}""", 400)]
    [InlineData("""{"source":"a","merge":true,"years":"16"}""", 400)]
    [InlineData("""{"source":"a","only":["actors"]}""", 400)]
    [InlineData("""{"source":"a","only":[null]}""", 400)]
    [InlineData("""{"source":"a","only":["actors"],"skip":["ratings"]}""", 400)]
    public async Task An_invalid_body_is_an_error_and_starts_nothing(string body, int status)
    {
        _served.Write("a", ServedMovies.First);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _served.Client.PostAsync(Loads, content, Cancel);
        Assert.Equal(("application/problem+json", status), (response.Content.Headers.ContentType?.MediaType, (int)response.StatusCode));
        Assert.Equal(2, (await _served.JsonAsync(Loads)).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task A_wrong_content_type_a_huge_body_an_unknown_load_and_an_unknown_parameter_are_errors()
    {
        using var text = new StringContent("source=a");
        using var other = await _served.Client.PostAsync(Loads, text, Cancel);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, other.StatusCode);
        using var large = await PostAsync(new { source = new string('a', 100_000) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _served.ProblemAsync($"{Loads}/snapshot-9")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _served.ProblemAsync($"{Loads}?state=failed")).Status);
    }

    [Fact]
    public async Task A_server_that_only_reads_says_so()
    {
        await using var served = new ReadOnlyServer();
        await served.InitializeAsync();
        foreach (var (address, body) in ((string, object)[])[(Loads, new { source = "a" }), ("/api/v1/webhooks", new { url = "https://example.com" })])
        {
            using var response = await served.Client.PostAsJsonAsync(address, body, Cancel);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Contains("/problems/read-only", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.Empty((await served.JsonAsync("/api/v1/webhooks")).GetProperty("data").EnumerateArray());
    }

    private Task<HttpResponseMessage> PostAsync(object body) => _served.Client.PostAsJsonAsync(Loads, body, Cancel);

    /// <summary>Starts a load and waits until it has ended.</summary>
    private async Task<JsonElement> LoadAsync(object body)
    {
        using var taken = await PostAsync(body);
        Assert.True(taken.StatusCode == HttpStatusCode.Accepted, await taken.Content.ReadAsStringAsync(Cancel));
        return await EndAsync(taken);
    }

    private async Task<HttpStatusCode> DeleteAsync(Uri load, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, load) { Headers = { Authorization = new("Bearer", key) } };
        using var response = await _served.Client.SendAsync(request, Cancel);
        return response.StatusCode;
    }

    private Task<JsonElement> EndAsync(HttpResponseMessage taken) => Wait.ForAsync(
        "the load has ended",
        async () => (await _served.JsonAsync(taken.Headers.Location!.ToString())).GetProperty("data"),
        load => load.GetProperty("endedAt").ValueKind != JsonValueKind.Null);

    private sealed class LoadingServer : InProcessServer
    {
        protected override bool IsAdministratorClient => true;

        protected override WebOptions Options => base.Options with { SourceFolder = GetPath(""), AllowsPrivateTargets = true, Archive = ArchiveFolder, Sources = Sources };

        /// <summary>The limits of sources. Set before the server is restarted.</summary>
        public SourceOptions Sources { get; set; } = SourceOptions.Default;

        public string ArchiveFolder => Path.Combine(Folder, "archive");

        public string GetPath(string name) => Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "datasets")).FullName, name);

        /// <summary>Writes so many movies that a load takes seconds.</summary>
        public void WriteLarge(string name) => Write(name, [.. Enumerable.Range(1_000_001, 100_000).Select(id => MovieFile.Varied(id))]);

        public void Write(string name, MovieRow[] movies) => File.WriteAllText(GetPath(name), MovieFile.Text(movies));
    }

    private sealed class ReadOnlyServer : InProcessServer
    {
        protected override bool IsReadOnly => true;

        protected override bool IsAdministratorClient => true;
    }
}
