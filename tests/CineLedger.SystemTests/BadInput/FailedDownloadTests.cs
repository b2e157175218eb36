using System.Diagnostics;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;
using static CineLedger.SystemTests.BadInput.BadSourceTests;

namespace CineLedger.SystemTests.BadInput;

public sealed class FailedDownloadTests(RefusingWorkspace refusing, Datasets datasets) : IClassFixture<RefusingWorkspace>
{
    [Fact]
    public async Task A_404_is_not_retried()
    {
        await using var server = LoopbackServer.Create("404 Not Found\r\nContent-Length: 0");
        AssertSays(await refusing.AssertLoadRefusedAsync(1, server.Address), server.Address, "404", "Check the address");
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_failing_server_is_retried_as_often_as_configured()
    {
        await using var server = LoopbackServer.Create("500 Internal Server Error\r\nContent-Length: 0");
        var load = await refusing.Workspace.RunAsync("load", server.Address, "--retries", "1");
        Assert.Equal(1, load.ExitCode);
        AssertSays(load.ErrorLines[^1], "cineledger: ", server.Address, "500", "(2 attempts)", "Try again later");
        Assert.All(load.ErrorLines[..^1], line => Assert.StartsWith("warning: ", line, StringComparison.Ordinal));
        Assert.Equal(2, server.Requests.Count);
        await refusing.AssertUnchangedAsync();
    }

    [Fact]
    public async Task Without_retries_a_failing_server_gives_a_one_line_error()
    {
        await using var server = LoopbackServer.Create("503 Service Unavailable\r\nContent-Length: 0");
        AssertSays(await refusing.AssertLoadRefusedAsync(1, server.Address, "--retries", "0"), server.Address, "503");
    }

    [Fact]
    public async Task A_connection_cut_halfway_leaves_no_partial_dataset()
    {
        var zip = await File.ReadAllBytesAsync(datasets.Clean, TestContext.Current.CancellationToken);
        await using var server = LoopbackServer.Create($"200 OK\r\nContent-Length: {zip.Length}", zip[..(zip.Length / 2)]);
        AssertSays(await refusing.AssertLoadRefusedAsync(1, server.Address, "--retries", "0"), server.Address, "cannot be downloaded");
        Assert.Empty(Directory.GetFiles(refusing.Workspace.GetPath("tmp")));
    }

    [Fact]
    public async Task A_connection_cut_halfway_is_resumed_where_it_broke_off()
    {
        var zip = await File.ReadAllBytesAsync(datasets.Movies, TestContext.Current.CancellationToken);
        var half = zip.Length / 2;
        await using var server = new LoopbackServer((request, stream, stop) => request.Contains($"Range: bytes={half}-", StringComparison.OrdinalIgnoreCase)
            ? LoopbackServer.SendAsync(stream, $"206 Partial Content\r\nETag: \"v1\"\r\nContent-Range: bytes {half}-{zip.Length - 1}/{zip.Length}\r\nContent-Length: {zip.Length - half}", zip[half..], stop)
            : LoopbackServer.SendAsync(stream, $"200 OK\r\nETag: \"v1\"\r\nContent-Length: {zip.Length}", zip[..half], stop));
        await refusing.Workspace.RunSuccessfullyAsync("load", server.Address, "--store", "resumed.duckdb");
        await refusing.Workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", "whole.duckdb");
        Assert.Equal(await refusing.Workspace.ReadAnswersAsync(store: "whole.duckdb"), await refusing.Workspace.ReadAnswersAsync(store: "resumed.duckdb"));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_never_responds_times_out()
    {
        await using var server = new LoopbackServer((_, _, stop) => Wait.ForeverAsync(stop));
        var clock = Stopwatch.StartNew();
        var load = await refusing.Workspace.RunAsync("load", server.Address, "--timeout", "1", "--retries", "0");
        AssertSays(Workspace.OneLine(load, 1), server.Address, "did not respond within", "Check the address and the network");
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(1), $"gave up after only {clock.Elapsed}");
        await refusing.AssertUnchangedAsync();
    }

    [Fact]
    public async Task A_closed_port_is_reported_as_no_connection()
    {
        var server = LoopbackServer.Create("200 OK");
        var address = server.Address;
        await server.DisposeAsync();
        AssertSays(await refusing.AssertLoadRefusedAsync(1, address, "--retries", "0"), address, "no connection");
    }

    [Fact]
    public async Task A_password_in_the_address_is_never_shown()
    {
        await using var server = LoopbackServer.Create("403 Forbidden\r\nContent-Length: 0");
        var load = await refusing.Workspace.RunAsync("load", server.Address.Replace("http://", "http://anna:geheim@", StringComparison.Ordinal) + "?token=geheim", "--verbose");
        Assert.Equal(1, load.ExitCode);
        AssertSays(load.Error, "403", "Check the user, the password");
        Assert.DoesNotContain("geheim", load.Error, StringComparison.Ordinal);
    }
}
