using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CineLedger.SystemTests.CommandLine;

/// <summary>A minimal web server on loopback, which can also send invalid responses.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, Stream, CancellationToken, Task> _answer;
    private readonly Task _serving;

    /// <param name="response">Receives the head of a request and writes the response; the connection closes when it returns.</param>
    public LoopbackServer(Func<string, Stream, CancellationToken, Task> response)
    {
        _answer = response;
        _listener.Start();
        _serving = ServeAsync();
    }

    public List<string> Requests { get; } = [];

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/movies.zip";

    /// <summary>Creates a server that always responds with this head and body.</summary>
    public static LoopbackServer Create(string head, byte[]? body = null) =>
        new(async (_, stream, stop) => await SendAsync(stream, head, body ?? [], stop));

    public static async Task SendAsync(Stream stream, string head, byte[] body, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"), cancellationToken);
        await stream.WriteAsync(body, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            try
            {
                await using var stream = client.GetStream();
                var head = await ReadHeadAsync(stream);
                Requests.Add(head);
                await _answer(head, stream, _stop.Token);
            }
            catch (IOException)
            {
                // The client has disconnected.
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var block = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(block, _stop.Token);
            if (read == 0)
            {
                break;
            }

            head.Append(Encoding.ASCII.GetString(block, 0, read));
        }

        return head.ToString();
    }
}
