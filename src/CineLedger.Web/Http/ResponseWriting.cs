using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Http;

/// <summary>Writes responses and their headers.</summary>
internal static class ResponseWriting
{
    /// <summary>The request headers that, together with the address, determine a response.</summary>
    public const string Vary = "Accept, Accept-Encoding";

    /// <summary>The size of the parts of a large body: what the web server buffers by default.</summary>
    private const int PartBytes = 64 << 10;

    /// <summary>Adds the headers that every response has, including a 304.</summary>
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

    /// <param name="response">The response to write.</param>
    /// <param name="identity">The identity for this request: requests with and without a given snapshot may share a result.</param>
    /// <param name="result">The rendered response.</param>
    /// <param name="coding">The preferred coding.</param>
    /// <param name="cancellationToken">Canceled when the client disconnects.</param>
    public static Task WriteAsync(
        HttpResponse response, ResponseIdentity identity, RenderedResponse result, ContentCoding coding, CancellationToken cancellationToken)
    {
        AddFreshness(response, identity);
        AddContentHeaders(response, result.Type, result.FileName);
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

        return HttpMethods.IsHead(response.HttpContext.Request.Method) ? Task.CompletedTask : WriteBodyAsync(response, body, cancellationToken);
    }

    /// <summary>Writes a complete body. The web server copies what it is given, so a large body is written in parts as the client receives them.</summary>
    public static Task WriteBodyAsync(HttpResponse response, byte[] body, CancellationToken cancellationToken) =>
        body.Length <= PartBytes ? response.BodyWriter.WriteAsync(body, cancellationToken).AsTask() : WriteLargeBodyAsync(response, body, cancellationToken);

    private static async Task WriteLargeBodyAsync(HttpResponse response, byte[] body, CancellationToken cancellationToken)
    {
        var spool = response.HttpContext.RequestServices.GetRequiredService<Spool>();
        using var held = spool.TryHold(body.Length);
        if (held is not null)
        {
            for (var at = 0; at < body.Length; at += PartBytes)
            {
                await response.BodyWriter.WriteAsync(body.AsMemory(at, Math.Min(PartBytes, body.Length - at)), cancellationToken);
            }

            return;
        }

        using var file = new SpoolFile(spool, CallerPartition.Get(response.HttpContext));
        file.Append(body);
        file.Complete();
        body = [];
        await file.CopyToAsync(response.Body, cancellationToken);
    }

    public static void AddContentHeaders(HttpResponse response, ResponseType type, string? fileName)
    {
        response.ContentType = type.ContentType;
        if (fileName is not null)
        {
            response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        }
    }

    /// <summary>Returns the file name, made of path and snapshot, for formats that browsers cannot display; otherwise, null.</summary>
    public static string? GetFileName(string path, ResponseType type, ResponseIdentity identity) => type.IsAttachment
        ? $"{path[(path.LastIndexOf('/') + 1)..]}-{identity.SnapshotNumber}.{type.Name}"
        : null;

    public static string? GetIfNoneMatch(HttpRequest request) => request.Headers.IfNoneMatch is { Count: > 0 } tags ? tags.ToString() : null;
}
