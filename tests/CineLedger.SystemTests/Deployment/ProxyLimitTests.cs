using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Deployment;

/// <summary>The shipped proxy in front of a node that these tests play: slow clients and many requests of one address.</summary>
public sealed class ProxyLimitTests : IAsyncLifetime
{
    private readonly Workspace _workspace = new();
    private readonly TcpListener _node = new(IPAddress.Loopback, 0);
    private readonly int _port = ProcessServer.FindFreePort();
    private CineLedgerProcess? _proxy;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var nginx = DeployedFiles.Program("nginx-light", "/usr/sbin/nginx");
        _node.Start(512);
        var text = Regex.Replace(DeployedFiles.Text("nginx", "nginx.conf"), "server (node1|node2|loader):8080", $"server {_node.LocalEndpoint}")
            .Replace("listen 8080", $"listen 127.0.0.1:{_port}", StringComparison.Ordinal).Replace("/tmp/", $"{_workspace.Folder}/", StringComparison.Ordinal);

        // nginx's workers run as another user.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_workspace.Folder, (UnixFileMode)0b111_101_101);
        }

        // The tests' own address counts like any other.
        Assert.Contains("127.0.0.0/8 0;", text, StringComparison.Ordinal);
        _workspace.Write("nginx.conf", text.Replace("127.0.0.0/8 0;", "", StringComparison.Ordinal));
        _proxy = CineLedgerProcess.StartOther(_workspace.Folder, nginx, ["-p", _workspace.Folder, "-c", _workspace.GetPath("nginx.conf"), "-g", "daemon off;"]);
        await Wait.UntilAsync("nginx responds", async () =>
        {
            try
            {
                return (await AskAsync("/proxy-health")).StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
            }
            catch (SocketException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task A_node_is_done_with_a_response_long_before_a_slow_client_has_read_it()
    {
        const int Size = 32 << 20;
        using var client = await OpenAsync("/api/v1/movies?format=csv");
        using var connection = await _node.AcceptTcpClientAsync(Cancel);
        await using var stream = connection.GetStream();
        Assert.StartsWith("GET /api/v1/movies?format=csv HTTP/1.1", await ReadHeadAsync(stream), StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Size}\r\n\r\n"), Cancel);

        // The client has not read a byte yet: without buffering, this blocks when the sockets' buffers are full.
        await stream.WriteAsync(new byte[Size], Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        await stream.FlushAsync(Cancel);
        var received = 0L;
        var buffer = new byte[1 << 20];
        await using var response = client.GetStream();
        while (received < Size)
        {
            var read = await response.ReadAsync(buffer, Cancel);
            Assert.True(read > 0, $"the response ended after {received} bytes");
            received += read;
        }
    }

    [Fact]
    public async Task An_address_has_at_most_64_requests_in_progress()
    {
        var open = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 64; i++)
            {
                open.Add(await OpenAsync("/api/v1/reports/genres"));
                open.Add(await _node.AcceptTcpClientAsync(Cancel));
            }

            Assert.StartsWith("HTTP/1.1 429", await AskAsync("/api/v1/reports/genres"), StringComparison.Ordinal);
            open.ForEach(client => client.Dispose());
            open.Clear();
            await Wait.UntilAsync("the address may ask again", async () => (await AskAsync("/proxy-health")).StartsWith("HTTP/1.1 200", StringComparison.Ordinal));
        }
        finally
        {
            open.ForEach(client => client.Dispose());
        }
    }

    [Theory]
    [InlineData("POST", "/api/v1/loads", "loader")]
    [InlineData("GET", "/api/v1/loads/1", "loader")]
    [InlineData("DELETE", "/API/v1/webhooks/1", "loader")]
    [InlineData("POST", "/api/v1/movies", "loader")]
    [InlineData("GET", "/api/v1/movies", "cineledger")]
    [InlineData("POST", "/api/v1/sql", "cineledger")]
    [InlineData("GET", "/loads", "cineledger")]
    public void What_changes_the_ledger_goes_to_the_loader(string method, string path, string part)
    {
        foreach (var file in (string[])["nginx", "swarm"])
        {
            var rules = Regex.Matches(DeployedFiles.Text(file, "nginx.conf"), "\"~\\*(?<pattern>[^\"]+)\" loader;").Select(match => match.Groups["pattern"].Value).ToList();
            Assert.Equal(2, rules.Count);
            Assert.Equal(part == "loader", rules.Any(rule => Regex.IsMatch($"{method} {path}", rule, RegexOptions.IgnoreCase)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            _proxy.Signal(CineLedgerProcess.Terminate);
            await _proxy.DisposeAsync();
        }

        _node.Dispose();
        _workspace.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<TcpClient> OpenAsync(string path)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port, Cancel);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: movies.example\r\nConnection: close\r\n\r\n"), Cancel);
        return client;
    }

    private async Task<string> AskAsync(string path)
    {
        using var client = await OpenAsync(path);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(Cancel);
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new byte[8 << 10];
        var length = 0;
        while (!Encoding.ASCII.GetString(head, 0, length).Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            length += await stream.ReadAsync(head.AsMemory(length), Cancel);
        }

        return Encoding.ASCII.GetString(head, 0, length);
    }
}
