using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CineLedger.Sources;
using CineLedger.Storage.Keys;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web;

/// <summary>Tests uploads, dry runs over HTTP, and the form of the page that uses both.</summary>
public sealed class UploadTests : IAsyncLifetime
{
    private const string Uploads = "/api/v1/uploads";
    private const string Loads = "/api/v1/loads";
    private readonly UploadServer _served = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Third => MovieFile.Text(ServedMovies.Third);

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task A_file_is_checked_loaded_and_then_deleted()
    {
        var upload = await UploadAsync(Third, "folder/third.csv");
        Assert.Equal(("third.csv", Encoding.UTF8.GetByteCount(Third)), (upload.GetProperty("name").GetString(), upload.GetProperty("bytes").GetInt64()));
        var id = upload.GetProperty("id").GetString();
        Assert.Equal("third.csv", (await _served.JsonAsync($"{Uploads}/{id}")).GetProperty("data").GetProperty("name").GetString());
        Assert.Single(_served.TemporaryFiles);

        var tried = await LoadAsync(new { upload = id, dryRun = true, maxRejects = 1 });
        Assert.Equal("checked", tried.GetProperty("state").GetString());
        var run = tried.GetProperty("dryRun");
        Assert.Equal(("publish", 2, 1), (run.GetProperty("outcome").GetString(), run.GetProperty("comparedWith").GetInt32(), run.GetProperty("counts").GetProperty("added").GetInt32()));
        Assert.Equal("The Movies Dataset", run.GetProperty("files")[0].GetProperty("layout").GetString());
        Assert.Contains(run.GetProperty("findings").EnumerateArray(), rule => rule.GetProperty("rule").GetString() == "invalid-number" && rule.GetProperty("examples")[0].GetProperty("value").GetString() == "GATORADE");
        Assert.Equal(2, _served.Pool.Newest!.Id);
        Assert.Equal(2, (await _served.JsonAsync(Loads)).GetProperty("data").GetArrayLength());

        var loaded = await LoadAsync(new { upload = id, maxRejects = 1 });
        Assert.Equal(("published", 3, "third.csv", "request"),
            (loaded.GetProperty("state").GetString(), loaded.GetProperty("snapshot").GetInt32(), loaded.GetProperty("source").GetString(), loaded.GetProperty("trigger").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await _served.ProblemAsync($"{Uploads}/{id}")).Status);
        Assert.Empty(_served.TemporaryFiles);
    }

