using System.Text;
using CineLedger.Sources;

namespace CineLedger.SystemTests.Sources;

public sealed class DownloadTests : HttpSourceTests
{
    [Fact]
    public async Task A_zip_is_downloaded_to_a_temporary_file_that_is_deleted_with_the_dataset()
    {
        await using var server = new ScriptedServer(ScriptedResponses.File(Zip, Tag));
        await DownloadAsync(server, Zip);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("GET /data/movies.zip HTTP/1.1", request.Line, StringComparison.Ordinal);
        Assert.False(request.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task A_csv_file_can_be_downloaded_as_well()
    {
        await using var server = new ScriptedServer(ScriptedResponses.File(Encoding.UTF8.GetBytes(Movies), Tag));
        await DownloadAsync(server, Encoding.UTF8.GetBytes(Movies));
    }

    [Fact]
    public async Task Progress_grows_to_the_total()
    {
        var progress = new DownloadProgressRecorder();
        await using var server = new ScriptedServer(ScriptedResponses.File(Zip, Tag));
        await DownloadAsync(server, Zip, Options with { Progress = progress });
        Assert.Equal(new SourceProgress(Zip.Length, Zip.Length), progress.Reports[^1]);
        Assert.Equal(progress.Reports.Select(report => report.Bytes).Order(), progress.Reports.Select(report => report.Bytes));
    }

    [Fact]
    public async Task A_response_without_a_length_is_read_to_its_end()
    {
        var progress = new DownloadProgressRecorder();
        await using var server = new ScriptedServer(ScriptedResponses.Whole(Zip, []));
        Assert.Null(await DownloadAsync(server, Zip, Options with { Progress = progress }));
        Assert.Equal(new SourceProgress(Zip.Length, null), progress.Reports[^1]);
    }

    [Fact]
    public async Task A_chunked_response_is_read_to_its_end()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Chunked(Zip, chunks: 7));
        await DownloadAsync(server, Zip);
    }

    [Fact]
    public async Task A_web_page_in_place_of_the_dataset_is_recognized()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Whole("<html>Please log in</html>"u8.ToArray(), []));
        Assert.Contains("web page", await ErrorAsync(server.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_response_is_refused()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Status("200 OK"));
        Assert.Contains("empty (0 bytes)", await ErrorAsync(server.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_response_is_refused()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Whole(Zip, ["Content-Encoding: gzip"]));
        Assert.Contains("Content-Encoding: gzip", await ErrorAsync(server.Address), StringComparison.Ordinal);
        Assert.Equal("identity", Assert.Single(server.Requests).Headers["Accept-Encoding"]);
    }

    [Fact]
    public async Task Redirects_are_followed()
    {
        await using var target = new ScriptedServer(ScriptedResponses.File(Zip, Tag));
        await using var server = new ScriptedServer(ScriptedResponses.Status("302 Found", $"Location: {target.Address}"));
        await DownloadAsync(server, Zip);
    }

    [Fact]
    public async Task User_and_password_are_sent_only_to_the_named_host_and_never_printed()
    {
        await using var target = new ScriptedServer(ScriptedResponses.File(Zip, Tag));
        await using var server = new ScriptedServer(
            ScriptedResponses.Status("503 Busy"), ScriptedResponses.Status("302 Found", $"Location: {target.Address}"));
        var address = $"http://al%40ice:s3cret@{server.Host}/x.zip?X-Amz-Signature=s3cret";
        await using var dataset = await SourceOpener.OpenAsync(address, Options, Cancel);

        Assert.Equal("Basic " + Convert.ToBase64String("al@ice:s3cret"u8), server.Requests[^1].Headers["Authorization"]);
        Assert.Contains("?X-Amz-Signature=s3cret ", server.Requests[^1].Line, StringComparison.Ordinal);
        Assert.False(Assert.Single(target.Requests).Headers.ContainsKey("Authorization"));
        Assert.Equal($"http://{server.Host}/x.zip?…", dataset.Address);
        Assert.NotEmpty(Logged);
        Assert.DoesNotContain(Logged, line => line.Contains("s3cret", StringComparison.Ordinal));
        Assert.DoesNotContain(Logged, line => line.Contains("ice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Errors_contain_neither_password_nor_signature()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Status("403 Forbidden"));
        var error = await ErrorAsync($"http://alice:s3cret@{server.Host}/x.zip?X-Amz-Signature=s3cret");
        Assert.Contains("403 (Forbidden)", error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_canceled_download_leaves_nothing_behind()
    {
        await using var server = new ScriptedServer(ScriptedResponses.Stalled(Zip, after: 1000));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var progress = new DownloadProgressRecorder { OnReport = cancel.Cancel };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SourceOpener.OpenAsync(server.Address, Options with { Progress = progress }, cancel.Token));
        Assert.Empty(TemporaryFiles);
        Assert.Single(server.Requests);
    }

    private sealed class DownloadProgressRecorder : IProgress<SourceProgress>
    {
        public List<SourceProgress> Reports { get; } = [];

        public Action? OnReport { get; init; }

        public void Report(SourceProgress value)
        {
            Reports.Add(value);
            OnReport?.Invoke();
        }
    }
}
