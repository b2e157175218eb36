using System.Net.Http.Json;
using System.Text.Json;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Web;

/// <summary>One real <c>cineledger serve</c> at a free port, asked by an administrator.</summary>
public sealed class ServeProcess : IAsyncDisposable
{
    private ServeProcess(CineLedgerProcess process, HttpClient client) => (Process, Client) = (process, client);

    public CineLedgerProcess Process { get; }

    public HttpClient Client { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ServeProcess> StartAsync(Desk desk, params string[] options)
    {
        var address = $"http://127.0.0.1:{ProcessServer.FreePort()}";
        var served = new ServeProcess(desk.Start(["serve", "--urls", address, .. options]), new HttpClient { BaseAddress = new Uri(address) });
        await ProcessServer.WaitAsync(served.Client, served.Process);
        var key = await desk.GoodAsync(["keys", "create", "tests", "--administrator", .. StoreOf(options)]);
        served.Client.DefaultRequestHeaders.Authorization = new("Bearer", key.Output.Trim());
        return served;
    }

    private static string[] StoreOf(string[] options) =>
        Array.IndexOf(options, "--store") is >= 0 and var at ? ["--store", options[at + 1]] : [];

    public async Task<JsonElement> JsonAsync(string address) => JsonDocument.Parse(await Client.GetStringAsync(address, Cancel)).RootElement;

    public async Task<JsonElement> PostAsync(string address, object body)
    {
        using var response = await Client.PostAsJsonAsync(address, body, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }

    /// <summary>Loads a source, and waits for the end of it.</summary>
    public async Task<JsonElement> LoadAsync(object body)
    {
        var id = (await PostAsync("/api/v1/loads", body)).GetProperty("id").GetString();
        while (true)
        {
            var load = (await JsonAsync($"/api/v1/loads/{id}")).GetProperty("data");
            if (load.GetProperty("endedAt").ValueKind != JsonValueKind.Null)
                return load;
            await Task.Delay(30, Cancel);
        }
    }

    public Task<CommandResult> EndAsync()
    {
        Process.Signal(CineLedgerProcess.Terminate);
        return Process.WaitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }
}