    [Fact]
    public async Task A_dry_run_of_an_address_needs_no_upload_and_its_gates_stop_nothing()
    {
        _served.Write("one.csv", [ServedMovies.First[0]]);
        var tried = await LoadAsync(new { source = "one.csv", dryRun = true });
        var run = tried.GetProperty("dryRun");
        Assert.Equal(("gated", 9), (run.GetProperty("outcome").GetString(), run.GetProperty("counts").GetProperty("removed").GetInt32()));
        Assert.Contains(run.GetProperty("violations").EnumerateArray(), violation => violation.GetProperty("gate").GetString() == "shrink");
        Assert.Equal(2, _served.Pool.Newest!.Id);
        using var reader = _served.CreateLocalClient();
        reader.DefaultRequestHeaders.Authorization = new("Bearer", await _served.CreateAppliedKeyAsync(KeyScopes.Ordinary));
        Assert.DoesNotContain("dryRun", await reader.GetStringAsync($"{Loads}/{tried.GetProperty("id").GetString()}", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gated_load_keeps_the_file_so_that_it_can_be_accepted()
    {
        var id = (await UploadAsync(MovieFile.Text(ServedMovies.First[0]), "one.csv")).GetProperty("id").GetString();
        Assert.Equal("gated", (await LoadAsync(new { upload = id })).GetProperty("state").GetString());
        Assert.Equal("published", (await LoadAsync(new { upload = id, accept = new[] { "shrink" }, merge = false })).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_file_of_another_kind_an_empty_one_and_a_large_one_are_refused_in_one_line()
    {
        using var page = await PostAsync($"<!DOCTYPE html><html>{new string(' ', 200_000)}</html>", "page.csv");
        Assert.Equal((HttpStatusCode.BadRequest, true), (page.StatusCode, (await page.Content.ReadAsStringAsync(Cancel)).Contains("page.csv: this is a web page", StringComparison.Ordinal)));
        foreach (var (text, reason) in ((string, string)[])[
            ("", "empty.csv"), ("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 34445126\n", "a Git LFS pointer"), ("a,b\n1,2\n", "neither a zip nor a CSV file of the dataset")])
        {
            var id = (await UploadAsync(text, "empty.csv")).GetProperty("id").GetString();
            var failed = await LoadAsync(new { upload = id, dryRun = true });
            Assert.Equal("failed", failed.GetProperty("state").GetString());
            Assert.Contains(reason, failed.GetProperty("error").GetString(), StringComparison.Ordinal);
            Assert.DoesNotContain('\n', failed.GetProperty("error").GetString()!);
        }

        _served.Sources = SourceOptions.Default with { MaxBytes = 1024, TemporaryFolder = _served.UploadFolder };
        await _served.RestartAsync();
        using var large = await PostAsync(Third, "third.csv");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Contains("larger than 1 KB, the limit for a source", await large.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var endless = new StreamContent(new TrickleStream(Encoding.UTF8.GetBytes(Third)));
        using var stopped = await _served.Client.PostAsync($"{Uploads}?name=x", endless, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, stopped.StatusCode);
        Assert.Empty(_served.TemporaryFiles);
    }

    [Fact]
    public async Task Four_files_are_kept_and_all_are_deleted_with_the_server()
    {
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add((await UploadAsync(Third, $"{i}.csv")).GetProperty("id").GetString()!);
        }

        Assert.Equal(4, _served.TemporaryFiles.Length);
        Assert.Equal(HttpStatusCode.NotFound, (await _served.ProblemAsync($"{Uploads}/{ids[1]}")).Status);
        using var deleted = await _served.Client.DeleteAsync($"{Uploads}/{ids[5]}", Cancel);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var again = await _served.Client.DeleteAsync($"{Uploads}/{ids[5]}", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Equal(3, _served.TemporaryFiles.Length);
        using var unknown = await _served.Client.PostAsJsonAsync(Loads, new { upload = ids[1] }, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("another server received it", await unknown.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var both = await _served.Client.PostAsJsonAsync(Loads, new { upload = ids[2], source = "one.csv" }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, both.StatusCode);
        await _served.EndAsync();
        Assert.Empty(_served.TemporaryFiles);
    }

    [Fact]
    public async Task A_file_expires_after_an_hour()
    {
        var id = (await UploadAsync(Third, "third.csv")).GetProperty("id").GetString();
        _served.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Single(_served.TemporaryFiles);
        _served.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.NotFound, (await _served.ProblemAsync($"{Uploads}/{id}")).Status);
        await Wait.UntilAsync("the file is deleted", () => _served.TemporaryFiles.Length == 0);
    }

    [Theory]
    [InlineData(KeyScopes.Ordinary)]
    [InlineData(KeyScopes.Push)]
    [InlineData(null)]
    public async Task Only_callers_with_the_scope_load_can_upload_or_see_the_page(KeyScopes? scopes)
    {
        using var client = _served.CreateLocalClient();
        if (scopes is { } given)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", await _served.CreateAppliedKeyAsync(given));
        }

        var expected = scopes is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden;
        foreach (var (method, address) in ((HttpMethod, string)[])[
            (HttpMethod.Get, "/load"), (HttpMethod.Post, Uploads), (HttpMethod.Get, $"{Uploads}/x"), (HttpMethod.Delete, $"{Uploads}/x"), (HttpMethod.Get, "/load/x"), (HttpMethod.Post, "/load")])
        {
            using var request = new HttpRequestMessage(method, address) { Content = method == HttpMethod.Post ? new ByteArrayContent([1]) : null };
            using var response = await client.SendAsync(request, Cancel);
            Assert.True(response.StatusCode == expected, $"{method} {address}: {response.StatusCode}");
        }

        Assert.Empty(_served.TemporaryFiles);
        if (scopes is null or KeyScopes.Ordinary)
        {
            Assert.DoesNotContain("href=\"/load\"", await client.GetStringAsync("/snapshots", Cancel), StringComparison.Ordinal);
        }

        Assert.Contains("href=\"/load\"", await _served.TextAsync("/snapshots"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_shows_the_dry_run_and_then_loads_the_same_file()
    {
        var first = await SubmitAsync(CreateForm(MovieFile.Text(ServedMovies.First[0], ServedMovies.First[8]), "two.csv"));
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        var page = await ReadEndAsync(first);
        Assert.Contains("What this file would change", page, StringComparison.Ordinal);
        Assert.Contains("two.csv", page, StringComparison.Ordinal);
        Assert.Contains("GATORADE", page, StringComparison.Ordinal);
        Assert.Contains("The Movies Dataset", page, StringComparison.Ordinal);
        var id = page.Split("name=\"upload\" value=\"")[1].Split('"')[0];
        Assert.Contains("value=\"shrink\"", page, StringComparison.Ordinal);

        using var gated = await SubmitAsync(CreateFields(("upload", id), ("action", "load")));
        Assert.Contains("The file was not loaded", await ReadEndAsync(gated), StringComparison.Ordinal);
        using var loaded = await SubmitAsync(CreateFields(("upload", id), ("action", "load"), ("accept", "shrink")));
        Assert.Contains("Snapshot 3: 0 added, 0 changed, 8 removed; 2 movies now", await ReadEndAsync(loaded), StringComparison.Ordinal);
        Assert.Equal("analyst", (await _served.JsonAsync($"{Loads}/{loaded.Headers.Location!.ToString().Split('/')[^1]}")).GetProperty("data").GetProperty("violations")[0].GetProperty("acceptedBy").GetString());
    }

    [Fact]
    public async Task A_form_from_another_site_is_refused_and_a_password_is_accepted_only_from_the_servers_own_page()
    {
        var key = await _served.CreateAppliedKeyAsync(KeyScopes.Load | KeyScopes.Read);
        foreach (var (headers, expected) in (((string, string)[], HttpStatusCode)[])[
            ([], HttpStatusCode.Unauthorized),
            ([("Origin", "http://localhost")], HttpStatusCode.SeeOther),
            ([("Origin", "http://localhost"), ("Sec-Fetch-Site", "same-origin")], HttpStatusCode.SeeOther),
            ([("Sec-Fetch-Site", "same-origin")], HttpStatusCode.Unauthorized),
            ([("Sec-Fetch-Site", "none")], HttpStatusCode.Unauthorized),
            ([("Origin", "http://localhost"), ("Sec-Fetch-Site", "cross-site")], HttpStatusCode.Forbidden),
            ([("Origin", "https://listed.example")], HttpStatusCode.Unauthorized),
            ([("Origin", "https://evil.example")], HttpStatusCode.Forbidden),
            ([("Origin", "null")], HttpStatusCode.Forbidden)])
        {
            using var client = _served.CreateLocalClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, "/load") { Content = CreateForm("<html></html>", "x.csv") };
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{key}")));
            Assert.All(headers, header => Assert.True(request.Headers.TryAddWithoutValidation(header.Item1, header.Item2)));
            using var response = await client.SendAsync(request, Cancel);
            Assert.True(response.StatusCode == expected, $"{string.Join(", ", headers)}: {response.StatusCode}");
            if (response.StatusCode == HttpStatusCode.SeeOther)
            {
                await ReadEndAsync(response);
            }
        }

        using var api = new HttpRequestMessage(HttpMethod.Post, Uploads) { Content = new ByteArrayContent([1]) };
        api.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{key}")));
        api.Headers.Add("Origin", "http://localhost");
        using var other = _served.CreateLocalClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.SendAsync(api, Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_wrong_form_is_an_error_and_a_refused_file_is_explained_on_the_page()
    {
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SubmitAsync(new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded"))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SubmitAsync(CreateFields(("action", "load")))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SubmitAsync(CreateFields(("upload", new string('x', 300))))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SubmitAsync(CreateFields(("upload", "unknown")))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SubmitAsync(CreateForm(Third, ""))).StatusCode);
        Assert.Contains("this is a web page", await ReadEndAsync(await SubmitAsync(CreateForm("<!DOCTYPE html><html>Log in</html>", "page.csv"))), StringComparison.Ordinal);
        Assert.Contains(
            "this is a web page", await ReadEndAsync(await SubmitAsync(CreateForm($"<!DOCTYPE html><html>{new string(' ', 200_000)}</html>", "page.csv"))), StringComparison.Ordinal);
        Assert.Contains("0 bytes", await ReadEndAsync(await SubmitAsync(CreateForm("", "empty.csv"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_server_has_neither_uploads_nor_the_page()
    {
        await using var served = new ReadingServer();
        await served.InitializeAsync();
        using var response = await served.Client.PostAsync(Uploads, new ByteArrayContent([1]), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await served.SendAsync("/load")).StatusCode);
        Assert.DoesNotContain("href=\"/load\"", await served.TextAsync("/snapshots"), StringComparison.Ordinal);
    }

    private static MultipartFormDataContent CreateForm(string text, string name)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileName = $"\"{name}\"" };
        return new MultipartFormDataContent { file };
    }

    private static MultipartFormDataContent CreateFields(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private Task<HttpResponseMessage> SubmitAsync(HttpContent form) => _served.Client.PostAsync("/load", form, Cancel);

    /// <summary>Returns the page of a load when it has ended.</summary>
    private Task<string> ReadEndAsync(HttpResponseMessage started) => Wait.ForAsync(
        "the load has ended", () => _served.TextAsync(started.Headers.Location!.ToString()), page => page.Contains("data-load=\"ended\"", StringComparison.Ordinal));

    private Task<HttpResponseMessage> PostAsync(string text, string name) => _served.Client.PostAsync($"{Uploads}?name={Uri.EscapeDataString(name)}", new StringContent(text), Cancel);

    private async Task<JsonElement> UploadAsync(string text, string name)
    {
        using var response = await PostAsync(text, name);
        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == HttpStatusCode.Created, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("data");
    }

    private async Task<JsonElement> LoadAsync(object body)
    {
        using var taken = await _served.Client.PostAsJsonAsync(Loads, body, Cancel);
        Assert.True(taken.StatusCode == HttpStatusCode.Accepted, await taken.Content.ReadAsStringAsync(Cancel));
        return await Wait.ForAsync(
            "the load has ended",
            async () => (await _served.JsonAsync(taken.Headers.Location!.ToString())).GetProperty("data"),
            load => load.GetProperty("endedAt").ValueKind != JsonValueKind.Null);
    }

    private sealed class ReadingServer : InProcessServer
    {
        protected override bool IsReadOnly => true;

        protected override bool IsAdministratorClient => true;
    }
}
