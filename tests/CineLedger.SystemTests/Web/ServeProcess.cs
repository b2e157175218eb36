using System.Net.Http.Json;
using System.Text.Json;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Web;

/// <summary>One real <c>cineledger serve</c> on a free port. Reads send no key; all other requests send an administrator's key.</summary>
public sealed class ServeProcess : IAsyncDisposable
{
    private string _key = "";

    private ServeProcess(CineLedgerProcess process, HttpClient client) => (Process, Client) = (process, client);

    public CineLedgerProcess Process { get; }

    public HttpClient Client { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ServeProcess> StartAsync(Workspace workspace, params string[] options)
    {
        var address = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";
        var served = new ServeProcess(workspace.Start(["serve", "--urls", address, .. options]), new HttpClient { BaseAddress = new Uri(address) });
        await ProcessServer.WaitAsync(served.Client, served.Process);
        served._key = (await workspace.RunSuccessfullyAsync(["keys", "create", "tests", "--administrator", .. GetStore(options)])).Output.Trim();
        return served;
    }

    private static string[] GetStore(string[] options) =>
        Array.IndexOf(options, "--store") is >= 0 and var at ? ["--store", options[at + 1]] : [];

    public async Task<JsonElement> JsonAsync(string address) => JsonDocument.Parse(await Client.GetStringAsync(address, Cancel)).RootElement;

    /// <summary>Reads a resource with the administrator's key.</summary>
    public Task<JsonElement> GetAsAdministratorAsync(string address) => SendAsync(HttpMethod.Get, address, null);

    public Task<JsonElement> PostAsync(string address, object body) => SendAsync(HttpMethod.Post, address, JsonContent.Create(body));

    private async Task<JsonElement> SendAsync(HttpMethod method, string address, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Authorization = new("Bearer", _key);
        using var response = await Client.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }

    /// <summary>Loads a source and waits for the load to end.</summary>
    public async Task<JsonElement> LoadAsync(object body)
    {
        var id = (await PostAsync("/api/v1/loads", body)).GetProperty("id").GetString();
        return await Wait.ForAsync(
            "the load has ended", async () => (await JsonAsync($"/api/v1/loads/{id}")).GetProperty("data"), load => load.GetProperty("endedAt").ValueKind != JsonValueKind.Null);
    }

    public Task<CommandResult> EndAsync(int signal = CineLedgerProcess.Terminate)
    {
        Process.Signal(signal);
        return Process.WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }
}
