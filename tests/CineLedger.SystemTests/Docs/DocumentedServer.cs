using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Web;

namespace CineLedger.SystemTests.Docs;

/// <summary>The server that a page's curl lines ask: of a copy of the page's ledger, at a free port, so that pages can be run side by side.</summary>
internal sealed class DocumentedServer(Workspace workspace) : IAsyncDisposable
{
    private const string Served = "served.duckdb";
    private CineLedgerProcess? _process;
    private string? _address;

    /// <summary>The line with the server's address in place of the usual one; curl fails where the answer is an error.</summary>
    public async Task<string> ReplaceAddressAsync(string line)
    {
        if (_address is null)
        {
            // A page that has loaded nothing by then speaks of the dataset that lies there.
            if (!File.Exists(workspace.Store))
            {
                await workspace.RunSuccessfullyAsync("load", "the-movies-dataset.zip");
            }

            File.Copy(workspace.Store, workspace.GetPath(Served));
            await StartAsync($"cineledger serve --store {Served} &");
        }

        Assert.Contains(WebOptions.DefaultUrls, line, StringComparison.Ordinal);
        return $"set -o pipefail; {line.Replace("curl ", "curl --fail-with-body ", StringComparison.Ordinal).Replace(WebOptions.DefaultUrls, _address, StringComparison.Ordinal)}";
    }

    /// <summary>Starts a server as a line of a page does that ends with <c>&amp;</c>; those that follow ask it.</summary>
    public async Task StartAsync(string line)
    {
        _address = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";
        _process = CineLedgerProcess.StartOther(workspace.Folder, "bash", ["-c", $"exec {line.TrimEnd('&')} --urls {_address}"], null, null);
        using var client = new HttpClient { BaseAddress = new Uri(_address) };
        await ProcessServer.WaitAsync(client, _process);
    }

    public async Task EndAsync()
    {
        if (_process is { } process)
        {
            (_process, _address) = (null, null);
            process.Signal(CineLedgerProcess.Terminate);
            var result = await process.WaitAsync();
            await process.DisposeAsync();
            Assert.True(result.ExitCode == 0, result.Error);
        }
    }

    public async ValueTask DisposeAsync() => await EndAsync();
}
