using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace CineLedger.SystemTests.Web;

/// <summary>Requests that are not valid HTTP, sent through a socket. The web server refuses them before the program sees them.</summary>
public sealed class RejectedRequestTests(ProcessServer served) : IClassFixture<ProcessServer>
{
    private const string Valid = "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Theory]
    [InlineData("GET /a%00b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("HEAD /a%00b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400)]
    [InlineData("GET / HTTP/7.7\r\nHost: localhost\r\n\r\n", 505)]
    [InlineData("nonsense\r\n\r\n", 400)]
    public async Task A_request_that_cannot_be_read_gets_a_problem(string request, int status)
    {
        var response = Assert.Single(await SendAsync(request));
        AssertProblem(response, status);
    }

    [Fact]
    public async Task Addresses_and_headers_beyond_every_limit_get_a_problem()
    {
        AssertProblem(Assert.Single(await SendAsync($"GET /{new string('a', 2_000_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n")), 414);
        AssertProblem(Assert.Single(await SendAsync($"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 100_000)}\r\n\r\n")), 431);
    }

    [Fact]
    public async Task Earlier_responses_on_the_connection_are_sent_first()
    {
        var responses = await SendAsync(Valid + Valid + "GET /a%00b HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(["HTTP/1.1 404 Not Found", "HTTP/1.1 404 Not Found", "HTTP/1.1 400 Bad Request"], responses.Select(response => response.Head.Split('\r')[0]));
        AssertProblem(responses[^1], 400);
    }

    private static void AssertProblem((string Head, string Body) response, int status)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", response.Head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json", response.Head, StringComparison.Ordinal);
        Assert.Contains("Connection: close", response.Head, StringComparison.Ordinal);
        Assert.Contains("X-Content-Type-Options: nosniff", response.Head, StringComparison.Ordinal);
        var problem = JsonDocument.Parse(response.Body).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.StartsWith("/problems/", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Sends bytes and returns the responses until the server closes the connection.</summary>
    private async Task<List<(string Head, string Body)>> SendAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(served.Client.BaseAddress!.Host, served.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        var received = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
            await stream.CopyToAsync(received, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The server closed the connection before it had read everything.
        }

        var responses = new List<(string, string)>();
        for (var rest = Encoding.UTF8.GetString(received.ToArray()); rest.Length > 0;)
        {
            var end = rest.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            var header = rest[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal));
            var length = header is null ? rest.Length - end : int.Parse(header[16..], System.Globalization.CultureInfo.InvariantCulture);
            responses.Add((rest[..end], rest.Substring(end, length)));
            rest = rest[(end + length)..];
        }

        return responses;
    }
}
