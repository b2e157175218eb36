using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CineLedger.SystemTests.Web;

namespace CineLedger.SystemTests.Sources.S3;

/// <summary>
/// A server on loopback that implements the part of S3 needed for reading: objects with ETags, conditions and ranges, paged lists, and errors
/// in S3's XML. It checks signatures (version 4) as S3 does, by computing them again. Tests configure failures in advance.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "movies";
    public const string Key = "AKIDEXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly HttpListener _listener;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _serving;

    public S3Server()
    {
        (_listener, Endpoint) = Listen();
        _serving = ServeAsync();
    }

    /// <summary>Listens on a free port, and tries another one if a process has just taken it.</summary>
    private static (HttpListener Listener, string Endpoint) Listen()
    {
        while (true)
        {
            var listener = new HttpListener();
            var endpoint = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";
            listener.Prefixes.Add($"{endpoint}/");
            try
            {
                listener.Start();
                return (listener, endpoint);
            }
            catch (HttpListenerException)
            {
                listener.Close();
            }
        }
    }

    public string Endpoint { get; }

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether objects can be read without keys.</summary>
    public bool IsPublic { get; init; } = true;

    /// <summary>The number of objects in one page of a list.</summary>
    public int PageLength { get; init; } = 1000;

    /// <summary>The handlers of the next requests, one for each, in place of the normal response; null for the normal response.</summary>
    public ConcurrentQueue<Func<HttpListenerContext, Task>?> Faults { get; } = new();

    /// <summary>The method, address and conditions of each request.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    // S3 uses MD5 for ETags; security does not depend on it here.
#pragma warning disable CA5351
    public static string ComputeETag(byte[] body) => $"\"{Convert.ToHexStringLower(MD5.HashData(body))}\"";
#pragma warning restore CA5351

    /// <summary>Sends the beginning of an object, then closes the connection.</summary>
    public Func<HttpListenerContext, Task> CutAfter(string key, int bytes) => async context =>
    {
        var body = Objects[key];
        context.Response.Headers["ETag"] = ComputeETag(body);
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body.AsMemory(0, bytes));
        await context.Response.OutputStream.FlushAsync();
        context.Response.Abort();
    };

    public static Func<HttpListenerContext, Task> Error(int status, string code) => context => ErrorAsync(context, status, code);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            try
            {
                await RespondAsync(context);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or IOException or InvalidOperationException)
            {
                // The client or this server has closed the connection, which some tests provoke.
            }
        }
    }

    private async Task RespondAsync(HttpListenerContext context)
    {
        var request = context.Request;
        var conditions = string.Concat(new[] { "If-None-Match", "If-Match", "Range" }.Where(name => request.Headers[name] is not null).Select(name => $" {name}: {request.Headers[name]}"));
        _requests.Enqueue($"{request.HttpMethod} {request.RawUrl}{conditions}");
        if (Faults.TryDequeue(out var fault) && fault is not null)
        {
            await fault(context);
            return;
        }

        if (CheckSignature(request) is { } refusal)
        {
            await ErrorAsync(context, 403, refusal);
        }
        else if (request.Url!.Segments.ElementAtOrDefault(1)?.TrimEnd('/') != Bucket)
        {
            await ErrorAsync(context, 404, "NoSuchBucket");
        }
        else if (request.QueryString["list-type"] == "2")
        {
            await ListAsync(context);
        }
        else if (Objects.TryGetValue(Uri.UnescapeDataString(request.Url.AbsolutePath)[(Bucket.Length + 2)..], out var body))
        {
            await GetAsync(context, body);
        }
        else
        {
            await ErrorAsync(context, 404, "NoSuchKey");
        }
    }

    private static async Task GetAsync(HttpListenerContext context, byte[] body)
    {
        var (request, response, tag) = (context.Request, context.Response, ComputeETag(body));
        response.Headers["ETag"] = tag;
        response.Headers["Last-Modified"] = "Wed, 01 May 2024 10:00:00 GMT";
        if (request.Headers["If-Match"] is { } requestedRange && requestedRange != tag)
        {
            await ErrorAsync(context, 412, "PreconditionFailed");
            return;
        }

        if (request.Headers["If-None-Match"] == tag)
        {
            response.StatusCode = 304;
            return;
        }

        var from = request.Headers["Range"] is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
        if (from > 0)
        {
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {from}-{body.Length - 1}/{body.Length}";
        }

        response.ContentLength64 = body.Length - from;
        await response.OutputStream.WriteAsync(body.AsMemory(from));
    }

    private async Task ListAsync(HttpListenerContext context)
    {
        var query = context.Request.QueryString;
        var (prefix, after) = (query["prefix"] ?? "", query["continuation-token"] ?? "");
        var keys = Objects.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0)
            .Where(key => query["delimiter"] is not { } delimiter || !key[prefix.Length..].Contains(delimiter, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var page = keys.Take(PageLength).ToList();
        var more = keys.Count > page.Count;
        var items = page.Select(key => $"<Contents><Key>{WebUtility.HtmlEncode(key)}</Key><ETag>{WebUtility.HtmlEncode(ComputeETag(Objects[key]))}</ETag><Size>{Objects[key].Length}</Size></Contents>");
        await XmlAsync(context, $"<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>{Bucket}</Name><IsTruncated>{(more ? "true" : "false")}</IsTruncated>"
            + $"{(more ? $"<NextContinuationToken>{page[^1]}</NextContinuationToken>" : "")}{string.Concat(items)}</ListBucketResult>");
    }

    private static Task ErrorAsync(HttpListenerContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        return XmlAsync(context, $"<Error><Code>{code}</Code><Message>{code}</Message><RequestId>1</RequestId></Error>");
    }

    private static async Task XmlAsync(HttpListenerContext context, string xml)
    {
        var bytes = Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{xml}");
        context.Response.ContentType = "application/xml";
        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes);
    }

    /// <summary>Returns the error code for a request without permission, or null when it is allowed.</summary>
    private string? CheckSignature(HttpListenerRequest request)
    {
        if (request.Headers["Authorization"] is not { } authorization)
        {
            return IsPublic ? null : "AccessDenied";
        }

        var parts = authorization["AWS4-HMAC-SHA256 ".Length..].Split(',').Select(part => part.Trim().Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        if (parts["Credential"].Split('/') is not [var key, var date, var region, "s3", "aws4_request"] || key != Key)
        {
            return "InvalidAccessKeyId";
        }

        var headers = parts["SignedHeaders"].Split(';');
        var url = request.RawUrl!.Split('?', 2);
        var query = url.Length < 2 ? "" : string.Join('&', url[1].Split('&').Select(pair => pair.Contains('=', StringComparison.Ordinal) ? pair : $"{pair}=").Order(StringComparer.Ordinal));
        var canonical = string.Join('\n', [request.HttpMethod, url[0], query, .. headers.Select(name => $"{name}:{request.Headers[name]!.Trim()}"), "", string.Join(';', headers), request.Headers["x-amz-content-sha256"]!]);
        var text = string.Join('\n', "AWS4-HMAC-SHA256", request.Headers["x-amz-date"], $"{date}/{region}/s3/aws4_request", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var signing = new[] { date, region, "s3", "aws4_request" }.Aggregate(Encoding.UTF8.GetBytes($"AWS4{Secret}"), (secret, part) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(part)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(signing, Encoding.UTF8.GetBytes(text))) == parts["Signature"] ? null : "SignatureDoesNotMatch";
    }
}
