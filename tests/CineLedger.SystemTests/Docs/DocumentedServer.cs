using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Web;

namespace CineLedger.SystemTests.Docs;

/// <summary>The server that a page's curl lines ask: of a copy of the page's ledger, at a free port, so that pages can be run side by side.</summary>
internal sealed class DocumentedServer(Desk desk) : IAsyncDisposable
{
    private const string Served = "served.duckdb";
    private CineLedgerProcess? _process;
    private string? _address;

    /// <summary>The line with the server's address in place of the usual one; curl fails where the answer is an error.</summary>
    public async Task<string> AimAsync(string line)
    {
        if (_address is null)
        {
            // A page that has loaded nothing by then speaks of the dataset that lies there.
            if (!File.Exists(desk.Store))
                await desk.GoodAsync("load", "the-movies-dataset.zip");
            File.Copy(desk.Store, desk.PathOf(Served));
            _address = $"http://127.0.0.1:{ProcessServer.FreePort()}";
            _process = desk.Start("serve", "--store", Served, "--urls", _address);
            using var client = new HttpClient { BaseAddress = new Uri(_address) };
            await ProcessServer.WaitAsync(client, _process);
        }

        Assert.Contains(WebOptions.DefaultUrls, line, StringComparison.Ordinal);
        return $"set -o pipefail; {line.Replace("curl ", "curl --fail-with-body ", StringComparison.Ordinal).Replace(WebOptions.DefaultUrls, _address, StringComparison.Ordinal)}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Signal(CineLedgerProcess.Terminate);
            await _process.WaitAsync();
            await _process.DisposeAsync();
        }
    }
}
