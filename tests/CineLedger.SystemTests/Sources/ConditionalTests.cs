using CineLedger.Sources;

namespace CineLedger.SystemTests.Sources;

public sealed class ConditionalTests : HttpSourceTests
{
    private const string Date = "Wed, 01 May 2024 10:00:00 GMT";

    [Fact]
    public async Task A_source_unchanged_since_the_known_version_is_not_downloaded()
    {
        await using var server = new ScriptedServer(ScriptedResponses.File(Zip, Tag));
        var version = await DownloadAsync(server, Zip);
        Assert.Null(await SourceOpener.OpenIfChangedAsync(server.Address, version, Options, Cancel));
        Assert.Equal(Tag, server.Requests[1].Headers["If-None-Match"]);
        Assert.Empty(TemporaryFiles);
    }

    [Fact]
    public async Task The_known_ETag_and_date_are_both_sent()
    {
        await using var server = new ScriptedServer(
            ScriptedResponses.Whole(Zip, [$"ETag: W/{Tag}", $"Last-Modified: {Date}"]), ScriptedResponses.Status("304 Not Modified"));
        var version = await DownloadAsync(server, Zip);
        Assert.Equal($"W/{Tag}|2024-05-01T10:00:00Z", version);
        Assert.Null(await SourceOpener.OpenIfChangedAsync(server.Address, version, Options, Cancel));
        Assert.Equal($"W/{Tag}", server.Requests[1].Headers["If-None-Match"]);
        Assert.Equal(Date, server.Requests[1].Headers["If-Modified-Since"]);
    }

    [Fact]
    public async Task A_changed_source_is_downloaded_and_has_a_new_version()
    {
        await using var server = new ScriptedServer(ScriptedResponses.File(OtherZip, "\"v2\""));
        await using var dataset = await SourceOpener.OpenIfChangedAsync(server.Address, Tag + "|", Options, Cancel);
        Assert.NotNull(dataset);
        Assert.Equal("\"v2\"|", dataset.Version);
    }

    [Fact]
    public async Task A_server_that_ignores_conditions_is_detected_by_its_ETag_before_the_body_is_read()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Stalled(Zip, after: 0, $"ETag: {Tag}"));
        Assert.Null(await SourceOpener.OpenIfChangedAsync(server.Address, Tag + "|", Options with { Attempts = 1 }, Cancel));
    }

    [Fact]
    public async Task A_version_from_another_kind_of_source_sends_no_condition()
    {
        await using var server = new ScriptedServer(ScriptedResponses.File(Zip, Tag));
        await using var dataset = await SourceOpener.OpenIfChangedAsync(server.Address, "123-20240501T100000.0000000Z", Options, Cancel);
        Assert.NotNull(dataset);
        Assert.DoesNotContain("If-None-Match", Assert.Single(server.Requests).Headers.Keys);
    }
}
