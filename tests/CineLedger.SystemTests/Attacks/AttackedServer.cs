using System.Diagnostics;
using System.Text;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;

namespace CineLedger.SystemTests.Attacks;

/// <summary>A public server that accepts SQL, with secrets in its ledger: a webhook's secret, and a key. Requests come from another machine, without a key.</summary>
public abstract class AttackedServer : IAsyncLifetime
{
    /// <summary>Far more than a healthy server needs on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<string> _secrets = ["whsec_", "SCRAM-SHA-256$"];
    private ServeProcess? _server;

    protected Workspace Workspace { get; } = new();

    public HttpClient Client => _server!.Client;

    public async ValueTask InitializeAsync()
    {
        _server = await ServeProcess.StartAsync(
            Workspace, "--public", "--allow-sql", "--rate-limit", "0", "--sql-timeout", "3", "--allow-private-targets", "--store", await CreateLedgerAsync());
        Client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        var webhook = await _server.PostAsync("/api/v1/webhooks", new { url = "http://127.0.0.1:9/hook" });
        _secrets.Add(webhook.GetProperty("secret").GetString()!["whsec_".Length..]);
        await RunAsync("SELECT 1");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _server!.DisposeAsync();
        await DeleteLedgerAsync();
        Workspace.Dispose();
    }

    /// <summary>Sends a statement. Fails if the server does not answer it, or if the answer contains a secret.</summary>
    public async Task<(int Status, string Text)> RunAsync(string sql, string format = "json")
    {
        using var content = new StringContent(sql, Encoding.UTF8, "application/sql");
        using var stop = new CancellationTokenSource(Patience);
        using var response = await Client.PostAsync($"/api/v1/sql?format={format}", content, stop.Token);
        var text = await response.Content.ReadAsStringAsync(stop.Token);
        Assert.DoesNotContain(_secrets, secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
        return ((int)response.StatusCode, text);
    }

    /// <summary>Returns the memory of the server's process, without that of its workers, in bytes.</summary>
    public long ReadMemory()
    {
        using var process = Process.GetProcessById(_server!.Process.Id);
        return process.WorkingSet64;
    }

    /// <summary>Adds what no response may contain.</summary>
    protected void AddSecret(string secret) => _secrets.Add(secret);

    protected abstract Task<string> CreateLedgerAsync();

    protected virtual Task DeleteLedgerAsync() => Task.CompletedTask;
}

/// <summary>The server of a DuckDB file.</summary>
public sealed class AttackedFile(Datasets datasets) : AttackedServer
{
    protected override async Task<string> CreateLedgerAsync()
    {
        await Workspace.RunSuccessfullyAsync("load", datasets.Movies);
        AddSecret(Workspace.Folder);
        return Workspace.Store;
    }
}
