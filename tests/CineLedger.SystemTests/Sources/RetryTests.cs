using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CineLedger.SystemTests.Sources;

public sealed class RetryTests : HttpSourceTests
{
    [Theory]
    [InlineData("400 Bad Request")]
    [InlineData("401 Unauthorized")]
    [InlineData("404 Not Found")]
    [InlineData("410 Gone")]
    [InlineData("304 Not Modified")]
    public async Task A_permanent_error_is_not_retried(string status)
    {
        await using var server = new ScriptedServer(ScriptedResponses.Status(status), ScriptedResponses.File(Zip, Tag));
        var error = await ErrorAsync(server.Address);
        Assert.Contains($"the server returned {status[..3]} ({status[4..]})", error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    public async Task A_failing_server_is_retried(string status)
    {
        await using var server = new ScriptedServer(ScriptedResponses.Status(status), ScriptedResponses.Status(status), ScriptedResponses.File(Zip, Tag));
        await DownloadAsync(server, Zip);
        Assert.Equal(3, server.Requests.Count);
        Assert.Contains(Logged, line => line.Contains($"returned {status[..3]} ({status[4..]}); attempt 2 of 5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_keeps_failing_is_abandoned_after_the_allowed_attempts()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Status("500 Internal Server Error"));
        var error = await ErrorAsync(server.Address, Options with { Attempts = 4 });
        Assert.Contains("500 (Internal Server Error) (4 attempts)", error, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task One_attempt_means_no_retry()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Status("500 Internal Server Error"));
        await ErrorAsync(server.Address, Options with { Attempts = 1 });
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Retry_After_is_respected()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Status("429 Too Many Requests", "Retry-After: 1"), ScriptedResponses.File(Zip, Tag));
        var clock = Stopwatch.StartNew();
        await DownloadAsync(server, Zip);
        // The back-off alone would wait only milliseconds. The limit is below a second because timers may fire early.
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(0.9), $"waited only {clock.Elapsed}");
    }

    [Fact]
    public async Task A_too_long_Retry_After_fails_with_a_message()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Status("503 Maintenance", "Retry-After: 86400"));
        var error = await ErrorAsync(server.Address);
        Assert.Contains("asked for a wait of 86400 s", error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_Retry_After_in_the_past_is_ignored()
    {
        await using var server = new ScriptedServer(
            ScriptedResponses.Status("503 Busy", "Retry-After: Wed, 01 May 2024 10:00:00 GMT"), ScriptedResponses.File(Zip, Tag));
        await DownloadAsync(server, Zip);
    }

    [Fact]
    public async Task A_host_that_never_responds_gives_a_one_line_error()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Silence);
        var error = await ErrorAsync(server.Address, Impatient with { ConnectTimeout = TimeSpan.FromSeconds(2), Attempts = 1 });
        Assert.Contains("the server did not respond within 2.2 s. Check", error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_sends_headers_but_no_body_gives_a_one_line_error()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Stalled(Zip, after: 0));
        var error = await ErrorAsync(server.Address, Impatient);
        Assert.Contains("the server sent nothing for 0.2 s after 0 bytes (2 attempts)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stalled_download_is_resumed()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Stalled(Zip, after: 100_000, $"ETag: {Tag}"), ScriptedResponses.File(Zip, Tag));
        await DownloadAsync(server, Zip, Options with { StallTimeout = TimeSpan.FromSeconds(2) });
        Assert.Equal([null, 100_000], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_host_that_does_not_accept_connections_gives_a_one_line_error()
    {
        // The queue holds one connection and is full, so the kernel does not respond to the next one.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!, Cancel);

        var options = Impatient with { ConnectTimeout = TimeSpan.FromSeconds(0.1) };
        var error = await ErrorAsync($"http://{listener.LocalEndPoint}/x.zip", options);
        Assert.Contains("the host did not accept a connection within 0.1 s (2 attempts)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_gives_a_one_line_error()
    {
        // Bound, so that no other process gets the port, but not listening.
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var error = await ErrorAsync($"http://{deaf.LocalEndPoint}/x.zip", Options with { Attempts = 2 });
        Assert.Contains("no connection: Connection refused (2 attempts)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_closed_without_a_response_is_retried()
    {
        await using var server = new ScriptedServer((_, _, _) => Task.CompletedTask, ScriptedResponses.File(Zip, Tag));
        await DownloadAsync(server, Zip);
        Assert.Equal(2, server.Requests.Count);
    }
}
