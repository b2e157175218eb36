using System.IO.Compression;
using CineLedger.Export;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CineLedger.Web.Http;

/// <summary>
/// ASP.NET's compression, for what goes out as it is made: large answers, pages, the API's description. Whole answers come compressed already, or
/// are too small to be.
/// </summary>
internal sealed class StreamingCompressionProvider(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    /// <summary>Text alone. Not events, of which each has to arrive at once.</summary>
    private static readonly string[] MediaTypes =
    [
        .. OutputFormatInfo.All.Where(format => format is { IsBinary: false, MediaType: not null }).Select(format => format.MediaType!),
        "application/problem+json", "text/html", "text/plain", "text/css", "text/javascript", "application/javascript", "application/openmetrics-text", "image/svg+xml",
    ];

    public static void Add(IServiceCollection services)
    {
        services.AddResponseCompression(compression => compression.MimeTypes = MediaTypes);
        services.AddSingleton<IResponseCompressionProvider, StreamingCompressionProvider>();

        // On the way of each request: a quarter of the time for a fifth more bytes.
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    public override bool ShouldCompressResponse(HttpContext context) =>
        (context.Response.ContentLength is null or >= ContentCodings.MinBytes) && base.ShouldCompressResponse(context);
}
