using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Web;

namespace CineLedger.SystemTests.Docs;

/// <summary>The server for a page's curl lines. It serves a copy of the page's ledger on a free port, so that pages can run concurrently.</summary>
internal sealed class DocumentedServer(Workspace workspace) : IAsyncDisposable
{
    private const string Served = "served.duckdb";
    private CineLedgerProcess? _process;
    private string? _address;

    /// <summary>Returns the line with the server's address in place of the default one. curl fails when the response is an error.</summary>
    public async Task<string> ReplaceAddressAsync(string line)
    {
        if (_address is null)
        {
            // A page that has loaded nothing so far refers to the dataset in its folder.
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

    /// <summary>Starts the server of a line that ends with <c>&amp;</c>; the curl lines after it send their requests to that server.</summary>
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
