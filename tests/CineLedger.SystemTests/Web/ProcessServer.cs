using System.Net;
using System.Net.Sockets;
using CineLedger.Storage;
using CineLedger.Storage.Keys;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;
using CineLedger.Tests.Web;

namespace CineLedger.SystemTests.Web;

/// <summary>A real <c>cineledger serve</c>, reached over loopback.</summary>
public class ProcessServer : ServedLedger
{
    private CineLedgerProcess? _process;

    protected virtual string[] Options => [];

    protected override async Task<HttpClient> StartAsync()
    {
        var address = $"http://127.0.0.1:{FindFreePort()}";
        _process = CineLedgerProcess.Start(Folder, ["serve", "--store", Store, "--urls", address, .. Options]);
        var client = new HttpClient { BaseAddress = new Uri(address) };
        await WaitAsync(client, _process);
        return client;
    }

    protected override async Task StopAsync()
    {
        _process!.Signal(CineLedgerProcess.Terminate);
        var result = await _process.WaitAsync();
        await _process.DisposeAsync();
        Assert.True(result.ExitCode == 0, $"exit {result.ExitCode}: {result.Error}");
        Assert.StartsWith("Serving ", Assert.Single(result.ErrorLines, line => !line.StartsWith("audit: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    public static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Waits until a server responds.</summary>
    public static async Task WaitAsync(HttpClient client, CineLedgerProcess process)
    {
        await Wait.UntilAsync("the server responds", async () =>
        {
            if (process.HasExited)
            {
                Assert.Fail($"the server ended before it listened: {(await process.WaitAsync()).Error}");
            }

            try
            {
                using var ready = await client.GetAsync("/health/ready");
                return ready.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
                return false;
            }
        });
    }
}

public sealed class ProcessResponseTests(ProcessServer served) : ResponseSuite(served), IClassFixture<ProcessServer>;

public sealed class ProcessResourceTests(ProcessServer served) : ResourceSuite(served), IClassFixture<ProcessServer>;

/// <summary>Sends bad input through a socket, which does not normalize addresses.</summary>
public sealed class ProcessBadInputTests(AdministeredProcess served) : BadInputSuite(served), IClassFixture<AdministeredProcess>
{
    protected override string? Key => served.Key;

    protected override bool SendsRawAddresses => true;
}

/// <summary>A real server with an administrator's key, which exists before the server starts.</summary>
public sealed class AdministeredProcess : ProcessServer
{
    public string Key { get; private set; } = "";

    /// <summary>The suite sends thousands of requests; a fast machine would reach the default limit.</summary>
    protected override string[] Options => ["--rate-limit", "0"];

    protected override async Task CreateLedgerAsync()
    {
        await base.CreateLedgerAsync();
        (var key, Key) = AccessKey.Create("tests", KeyScopes.All, DateTime.UtcNow);
        await StoreEngine.Get(Store).CreateKeyStore(Store).AddAsync(key, default);
    }
}
