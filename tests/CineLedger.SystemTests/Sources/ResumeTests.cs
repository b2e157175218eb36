using System.Globalization;

namespace CineLedger.SystemTests.Sources;

public sealed class ResumeTests : HttpSourceTests
{
    private const int Cut = 150_000;

    [Fact]
    public async Task A_connection_that_is_cut_is_resumed_where_it_broke_off()
    {
        await using var server = new ScriptedServer(
            Answers.File(Zip, Tag, cutAfter: Cut), Answers.File(Zip, Tag, cutAfter: Cut), Answers.File(Zip, Tag));
        Assert.Equal(Tag + "|", await DownloadAsync(server, Zip));
        Assert.Equal([null, Cut, 2 * Cut], server.Requests.Select(request => request.From));
        Assert.Equal([null, Tag, Tag], server.Requests.Select(request => request.Headers.GetValueOrDefault("If-Range")));
        Assert.Contains(Logged, line => line.Contains($"resumed at byte {Cut}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_resumed_with_what_has_arrived_until_then()
    {
        await using var server = new ScriptedServer(Answers.Reset(Zip, Cut, Tag), Answers.File(Zip, Tag));
        await DownloadAsync(server, Zip);
        // How much of it the reset leaves to be read is up to the kernel.
        Assert.InRange(server.Requests[1].From ?? 0, 0, Cut);
    }

    [Fact]
    public async Task Where_the_server_gives_a_date_only_the_rest_is_asked_for_by_date()
    {
        const string date = "Wed, 01 May 2024 10:00:00 GMT";
        string[] headers = [$"Last-Modified: {date}"];
        await using var server = new ScriptedServer(
            Answers.Whole(Zip, [.. headers, Length(Zip)], cutAfter: Cut), Answers.Part(Zip, Cut, headers));
        Assert.Equal("|2024-05-01T10:00:00Z", await DownloadAsync(server, Zip));
        Assert.Equal(date, server.Requests[1].Headers["If-Range"]);
        Assert.Equal(Cut, server.Requests[1].From);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_sends_the_whole_again()
    {
        await using var server = new ScriptedServer(
            Answers.Whole(Zip, [$"ETag: {Tag}", Length(Zip)], cutAfter: Cut), Answers.Whole(Zip, [$"ETag: {Tag}", Length(Zip)]));
        await DownloadAsync(server, Zip);
        Assert.Equal(Cut, server.Requests[1].From);
        Assert.Contains(Logged, line => line.Contains("starting over", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("W/\"v1\"")]
    public async Task Without_a_tag_that_vouches_for_every_byte_a_part_is_never_asked_for(string? tag)
    {
        string[] headers = tag is null ? [Length(Zip)] : [Length(Zip), $"ETag: {tag}"];
        await using var server = new ScriptedServer(Answers.Whole(Zip, headers, cutAfter: Cut), Answers.Whole(Zip, headers));
        await DownloadAsync(server, Zip);
        Assert.Equal([null, null], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_file_that_changed_on_the_server_is_downloaded_from_its_start()
    {
        await using var server = new ScriptedServer(Answers.File(Zip, Tag, cutAfter: Cut), Answers.File(OtherZip, "\"v2\""));
        Assert.Equal("\"v2\"|", await DownloadAsync(server, OtherZip));
        Assert.Equal([null, Cut], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_part_of_another_version_is_not_glued_to_what_has_arrived()
    {
        // A server that does parts but no conditions.
        await using var server = new ScriptedServer(
            Answers.File(Zip, Tag, cutAfter: Cut), Answers.Part(OtherZip, Cut, ["ETag: \"v2\""]), Answers.File(OtherZip, "\"v2\""));
        Assert.Equal("\"v2\"|", await DownloadAsync(server, OtherZip));
        Assert.Equal([null, Cut, null], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task Another_part_than_asked_for_is_not_glued_to_what_has_arrived()
    {
        await using var server = new ScriptedServer(
            Answers.File(Zip, Tag, cutAfter: Cut), Answers.Part(Zip, Cut - 1, [$"ETag: {Tag}"]), Answers.File(Zip, Tag));
        await DownloadAsync(server, Zip);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_file_that_shrank_on_the_server_is_downloaded_from_its_start()
    {
        await using var server = new ScriptedServer(
            Answers.File(Zip, Tag, cutAfter: Cut), Answers.Status("416 Range Not Satisfiable"), Answers.File(OtherZip, "\"v2\""));
        await DownloadAsync(server, OtherZip);
        Assert.Equal([null, Cut, null], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task A_connection_that_is_cut_every_time_ends_with_one_line()
    {
        await using var server = new ScriptedServer(Answers.Whole(Zip, [Length(Zip)], cutAfter: Cut));
        var error = await ErrorAsync(server.Address, Options with { Attempts = 3 });
        Assert.Contains("the connection was cut", error, StringComparison.Ordinal);
        Assert.Contains("(3 tries)", error, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_cut_that_nobody_can_notice_by_length_is_noticed_by_the_zip()
    {
        await using var server = new ScriptedServer(Answers.Whole(Zip, [], cutAfter: Cut));
        Assert.Contains("cut off or damaged", await ErrorAsync(server.Address), StringComparison.Ordinal);
    }

    private static string Length(byte[] body) => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}");
}
