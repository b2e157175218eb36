using System.IO.Compression;
using System.Text;
using CineLedger.Web.Errors;
using CineLedger.Web.Pushes;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Tests.Web;

/// <summary>Tests that a push is refused while it arrives, as soon as its refusal is certain.</summary>
public sealed class PushBodyTests
{
    private const long MaxBytes = 16 << 20;

    [Theory]
    [InlineData("{}", "invalid-id")]
    [InlineData("nonsense", "invalid-json")]
    [InlineData("{\"id\": \"x\"}", "invalid-id")]
    public async Task A_body_of_bad_records_is_refused_before_its_end_compressed_or_not(string line, string rule)
    {
        foreach (var gzip in new[] { false, true })
        {
            await using var body = await CreateAsync($"{line}\n", 20 * PushBody.MaxRejected, gzip);
            var problem = await RefusedAsync(body, gzip);
            Assert.Equal(StatusCodes.Status400BadRequest, problem.Status);
            Assert.Contains($"records were rejected, beginning with line 1 ({rule}). Nothing was written", problem.Detail, StringComparison.Ordinal);
            Assert.True(gzip || body.Position < body.Length / 2, $"{body.Position} of {body.Length} bytes were read");
        }
    }

    [Fact]
    public async Task A_body_with_too_many_records_is_refused_and_one_with_the_most_allowed_is_read()
    {
        const string removal = "{\"id\":1,\"deleted\":true}\n";
        await using var most = await CreateAsync(removal, PushQueue.MaxWaitingRecords, gzip: true);
        Assert.Equal(PushQueue.MaxWaitingRecords, (await PushBody.ReadAsync(CreateRequest(most, gzip: true), "push/1", MaxBytes, TestContext.Current.CancellationToken)).Changes.Records);
        await using var more = await CreateAsync(removal, PushQueue.MaxWaitingRecords + 1, gzip: true);
        var problem = await RefusedAsync(more, gzip: true);
        Assert.Equal(StatusCodes.Status413PayloadTooLarge, problem.Status);
        Assert.Contains("more than 200,000 records; send it in parts", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_records_up_to_the_limit_are_findings()
    {
        await using var body = await CreateAsync("{\"id\": 0}\n", PushBody.MaxRejected, gzip: false);
        var (changes, _) = await PushBody.ReadAsync(CreateRequest(body, gzip: false), "push/1", MaxBytes, TestContext.Current.CancellationToken);
        Assert.Equal((PushBody.MaxRejected, PushBody.MaxRejected), (changes.Records, changes.Rejected));
    }

    private static async Task<Problem> RefusedAsync(Stream body, bool gzip) =>
        (await Assert.ThrowsAsync<ProblemException>(() => PushBody.ReadAsync(CreateRequest(body, gzip), "push/1", MaxBytes, TestContext.Current.CancellationToken))).Problem;

    private static HttpRequest CreateRequest(Stream body, bool gzip)
    {
        var request = new DefaultHttpContext().Request;
        request.Body = body;
        request.ContentType = "application/x-ndjson";
        request.Headers.ContentEncoding = gzip ? "gzip" : "";
        return request;
    }

    private static async Task<MemoryStream> CreateAsync(string line, int lines, bool gzip)
    {
        var text = Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, line, lines).ToString());
        if (!gzip)
        {
            return new MemoryStream(text);
        }

        var packed = new MemoryStream();
        await using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await stream.WriteAsync(text, TestContext.Current.CancellationToken);
        }

        packed.Position = 0;
        return packed;
    }
}
