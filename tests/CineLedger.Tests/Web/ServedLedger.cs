using System.Net;
using System.Text.Json;

namespace CineLedger.Tests.Web;

/// <summary>A server with <see cref="ServedMovies"/>, in this process or in its own.</summary>
public abstract class ServedLedger : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-web-");

    public HttpClient Client { get; protected set; } = null!;

    protected string Store => Path.Combine(_folder.FullName, "movies.duckdb");

    protected string Folder => _folder.FullName;

    public async ValueTask InitializeAsync()
    {
        await CreateLedgerAsync();
        Client = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    public async Task<HttpResponseMessage> SendAsync(string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await Client.SendAsync(request);
    }

    /// <summary>Returns the text of a response and checks that its status is 200.</summary>
    public async Task<string> TextAsync(string address)
    {
        using var response = await SendAsync(address);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address}: {(int)response.StatusCode} {text}");
        return text;
    }

    public async Task<JsonElement> JsonAsync(string address) => JsonDocument.Parse(await TextAsync(address)).RootElement;

    /// <summary>Returns the rows of a response, with values separated by bars and null as an empty text.</summary>
    public async Task<string[]> RowsAsync(string address) => Rows(await JsonAsync(address));

    public static string[] Rows(JsonElement response) =>
        [.. response.GetProperty("data").EnumerateArray().Select(row => string.Join('|', row.EnumerateObject().Select(field => field.Value.ToString())))];

    /// <summary>Returns the status and problem document of a request.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Problem)> ProblemAsync(string address, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(address, headers);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((int)response.StatusCode, problem.GetProperty("status").GetInt32());
        return (response.StatusCode, problem);
    }

    protected virtual Task CreateLedgerAsync() => ServedMovies.CreateAsync(Store);

    protected abstract Task<HttpClient> StartAsync();

    protected abstract Task StopAsync();
}
