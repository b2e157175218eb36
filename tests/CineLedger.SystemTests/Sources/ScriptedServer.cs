using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CineLedger.SystemTests.Sources;

/// <summary>A request as received. Header names are case-insensitive.</summary>
public sealed record RecordedRequest(string Line, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The first byte of the requested range; null for the whole file.</summary>
    public int? From => Headers.TryGetValue("Range", out var range)
        ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture)
        : null;
}

/// <summary>
/// A web server on loopback whose responses a test defines byte by byte: the first request gets the first response, and so on; the last
/// response is repeated. When a response returns, its connection closes.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    public delegate Task ScriptedResponse(RecordedRequest request, Stream connection, CancellationToken cancellationToken);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly ScriptedResponse[] _answers;
    private readonly Task _serving;

    public ScriptedServer(params ScriptedResponse[] answers)
    {
        _answers = answers;
        _listener.Start();
        _serving = ServeAsync();
    }

    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    public string Host => _listener.LocalEndpoint.ToString()!;

    public string Address => $"http://{Host}/data/movies.zip";

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            for (var number = 0; ; number++)
            {
                var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
                connections.Add(HandleAsync(connection, _answers[Math.Min(number, _answers.Length - 1)]));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task HandleAsync(TcpClient client, ScriptedResponse response)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                var request = await ReadRequestAsync(stream, _stop.Token);
                _requests.Enqueue(request);
                await response(request, stream, _stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The test is over, or the client has closed the connection, which some tests provoke.
            }
        }
    }

    private static async Task<RecordedRequest> ReadRequestAsync(Stream stream, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            text.Append((char)one[0]);
        }
        var lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return new RecordedRequest(lines[0], lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // Stopped while it is between two connections, the listener would fail the next accept instead of cancelling it.
        await _serving;
        _stop.Dispose();
        _listener.Dispose();
    }
}
