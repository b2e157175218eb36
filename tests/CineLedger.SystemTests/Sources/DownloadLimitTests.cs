using System.Text;

namespace CineLedger.SystemTests.Sources;

/// <summary>Tests that no server can make a download endless.</summary>
public sealed class DownloadLimitTests : HttpSourceTests
{
    [Fact]
    public async Task A_server_that_sends_a_byte_now_and_then_is_abandoned_at_the_time_limit()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Endless("a"u8.ToArray(), TimeSpan.FromMilliseconds(20)));
        var error = await ErrorAsync(server.Address, Options with { FetchTimeout = TimeSpan.FromSeconds(0.5) });
        Assert.Contains("not complete after 0.5 s, the limit for fetching a source", error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task The_time_limit_includes_the_waits_between_attempts()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Status("503 Busy", "Retry-After: 100"));
        var error = await ErrorAsync(server.Address, Options with { FetchTimeout = TimeSpan.FromSeconds(0.5) });
        Assert.Contains("not complete after 0.5 s", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_announced_length_beyond_the_limit_is_refused_without_reading_the_body()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Stalled(Zip, after: 0));
        var error = await ErrorAsync(server.Address, Options with { MaxBytes = 1024 });
        Assert.Contains("larger than 1 KB, the limit for a source", error, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_text_without_a_length_is_refused_at_the_limit_and_binary_data_by_its_first_bytes()
    {
        await using var text = new ScriptedServer(ScriptedResponses.Endless(Encoding.UTF8.GetBytes(Movies), TimeSpan.Zero));
        Assert.Contains("larger than 300 KB", await ErrorAsync(text.Address, Options with { MaxBytes = 300 << 10 }), StringComparison.Ordinal);
        await using var binary = new ScriptedServer(ScriptedResponses.Endless(new byte[8192], TimeSpan.Zero));
        Assert.Contains("it is a binary file", await ErrorAsync(binary.Address), StringComparison.Ordinal);
        Assert.Single(binary.Requests);
    }

    [Fact]
    public async Task A_resumed_download_is_inspected_from_its_first_byte()
    {
        await using var server = new ScriptedServer(
            ScriptedResponses.File(Zip, Tag, cutAfter: 10_000), ScriptedResponses.File(OtherZip, "\"v2\"", cutAfter: 20_000), ScriptedResponses.File(OtherZip, "\"v2\""));
        await DownloadAsync(server, OtherZip);
    }
}
