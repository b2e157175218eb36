using System.IO.Compression;
using System.Net;

namespace CineLedger.Tests.Web;

/// <summary>How answers travel to who takes them compressed.</summary>
public sealed class CompressionTests(InProcessServer served) : IClassFixture<InProcessServer>
{
    private const string Films = "/api/v1/movies?limit=100";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("br;q=0.5, gzip;q=0.9", "gzip")]
    [InlineData("*", "br")]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("br;q=0, *;q=0", null)]
    [InlineData("br;q=0, gzip, *;q=0", "gzip")]
    [InlineData("identity", null)]
    [InlineData("zstd", null)]
    [InlineData("\"nonsense;;", null)]
    public async Task The_most_wanted_of_brotli_and_gzip_is_taken_the_first_time_and_from_memory(string accepts, string? coding)
    {
        var plain = await served.TextAsync(Films);
        for (var round = 0; round < 3; round++)
        {
            using var answer = await served.SendAsync(Films, ("Accept-Encoding", accepts));
            Assert.Equal(coding is null ? [] : [coding], answer.Content.Headers.ContentEncoding);
            Assert.Equal(["Accept", "Accept-Encoding"], answer.Headers.Vary);
            var body = await answer.Content.ReadAsByteArrayAsync(Cancel);
            Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
            Assert.Equal(plain, Unpacked(body, coding));
            Assert.True(coding is null || body.Length < plain.Length / 2);
        }
    }

    [Theory]
    [InlineData("ndjson")]
    [InlineData("md")]
    public async Task Texts_are_compressed(string format)
    {
        using var answer = await served.SendAsync($"{Films}&format={format}", ("Accept-Encoding", "gzip"));
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        Assert.Equal(await served.TextAsync($"{Films}&format={format}"), Unpacked(await answer.Content.ReadAsByteArrayAsync(Cancel), "gzip"));
    }

    [Theory]
    [InlineData($"{Films}&format=parquet")]
    [InlineData($"{Films}&format=xlsx")]
    [InlineData($"{Films}&format=arrow")]
    public async Task Files_for_programs_are_left_alone(string address)
    {
        using var answer = await served.SendAsync(address, ("Accept-Encoding", "gzip, br"));
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.True(answer.Content.Headers.ContentLength > 1_000);
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/metrics")]
    public async Task Pages_of_the_server_itself_are_compressed_too(string address)
    {
        using var answer = await served.SendAsync(address, ("Accept-Encoding", "br"));
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.NotEmpty(Unpacked(await answer.Content.ReadAsByteArrayAsync(Cancel), "br"));
    }

    [Fact]
    public async Task A_tag_holds_for_all_codings_since_it_is_weak_and_a_304_says_what_it_depends_on()
    {
        using var packed = await served.SendAsync(Films, ("Accept-Encoding", "br"));
        using var plain = await served.SendAsync(Films);
        Assert.True(packed.Headers.ETag!.IsWeak);
        Assert.Equal(plain.Headers.ETag, packed.Headers.ETag);
        foreach (var accepts in (string[])["br", "gzip", "identity"])
        {
            using var again = await served.SendAsync(Films, ("Accept-Encoding", accepts), ("If-None-Match", packed.Headers.ETag.ToString()));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(["Accept", "Accept-Encoding"], again.Headers.Vary);
            Assert.Empty(again.Content.Headers.ContentEncoding);
        }
    }

    [Fact]
    public async Task Head_says_the_same_of_it_as_get()
    {
        using var get = await served.SendAsync(Films, ("Accept-Encoding", "gzip"));
        using var request = new HttpRequestMessage(HttpMethod.Head, Films) { Headers = { { "Accept-Encoding", "gzip" } } };
        using var head = await served.Client.SendAsync(request, Cancel);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(["gzip"], head.Content.Headers.ContentEncoding);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task Events_are_never_held_back_to_be_compressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events?since=0") { Headers = { { "Accept-Encoding", "gzip, br" } } };
        using var answer = await served.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        var line = await lines.ReadLineAsync(Cancel);
        Assert.StartsWith("retry:", line, StringComparison.Ordinal);
    }

    private static string Unpacked(byte[] body, string? coding)
    {
        using var packed = new MemoryStream(body);
        using Stream stream = coding switch
        {
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }
}
