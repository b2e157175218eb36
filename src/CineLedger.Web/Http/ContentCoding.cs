using System.IO.Compression;
using CineLedger.Export;
using Microsoft.Net.Http.Headers;

namespace CineLedger.Web.Http;

/// <summary>How the bytes of an answer travel. A tag is the same for all of them: it is weak.</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

/// <summary>Chooses the coding of whole answers, and makes it. What goes out as it is made is compressed by <see cref="StreamingCompressionProvider"/>.</summary>
internal static class ContentCodings
{
    /// <summary>Below that a packet is a packet.</summary>
    public const int MinBytes = 1_000;

    /// <summary>The most wanted coding of <c>Accept-Encoding</c>, brotli where two are wanted alike; the bytes as they are where it says nothing usable.</summary>
    public static ContentCoding Choose(string? acceptEncoding)
    {
        if (string.IsNullOrEmpty(acceptEncoding) || !StringWithQualityHeaderValue.TryParseList([acceptEncoding], out var preferred))
        {
            return ContentCoding.Identity;
        }

        var (best, quality) = (ContentCoding.Identity, 0.0);
        var anyIsBrotli = !preferred.Any(value => value.Value.Equals("br", StringComparison.OrdinalIgnoreCase));
        foreach (var value in preferred)
        {
            var coding = value.Value.Value!.ToLowerInvariant() switch
            {
                "br" => ContentCoding.Brotli,
                "*" when anyIsBrotli => ContentCoding.Brotli,
                "gzip" or "x-gzip" => ContentCoding.Gzip,
                _ => ContentCoding.Identity,
            };
            if ((value.Quality ?? 1) is var query && (query > quality || (query > 0 && query == quality && coding > best)))
            {
                (best, quality) = (coding, query);
            }
        }

        return best;
    }

    public static string? GetName(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => "br",
        ContentCoding.Gzip => "gzip",
        _ => null,
    };

    /// <summary>Whether it pays: Parquet and workbooks are compressed inside, Arrow is read in place.</summary>
    public static bool IsWorthwhile(OutputFormat format, int bytes) => bytes >= MinBytes && !OutputFormatInfo.Get(format).IsBinary;

    public static byte[] Compress(byte[] body, ContentCoding coding)
    {
        using var compressed = new MemoryStream(body.Length / 4);
        using (Stream stream = coding == ContentCoding.Brotli ? new BrotliStream(compressed, CompressionLevel.Optimal) : new GZipStream(compressed, CompressionLevel.Optimal))
        {
            stream.Write(body);
        }

        return compressed.ToArray();
    }
}
