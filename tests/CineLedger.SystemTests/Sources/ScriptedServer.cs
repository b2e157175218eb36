using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CineLedger.SystemTests.Sources;

/// <summary>What a client asked: the headers by name, without regard to letter case.</summary>
public sealed record RecordedRequest(string Line, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>First byte of the Range asked for; null where the whole was asked for.</summary>
    public int? From => Headers.TryGetValue("Range", out var range)
        ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture)
        : null;
}

/// <summary>
/// A web server on the loopback that does what a test tells it, byte by byte: the first request gets the first answer, and
/// so on; the last answer is given for ever. An answer that returns closes its connection.
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
                // The test is over, or its client has hung up, which some tests are about.
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
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        _listener.Dispose();
    }
}
