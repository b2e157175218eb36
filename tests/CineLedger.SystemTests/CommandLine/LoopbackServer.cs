using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CineLedger.SystemTests.CommandLine;

/// <summary>A web server of a few lines on the loopback: it can do what no respectable one would.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, Stream, CancellationToken, Task> _answer;
    private readonly Task _serving;

    /// <param name="response">Is given the head of a request and writes what it likes; the connection ends with it.</param>
    public LoopbackServer(Func<string, Stream, CancellationToken, Task> response)
    {
        _answer = response;
        _listener.Start();
        _serving = ServeAsync();
    }

    public List<string> Requests { get; } = [];

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/movies.zip";

    /// <summary>Answers with a head of these lines, and a body.</summary>
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
                // The client is gone.
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
