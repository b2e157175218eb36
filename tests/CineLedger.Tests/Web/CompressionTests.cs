using System.IO.Compression;
using System.Net;

namespace CineLedger.Tests.Web;

/// <summary>Tests the compression of responses.</summary>
public sealed class CompressionTests(InProcessServer served) : IClassFixture<InProcessServer>
{
    private const string Movies = "/api/v1/movies?limit=100";

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
    public async Task The_preferred_encoding_is_used_with_and_without_the_cache(string accepts, string? coding)
    {
        var plain = await served.TextAsync(Movies);
        for (var round = 0; round < 3; round++)
        {
            using var response = await served.SendAsync(Movies, ("Accept-Encoding", accepts));
            Assert.Equal(coding is null ? [] : [coding], response.Content.Headers.ContentEncoding);
            Assert.Equal(["Accept", "Accept-Encoding"], response.Headers.Vary);
            var body = await response.Content.ReadAsByteArrayAsync(Cancel);
            Assert.Equal(body.Length, response.Content.Headers.ContentLength);
            Assert.Equal(plain, Unpacked(body, coding));
            Assert.True(coding is null || body.Length < plain.Length / 2);
        }
    }

    [Theory]
    [InlineData("ndjson")]
    [InlineData("md")]
    public async Task Texts_are_compressed(string format)
    {
        using var response = await served.SendAsync($"{Movies}&format={format}", ("Accept-Encoding", "gzip"));
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        Assert.Equal(await served.TextAsync($"{Movies}&format={format}"), Unpacked(await response.Content.ReadAsByteArrayAsync(Cancel), "gzip"));
    }

    [Theory]
    [InlineData($"{Movies}&format=parquet")]
    [InlineData($"{Movies}&format=xlsx")]
    [InlineData($"{Movies}&format=arrow")]
    public async Task Files_for_programs_are_left_alone(string address)
    {
        using var response = await served.SendAsync(address, ("Accept-Encoding", "gzip, br"));
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.True(response.Content.Headers.ContentLength > 1_000);
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/metrics")]
    public async Task Pages_of_the_server_itself_are_compressed_too(string address)
    {
        using var response = await served.SendAsync(address, ("Accept-Encoding", "br"));
        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        Assert.NotEmpty(Unpacked(await response.Content.ReadAsByteArrayAsync(Cancel), "br"));
    }

    [Fact]
    public async Task A_weak_ETag_covers_all_encodings_and_a_304_has_Vary()
    {
        using var packed = await served.SendAsync(Movies, ("Accept-Encoding", "br"));
        using var plain = await served.SendAsync(Movies);
        Assert.True(packed.Headers.ETag!.IsWeak);
        Assert.Equal(plain.Headers.ETag, packed.Headers.ETag);
        foreach (var accepts in (string[])["br", "gzip", "identity"])
        {
            using var again = await served.SendAsync(Movies, ("Accept-Encoding", accepts), ("If-None-Match", packed.Headers.ETag.ToString()));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(["Accept", "Accept-Encoding"], again.Headers.Vary);
            Assert.Empty(again.Content.Headers.ContentEncoding);
        }
    }

    [Fact]
    public async Task HEAD_returns_the_same_compression_headers_as_GET()
    {
        using var get = await served.SendAsync(Movies, ("Accept-Encoding", "gzip"));
        using var request = new HttpRequestMessage(HttpMethod.Head, Movies) { Headers = { { "Accept-Encoding", "gzip" } } };
        using var head = await served.Client.SendAsync(request, Cancel);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal(["gzip"], head.Content.Headers.ContentEncoding);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task Events_are_never_held_back_to_be_compressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events?since=0") { Headers = { { "Accept-Encoding", "gzip, br" } } };
        using var response = await served.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
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
