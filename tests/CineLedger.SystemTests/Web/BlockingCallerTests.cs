using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Web;

/// <summary>Attacks a real public server from one address, and checks that another address gets answers meanwhile.</summary>
public sealed class BlockingCallerTests(Datasets datasets, SharedServer server) : IDisposable
{
    /// <summary>A large result, of which a client can receive a little at a time.</summary>
    private const string Large = "/api/v1/query?measure=revenue,profit,roi,rank&by=actor,keyword,company,genre,month&format=csv&where=budget%3E%3D";

    private const string Heavy = "/api/v1/query?measure=revenue,profit,roi,rank&by=actor,keyword,company,genre,month,language,country,director&format=csv&where=runtime%3E%3D-";

    private static readonly IPAddress Attacker = IPAddress.Parse("127.0.0.3"), Other = IPAddress.Parse("127.0.0.2");

    /// <summary>A second on a machine that does nothing else; tests share theirs.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private readonly Workspace _workspace = new();
    private readonly List<Socket> _sockets = [];
    private IPEndPoint _address = null!;
    private HttpClient _client = null!;
    private int _queries;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        CloseSockets();
        _client?.Dispose();
        _workspace.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_address_does_not_keep_another_from_its_answers(bool isPostgres)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems have one loopback address");
        var store = isPostgres ? await server.CreateDatabaseAsync() : _workspace.GetPath("movies.duckdb");
        await _workspace.RunSuccessfullyAsync("load", datasets.Large, "--store", store);
        await using var served = await ServeProcess.StartAsync(_workspace, "--store", store, "--public");
        _address = new IPEndPoint(IPAddress.Loopback, served.Client.BaseAddress!.Port);
        _client = CreateClient(Other);
        await CheckAnswersAsync();

        // Eight clients that receive nothing.
        for (var i = 0; i < 8; i++)
        {
            await SendAsync($"{Large}{i}");
        }

        await CheckAnswersAsync();
        await Wait.UntilAsync(
            "the results are read although no client receives them",
            async () => await ReadMetricAsync("cineledger_queries_running") == 0 && await ReadMetricAsync("cineledger_spool_size_bytes") > 1_000_000);
        await CheckAnswersAsync();
        CloseSockets();
        await Wait.UntilAsync("the temporary files are deleted", async () => await ReadMetricAsync("cineledger_spool_size_bytes") == 0);

        // Forty queries that need much memory.
        using var attacker = CreateClient(Attacker);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var heavy = Enumerable.Range(0, 40).Select(i => attacker.GetAsync($"{Heavy}{i}", HttpCompletionOption.ResponseHeadersRead, end.Token)).ToList();
        await Wait.UntilAsync("queries wait", async () => await ReadMetricAsync("cineledger_queries_waiting") > 0);
        for (var i = 0; i < 10; i++)
        {
            await CheckAnswersAsync();
        }

        Assert.Contains(heavy, query => !query.IsCompleted);
        Assert.All(heavy.Where(query => query.IsCompletedSuccessfully), query => Assert.Contains((int)query.Result.StatusCode, (int[])[200, 422, 503]));
        await end.CancelAsync();
        await Task.WhenAll(heavy).ContinueWith(_ => { }, TaskScheduler.Default);

        // Two thousand connections that send nothing, of which the server keeps some.
        for (var i = 0; i < 2_000; i++)
        {
            await ConnectAsync();
        }

        await CheckAnswersAsync();
        await Wait.UntilAsync("most connections are closed", () => Task.FromResult(_sockets.Count(IsClosed) >= 1_500));
        await CheckAnswersAsync();
        CloseSockets();

        // A thousand event streams.
        for (var i = 0; i < 1_000; i++)
        {
            await SendAsync("/api/v1/events");
        }

        await CheckAnswersAsync();
        using var events = await _client.GetAsync("/api/v1/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, events.StatusCode);
        Assert.InRange(await ReadMetricAsync("cineledger_event_listeners"), 1, 51);
        CloseSockets();
        events.Dispose();
        Assert.Equal(0, (await served.EndAsync()).ExitCode);
    }

    private HttpClient CreateClient(IPAddress from) => new(new SocketsHttpHandler
    {
        PooledConnectionIdleTimeout = TimeSpan.Zero,
        ConnectCallback = async (_, cancellationToken) => new NetworkStream(await OpenAsync(from, cancellationToken), ownsSocket: true),
    })
    { BaseAddress = new Uri($"http://{_address}") };

    /// <summary>Sends a query that is not cached, and probes, on new connections of the other address.</summary>
    private async Task CheckAnswersAsync()
    {
        foreach (var path in (string[])[$"/api/v1/query?by=year&measure=revenue&where=budget%3E%3D{++_queries}", "/health/ready", "/health/live"])
        {
            var started = Stopwatch.GetTimestamp();
            using var response = await _client.GetAsync(path, Cancel);
            Assert.Equal((path, HttpStatusCode.OK), (path, response.StatusCode));
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, MaxWait);
        }
    }

    private async Task<double> ReadMetricAsync(string name)
    {
        var text = await _client.GetStringAsync("/metrics", Cancel);
        var line = text.Split('\n').Single(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>Sends a request of the attacker without reading the response.</summary>
    private async Task SendAsync(string path)
    {
        var socket = await ConnectAsync();
        try
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {_address}\r\n\r\n"), Cancel);
        }
        catch (SocketException)
        {
            // The server has closed the connection.
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 << 10 };
        _sockets.Add(socket);
        socket.Bind(new IPEndPoint(Attacker, 0));
        try
        {
            await socket.ConnectAsync(_address, Cancel);
        }
        catch (SocketException)
        {
            // The server has closed the connection already.
        }

        return socket;
    }

    private async Task<Socket> OpenAsync(IPAddress from, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(_address, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsClosed(Socket socket)
    {
        try
        {
            return !socket.Connected || (socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0);
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private void CloseSockets()
    {
        _sockets.ForEach(socket => socket.Dispose());
        _sockets.Clear();
    }
}
