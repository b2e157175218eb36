using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Streaming;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CineLedger.Web.Pushes;

/// <summary>Reads a push as it comes in: JSON objects, one a line, perhaps gzipped; never the whole text at once.</summary>
internal static class PushBody
{
    private static readonly string[] MediaTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    /// <summary>The changes in a body, and the fingerprint of its text. Throws a <see cref="ProblemException"/> where it is none of movies at all.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">What findings call it.</param>
    /// <param name="max">The largest body in bytes, unpacked.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<(ChangeSet Changes, string Hash)> ReadAsync(HttpRequest request, string name, long max, CancellationToken cancellationToken)
    {
        CheckContentType(request);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = max;
        }

        await using var measured = Open(request, max);
        var changes = new ChangeSet(name);
        var movies = new ChangeReader(changes);
        var reader = new JsonLineReader(measured, "the body", MovieColumns.JsonFields(), new RecordReaderOptions { BatchBytes = 64 << 10 });
        try
        {
            await foreach (var batch in reader.ReadBatchesAsync(cancellationToken))
            {
                using (batch)
                {
                    movies.Read(batch);
                }
            }
        }
        catch (InvalidDataException)
        {
            throw Problems.InvalidBody("Content-Encoding says gzip, and it is not, or not one whole member of it.", null);
        }
        catch (LedgerException error)
        {
            // A line that is too long.
            throw Problems.TooLarge(error.Message);
        }

        movies.Complete();
        if (changes.Records == 0)
        {
            throw Problems.InvalidBody("it is empty; send movies as JSON objects, one a line.", null);
        }

        return changes.Findings.Count(finding => finding.Rule == Rules.InvalidJson) == changes.Records
            ? throw Problems.InvalidBody("no line of it is a JSON object; send movies as JSON objects, one a line, without a list around them.", null)
            : (changes, measured.Hash);
    }

    private static void CheckContentType(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            throw Problems.UnsupportedMediaType($"Content-Type: movies are taken as {MediaTypes[0]} in UTF-8, not as '{request.ContentType}'.");
        }
    }

    private static PushBodyStream Open(HttpRequest request, long max) => request.Headers.ContentEncoding.ToString() switch
    {
        "" or "identity" => new PushBodyStream(request.Body, max),
        "gzip" => PushBodyStream.Decompress(request.Body, max),
        var other => throw Problems.UnsupportedMediaType($"Content-Encoding: a body is taken as it is or as gzip, not as '{other}'."),
    };
}
