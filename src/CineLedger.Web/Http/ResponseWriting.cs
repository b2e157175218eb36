using CineLedger.Export;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Http;

/// <summary>Puts answers, and what is said of their freshness, into responses.</summary>
internal static class ResponseWriting
{
    /// <summary>What of a request, beside its address, makes an answer.</summary>
    public const string Vary = "Accept, Accept-Encoding";

    /// <summary>The headers that every answer has, a 304 too.</summary>
    public static void AddFreshness(HttpResponse response, ResponseIdentity identity)
    {
        var headers = response.Headers;
        headers[LedgerHeaders.Snapshot] = identity.SnapshotNumber;
        headers.ETag = identity.ETag;
        headers.LastModified = identity.LastModified;
        headers.CacheControl = response.HttpContext.User is ApiCaller { IsPrivate: true } ? identity.PrivateCacheControl : identity.CacheControl;
        headers.Vary = Vary;
    }

    public static void WriteNotModified(HttpResponse response, ResponseIdentity identity)
    {
        response.StatusCode = StatusCodes.Status304NotModified;
        AddFreshness(response, identity);
    }

    /// <param name="response">Of the request.</param>
    /// <param name="identity">What was asked: a request that names the snapshot and one that does not may have the same answer.</param>
    /// <param name="result">Its answer.</param>
    /// <param name="coding">The most wanted.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public static Task WriteAsync(HttpResponse response, ResponseIdentity identity, RenderedResponse result, ContentCoding coding, CancellationToken cancellationToken)
    {
        AddFreshness(response, identity);
        AddContentHeaders(response, result.ContentType, result.FileName);
        var body = result.GetBody(ref coding);
        response.ContentLength = body.Length;
        if (coding != ContentCoding.Identity)
        {
            response.Headers.ContentEncoding = ContentCodings.GetName(coding);
        }

        if (result.Link is not null)
        {
            response.Headers.Link = result.Link;
        }

        return HttpMethods.IsHead(response.HttpContext.Request.Method) ? Task.CompletedTask : response.BodyWriter.WriteAsync(body, cancellationToken).AsTask();
    }

    public static void AddContentHeaders(HttpResponse response, string contentType, string? fileName)
    {
        response.ContentType = contentType;
        if (fileName is not null)
        {
            response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        }
    }

    /// <summary>What browsers cannot show is a file, named by what was asked and the snapshot; null for what they can.</summary>
    public static string? GetFileName(string path, OutputFormat format, ResponseIdentity identity) => OutputFormatInfo.Get(format).IsBinary
        ? $"{path[(path.LastIndexOf('/') + 1)..]}-{identity.SnapshotNumber}.{OutputFormatInfo.Get(format).Name}"
        : null;

    public static string? GetIfNoneMatch(HttpRequest request) => request.Headers.IfNoneMatch is { Count: > 0 } tags ? tags.ToString() : null;
}
