using System.Net.Sockets;
using System.Text;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Sources;

/// <summary>The responses and failures of a web server.</summary>
internal static class ScriptedResponses
{
    public static ScriptedServer.ScriptedResponse Status(string status, params string[] headers) => async (_, connection, cancel) =>
        await HeadAsync(connection, status, ["Content-Length: 0", .. headers], cancel);

    /// <summary>Sends a file as a correct server does, with ETags, ranges and conditions.</summary>
    public static ScriptedServer.ScriptedResponse File(byte[] body, string tag, int? cutAfter = null) => async (request, connection, cancel) =>
    {
        if (request.Headers.GetValueOrDefault("If-None-Match") == tag)
        {
            await HeadAsync(connection, "304 Not Modified", [$"ETag: {tag}"], cancel);
            return;
        }
        // If-Range names another version: the whole file is sent in place of the range.
        var from = request.Headers.GetValueOrDefault("If-Range") == tag ? request.From ?? 0 : 0;
        string[] headers = [$"ETag: {tag}", $"Content-Length: {body.Length - from}"];
        if (from > 0)
        {
            headers = [.. headers, $"Content-Range: bytes {from}-{body.Length - 1}/{body.Length}"];
        }

        await HeadAsync(connection, from > 0 ? "206 Partial Content" : "200 OK", headers, cancel);
        await connection.WriteAsync(body.AsMemory(from, Math.Min(body.Length - from, cutAfter ?? int.MaxValue)), cancel);
    };

    /// <summary>Always sends the whole file, with these headers.</summary>
    public static ScriptedServer.ScriptedResponse Whole(byte[] body, string[] headers, int? cutAfter = null) => async (_, connection, cancel) =>
    {
        await HeadAsync(connection, "200 OK", headers, cancel);
        await connection.WriteAsync(body.AsMemory(0, cutAfter ?? body.Length), cancel);
    };

    /// <summary>Sends the beginning of a file, then resets the connection, like a router that has lost track of it.</summary>
    public static ScriptedServer.ScriptedResponse Reset(byte[] body, int after, string tag) => async (_, connection, cancel) =>
    {
        await HeadAsync(connection, "200 OK", [$"Content-Length: {body.Length}", $"ETag: {tag}"], cancel);
        await connection.WriteAsync(body.AsMemory(0, after), cancel);
        ((NetworkStream)connection).Socket.LingerState = new LingerOption(enable: true, seconds: 0);
    };

    public static ScriptedServer.ScriptedResponse Part(byte[] body, int from, string[] headers) => async (_, connection, cancel) =>
    {
        string[] range = [$"Content-Range: bytes {from}-{body.Length - 1}/{body.Length}", $"Content-Length: {body.Length - from}"];
        await HeadAsync(connection, "206 Partial Content", [.. range, .. headers], cancel);
        await connection.WriteAsync(body.AsMemory(from), cancel);
    };

    public static ScriptedServer.ScriptedResponse Chunked(byte[] body, int chunks) => async (_, connection, cancel) =>
    {
        await HeadAsync(connection, "200 OK", ["Transfer-Encoding: chunked"], cancel);
        foreach (var chunk in body.Chunk(body.Length / chunks))
        {
            await connection.WriteAsync(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), cancel);
            await connection.WriteAsync(chunk, cancel);
            await connection.WriteAsync("\r\n"u8.ToArray(), cancel);
        }
        await connection.WriteAsync("0\r\n\r\n"u8.ToArray(), cancel);
    };

    /// <summary>Sends nothing until the test is over.</summary>
    public static readonly ScriptedServer.ScriptedResponse Silence = (_, _, cancel) => Wait.ForeverAsync(cancel);

    /// <summary>Sends the beginning, then nothing until the test is over.</summary>
    public static ScriptedServer.ScriptedResponse Stalled(byte[] body, int after, params string[] headers) => async (_, connection, cancel) =>
    {
        await HeadAsync(connection, "200 OK", [$"Content-Length: {body.Length}", .. headers], cancel);
        await connection.WriteAsync(body.AsMemory(0, after), cancel);
        await Wait.ForeverAsync(cancel);
    };

    /// <summary>Sends the same bytes again and again, without a length and without an end, pausing after each time.</summary>
    public static ScriptedServer.ScriptedResponse Endless(byte[] body, TimeSpan pause) => async (_, connection, cancel) =>
    {
        await HeadAsync(connection, "200 OK", [], cancel);
        while (true)
        {
            await connection.WriteAsync(body, cancel);
            await Task.Delay(pause, cancel);
        }
    };

    private static async Task HeadAsync(Stream connection, string status, string[] headers, CancellationToken cancel)
    {
        var head = string.Join("\r\n", [$"HTTP/1.1 {status}", "Connection: close", .. headers]) + "\r\n\r\n";
        await connection.WriteAsync(Encoding.ASCII.GetBytes(head), cancel);
    }
}
