using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace CineLedger.Web.Http;

/// <summary>The content coding of a response. All codings of a response have the same weak ETag.</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

/// <summary>Chooses the coding of buffered responses and compresses them. Streamed responses are compressed by <see cref="StreamingCompressionProvider"/>.</summary>
internal static class ContentCodings
{
    /// <summary>The smallest body that is compressed. Smaller ones fit into one packet anyway.</summary>
    public const int MinBytes = 1_000;

    /// <summary>Returns the preferred coding of <c>Accept-Encoding</c>: brotli on a tie, identity when it lists no supported coding.</summary>
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
            if ((value.Quality ?? 1) is var acceptedQuality && (acceptedQuality > quality || (acceptedQuality > 0 && acceptedQuality == quality && coding > best)))
            {
                (best, quality) = (coding, acceptedQuality);
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

    /// <summary>Returns whether compression pays. It does not for Parquet and workbooks, which are already compressed, and Arrow, which is read in place.</summary>
    public static bool IsWorthwhile(ResponseType type, int bytes) => bytes >= MinBytes && type.IsCompressible;

    public static byte[] Compress(byte[] body, ContentCoding coding)
    {
        using var compressed = new MemoryStream(body.Length / 4);
        using (Stream stream = coding == ContentCoding.Brotli
            ? new BrotliStream(compressed, CompressionLevel.Optimal)
            : new GZipStream(compressed, CompressionLevel.Optimal))
        {
            stream.Write(body);
        }

        return compressed.ToArray();
    }
}
