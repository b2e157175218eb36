using System.Globalization;

namespace CineLedger.SystemTests.Sources;

public sealed class ResumeTests : HttpSourceTests
{
    private const int Cut = 150_000;

    [Fact]
    public async Task An_interrupted_download_resumes_where_it_stopped()
    {
        await using var server = new ScriptedServer(
            ScriptedResponses.File(Zip, Tag, cutAfter: Cut), ScriptedResponses.File(Zip, Tag, cutAfter: Cut), ScriptedResponses.File(Zip, Tag));
        Assert.Equal(Tag + "|", await DownloadAsync(server, Zip));
        Assert.Equal([null, Cut, 2 * Cut], server.Requests.Select(request => request.From));
        Assert.Equal([null, Tag, Tag], server.Requests.Select(request => request.Headers.GetValueOrDefault("If-Range")));
        Assert.Contains(Logged, line => line.Contains($"resumed at byte {Cut}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_download_resumes_after_a_connection_reset_with_the_bytes_received_so_far()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Reset(Zip, Cut, Tag), ScriptedResponses.File(Zip, Tag));
        await DownloadAsync(server, Zip);
        // The kernel decides how much can still be read after the reset.
        Assert.InRange(server.Requests[1].From ?? 0, 0, Cut);
    }

    [Fact]
    public async Task Without_an_ETag_the_rest_is_requested_by_date()
    {
        const string date = "Wed, 01 May 2024 10:00:00 GMT";
        string[] headers = [$"Last-Modified: {date}"];
        await using var server = new ScriptedServer(
            ScriptedResponses.Whole(Zip, [.. headers, Length(Zip)], cutAfter: Cut), ScriptedResponses.Part(Zip, Cut, headers));
        Assert.Equal("|2024-05-01T10:00:00Z", await DownloadAsync(server, Zip));
        Assert.Equal(date, server.Requests[1].Headers["If-Range"]);
        Assert.Equal(Cut, server.Requests[1].From);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_sends_the_file_again()
    {
        await using var server = new ScriptedServer(
            ScriptedResponses.Whole(Zip, [$"ETag: {Tag}", Length(Zip)], cutAfter: Cut), ScriptedResponses.Whole(Zip, [$"ETag: {Tag}", Length(Zip)]));
        await DownloadAsync(server, Zip);
        Assert.Equal(Cut, server.Requests[1].From);
        Assert.Contains(Logged, line => line.Contains("starting over", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("W/\"v1\"")]
    public async Task Without_a_strong_ETag_ranges_are_never_requested(string? tag)
    {
        string[] headers = tag is null ? [Length(Zip)] : [Length(Zip), $"ETag: {tag}"];
        await using var server = new ScriptedServer(ScriptedResponses.Whole(Zip, headers, cutAfter: Cut), ScriptedResponses.Whole(Zip, headers));
        await DownloadAsync(server, Zip);
        Assert.Equal([null, null], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_file_that_changed_on_the_server_is_downloaded_from_its_start()
    {
        await using var server = new ScriptedServer(ScriptedResponses.File(Zip, Tag, cutAfter: Cut), ScriptedResponses.File(OtherZip, "\"v2\""));
        Assert.Equal("\"v2\"|", await DownloadAsync(server, OtherZip));
        Assert.Equal([null, Cut], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_range_of_another_version_is_not_appended()
    {
        // A server that supports ranges but ignores conditions.
        await using var server = new ScriptedServer(
            ScriptedResponses.File(Zip, Tag, cutAfter: Cut), ScriptedResponses.Part(OtherZip, Cut, ["ETag: \"v2\""]), ScriptedResponses.File(OtherZip, "\"v2\""));
        Assert.Equal("\"v2\"|", await DownloadAsync(server, OtherZip));
        Assert.Equal([null, Cut, null], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task An_unrequested_range_is_not_appended()
    {
        await using var server = new ScriptedServer(
            ScriptedResponses.File(Zip, Tag, cutAfter: Cut), ScriptedResponses.Part(Zip, Cut - 1, [$"ETag: {Tag}"]), ScriptedResponses.File(Zip, Tag));
        await DownloadAsync(server, Zip);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_file_that_shrank_on_the_server_is_downloaded_from_its_start()
    {
        await using var server = new ScriptedServer(
            ScriptedResponses.File(Zip, Tag, cutAfter: Cut), ScriptedResponses.Status("416 Range Not Satisfiable"), ScriptedResponses.File(OtherZip, "\"v2\""));
        await DownloadAsync(server, OtherZip);
        Assert.Equal([null, Cut, null], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_download_that_is_always_interrupted_gives_a_one_line_error()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Whole(Zip, [Length(Zip)], cutAfter: Cut));
        var error = await ErrorAsync(server.Address, Options with { Attempts = 3 });
        Assert.Contains("the connection was cut", error, StringComparison.Ordinal);
        Assert.Contains("(3 attempts)", error, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_truncation_hidden_by_the_content_length_is_detected_by_the_zip_reader()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Whole(Zip, [], cutAfter: Cut));
        Assert.Contains("cut off or damaged", await ErrorAsync(server.Address), StringComparison.Ordinal);
    }

    private static string Length(byte[] body) => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}");
}
