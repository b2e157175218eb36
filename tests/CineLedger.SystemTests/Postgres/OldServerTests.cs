using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CineLedger.SystemTests.CommandLine;

namespace CineLedger.SystemTests.Postgres;

/// <summary>A server that reports, in PostgreSQL's protocol, a version older than the oldest supported one.</summary>
public sealed class OldServerTests : IDisposable
{
    private const int SslRequest = 80877103;
    private const int EncryptionRequest = 80877104;
    private readonly Workspace _workspace = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_too_old_is_reported_with_its_version_and_the_oldest_supported()
    {
        _listener.Start();
        var serving = ServeAsync();
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        var line = Workspace.OneLine(await _workspace.RunAsync("report", "genres", "--store", $"postgres://ann@127.0.0.1:{port}/movies"), 1);
        Assert.Contains("runs PostgreSQL 12.3; CineLedger needs 15 or newer", line, StringComparison.Ordinal);
        _listener.Stop();
        await serving;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _workspace.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(Cancel);
                await GreetAsync(client.GetStream());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    /// <summary>Accepts any login, then keeps the connection open until the client closes it.</summary>
    private static async Task GreetAsync(NetworkStream stream)
    {
        var head = new byte[8];
        while (true)
        {
            await stream.ReadExactlyAsync(head, Cancel);
            if (BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4)) is not (SslRequest or EncryptionRequest))
            {
                break;
            }

            await stream.WriteAsync("N"u8.ToArray(), Cancel);
        }

        await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(head) - 8], Cancel);
        byte[] greeting =
        [
            .. Message('R', [0, 0, 0, 0]),
            .. Status("server_version", "12.3"), .. Status("client_encoding", "UTF8"), .. Status("standard_conforming_strings", "on"), .. Status("integer_datetimes", "on"),
            .. Message('K', [0, 0, 0, 1, 0, 0, 0, 1]),
            .. Message('Z', [(byte)'I']),
        ];
        await stream.WriteAsync(greeting, Cancel);
        while (await stream.ReadAsync(head, Cancel) > 0)
        {
        }
    }

    private static byte[] Status(string name, string value) => Message('S', Encoding.ASCII.GetBytes($"{name}\0{value}\0"));

    private static byte[] Message(char type, byte[] body)
    {
        var message = new byte[body.Length + 5];
        message[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), body.Length + 4);
        body.CopyTo(message, 5);
        return message;
    }
}
