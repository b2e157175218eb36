using System.Diagnostics;
using CineLedger.SystemTests.CommandLine;
using CineLedger.Tests.Support;
using static CineLedger.SystemTests.BadInput.SourceTests;

namespace CineLedger.SystemTests.BadInput;

public sealed class DownloadTests(RefusingDesk refusing, Datasets datasets) : IClassFixture<RefusingDesk>
{
    [Fact]
    public async Task An_address_that_the_server_does_not_know_is_not_tried_again()
    {
        await using var server = LoopbackServer.Of("404 Not Found\r\nContent-Length: 0");
        Says(await refusing.RefuseLoadAsync(1, server.Address), server.Address, "404", "Check the address");
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_in_trouble_is_tried_as_often_as_was_asked_for()
    {
        await using var server = LoopbackServer.Of("500 Internal Server Error\r\nContent-Length: 0");
        var load = await refusing.Desk.RunAsync("load", server.Address, "--retries", "1");
        Assert.Equal(1, load.ExitCode);
        Says(load.ErrorLines[^1], "cineledger: ", server.Address, "500", "(2 tries)", "Try again later");
        Assert.All(load.ErrorLines[..^1], line => Assert.StartsWith("warning: ", line, StringComparison.Ordinal));
        Assert.Equal(2, server.Requests.Count);
        await refusing.AssertUnchangedAsync();
    }

    [Fact]
    public async Task Without_retries_a_server_in_trouble_is_one_line()
    {
        await using var server = LoopbackServer.Of("503 Service Unavailable\r\nContent-Length: 0");
        Says(await refusing.RefuseLoadAsync(1, server.Address, "--retries", "0"), server.Address, "503");
    }

    [Fact]
    public async Task A_connection_that_is_cut_half_way_leaves_no_half_of_a_dataset()
    {
        var zip = await File.ReadAllBytesAsync(datasets.Clean, TestContext.Current.CancellationToken);
        await using var server = LoopbackServer.Of($"200 OK\r\nContent-Length: {zip.Length}", zip[..(zip.Length / 2)]);
        Says(await refusing.RefuseLoadAsync(1, server.Address, "--retries", "0"), server.Address, "cannot be downloaded");
        Assert.Empty(Directory.GetFiles(refusing.Desk.PathOf("tmp")));
    }

    [Fact]
    public async Task A_connection_that_is_cut_half_way_is_taken_up_where_it_broke_off()
    {
        var zip = await File.ReadAllBytesAsync(datasets.Films, TestContext.Current.CancellationToken);
        var half = zip.Length / 2;
        await using var server = new LoopbackServer((request, stream, stop) => request.Contains($"Range: bytes={half}-", StringComparison.OrdinalIgnoreCase)
            ? LoopbackServer.SendAsync(stream, $"206 Partial Content\r\nETag: \"v1\"\r\nContent-Range: bytes {half}-{zip.Length - 1}/{zip.Length}\r\nContent-Length: {zip.Length - half}", zip[half..], stop)
            : LoopbackServer.SendAsync(stream, $"200 OK\r\nETag: \"v1\"\r\nContent-Length: {zip.Length}", zip[..half], stop));
        await refusing.Desk.GoodAsync("load", server.Address, "--store", "resumed.duckdb");
        await refusing.Desk.GoodAsync("load", datasets.Films, "--store", "whole.duckdb");
        Assert.Equal(await refusing.Desk.AnswersAsync(store: "whole.duckdb"), await refusing.Desk.AnswersAsync(store: "resumed.duckdb"));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_in_the_time_that_was_allowed()
    {
        await using var server = new LoopbackServer((_, _, stop) => Wait.ForeverAsync(stop));
        var clock = Stopwatch.StartNew();
        var load = await refusing.Desk.RunAsync("load", server.Address, "--timeout", "1", "--retries", "0");
        Says(Desk.OneLine(load, 1), server.Address, "does not answer within", "Check the address and the network");
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(1), $"given up after {clock.Elapsed}");
        await refusing.AssertUnchangedAsync();
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_told_as_no_connection()
    {
        var server = LoopbackServer.Of("200 OK");
        var address = server.Address;
        await server.DisposeAsync();
        Says(await refusing.RefuseLoadAsync(1, address, "--retries", "0"), address, "no connection");
    }

    [Fact]
    public async Task A_password_in_the_address_is_never_shown()
    {
        await using var server = LoopbackServer.Of("403 Forbidden\r\nContent-Length: 0");
        var load = await refusing.Desk.RunAsync("load", server.Address.Replace("http://", "http://anna:geheim@", StringComparison.Ordinal) + "?token=geheim", "--verbose");
        Assert.Equal(1, load.ExitCode);
        Says(load.Error, "403", "Check the user, the password");
        Assert.DoesNotContain("geheim", load.Error, StringComparison.Ordinal);
    }
}
