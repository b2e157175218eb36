using System.Net;
using System.Net.Sockets;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>A page of another origin that embeds figures, served under two names of this machine, which are two origins.</summary>
public sealed class EmbeddingPage : IDisposable
{
    private readonly HttpListener _listener = new();

    public EmbeddingPage()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        (Listed, Other) = (FormattableString.Invariant($"http://localhost:{port}"), FormattableString.Invariant($"http://127.0.0.1:{port}"));
        _listener.Prefixes.Add($"{Listed}/");
        _listener.Prefixes.Add($"{Other}/");
        _listener.Start();
        _ = AnswerAsync();
    }

    /// <summary>The origin that the server lists.</summary>
    public string Listed { get; }

    /// <summary>The same page under an origin that the server does not list.</summary>
    public string Other { get; }

    /// <summary>The content of the page.</summary>
    public string Body { get; set; } = "";

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentType = "text/html; charset=utf-8";
                await using var writer = new StreamWriter(context.Response.OutputStream);
                await writer.WriteAsync($"<!DOCTYPE html><title>Post</title><link rel=\"icon\" href=\"data:,\">{Body}");
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    public void Dispose() => _listener.Close();
}
