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
    public async Task An_answer_that_will_not_change_is_final(string status)
    {
        await using var server = new ScriptedServer(Answers.Status(status), Answers.File(Zip, Tag));
        var error = await ErrorAsync(server.Address);
        Assert.Contains($"the server answers {status[..3]} ({status[4..]})", error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    public async Task A_server_in_trouble_is_asked_again(string status)
    {
        await using var server = new ScriptedServer(Answers.Status(status), Answers.Status(status), Answers.File(Zip, Tag));
        await DownloadAsync(server, Zip);
        Assert.Equal(3, server.Requests.Count);
        Assert.Contains(Logged, line => line.Contains($"answers {status[..3]} ({status[4..]}); try 2 of 5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_stays_in_trouble_is_given_up_after_the_attempts_allowed()
    {
        await using var server = new ScriptedServer(Answers.Status("500 Internal Server Error"));
        var error = await ErrorAsync(server.Address, Options with { Attempts = 4 });
        Assert.Contains("500 (Internal Server Error) (4 tries)", error, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task One_attempt_means_no_retry()
    {
        await using var server = new ScriptedServer(Answers.Status("500 Internal Server Error"));
        await ErrorAsync(server.Address, Options with { Attempts = 1 });
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_wait_that_the_server_asks_for_is_kept()
    {
        await using var server = new ScriptedServer(Answers.Status("429 Too Many Requests", "Retry-After: 1"), Answers.File(Zip, Tag));
        var clock = Stopwatch.StartNew();
        await DownloadAsync(server, Zip);
        // The back-off alone would have waited for some milliseconds. Timers may fire a little early.
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(0.9), $"waited {clock.Elapsed} only");
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_not_waited_for_but_told()
    {
        await using var server = new ScriptedServer(Answers.Status("503 Maintenance", "Retry-After: 86400"));
        var error = await ErrorAsync(server.Address);
        Assert.Contains("asks to wait 86400 s", error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_wait_until_a_time_that_is_past_is_over()
    {
        await using var server = new ScriptedServer(
            Answers.Status("503 Busy", "Retry-After: Wed, 01 May 2024 10:00:00 GMT"), Answers.File(Zip, Tag));
        await DownloadAsync(server, Zip);
    }

    [Fact]
    public async Task A_host_that_never_answers_ends_with_one_line()
    {
        await using var server = new ScriptedServer(Answers.Silence);
        var error = await ErrorAsync(server.Address, Impatient with { ConnectTimeout = TimeSpan.FromSeconds(2), Attempts = 1 });
        Assert.Contains("the server does not answer within 2.2 s. Check", error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_sends_the_head_but_no_body_ends_with_one_line()
    {
        await using var server = new ScriptedServer(Answers.Stalled(Zip, after: 0));
        var error = await ErrorAsync(server.Address, Impatient);
        Assert.Contains("the server falls silent for 0.2 s after 0 bytes (2 tries)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_falls_silent_half_way_is_asked_for_the_rest()
    {
        await using var server = new ScriptedServer(Answers.Stalled(Zip, after: 100_000, $"ETag: {Tag}"), Answers.File(Zip, Tag));
        await DownloadAsync(server, Zip, Options with { StallTimeout = TimeSpan.FromSeconds(2) });
        Assert.Equal([null, 100_000], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_host_that_does_not_accept_connections_ends_with_one_line()
    {
        // A queue of one that is full: the kernel leaves the next caller without an answer.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(listener.LocalEndPoint!, Cancel);

        var options = Impatient with { ConnectTimeout = TimeSpan.FromSeconds(0.1) };
        var error = await ErrorAsync($"http://{listener.LocalEndPoint}/x.zip", options);
        Assert.Contains("the host does not accept a connection within 0.1 s (2 tries)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_ends_with_one_line()
    {
        // Bound, so that nobody else gets the port, but not listening.
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var error = await ErrorAsync($"http://{deaf.LocalEndPoint}/x.zip", Options with { Attempts = 2 });
        Assert.Contains("no connection: Connection refused (2 tries)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_closed_without_an_answer_is_tried_again()
    {
        await using var server = new ScriptedServer((_, _, _) => Task.CompletedTask, Answers.File(Zip, Tag));
        await DownloadAsync(server, Zip);
        Assert.Equal(2, server.Requests.Count);
    }
}
