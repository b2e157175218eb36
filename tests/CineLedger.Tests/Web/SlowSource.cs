using System.Net;
using System.Net.Sockets;

namespace CineLedger.Tests.Web;

/// <summary>A server that accepts a connection but sends nothing until it is disposed, to simulate a slow download.</summary>
public sealed class SlowSource : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task<TcpClient> _requested;

    public SlowSource()
    {
        _listener.Start();
        _requested = _listener.AcceptTcpClientAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/movies.zip";

    /// <summary>Completes when a client has connected.</summary>
    public Task Requested => _requested;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _requested.ContinueWith(
            query =>
            {
                if (query.IsCompletedSuccessfully)
                {
                    query.Result.Dispose();
                }
            },
            TaskScheduler.Default);
        _listener.Dispose();
    }
}
