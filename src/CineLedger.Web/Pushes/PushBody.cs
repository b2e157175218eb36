using System.Globalization;
using CineLedger.Cleaning;
using CineLedger.Model;
using CineLedger.Records;
using CineLedger.Sources;
using CineLedger.Streaming;
using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CineLedger.Web.Pushes;

/// <summary>Reads the body of a push as a stream: JSON objects, one per line, optionally gzipped.</summary>
internal static class PushBody
{
    /// <summary>The number of rejected records after which a push is refused: each of them causes findings, and a sender with so many must be using a wrong format.</summary>
    public const int MaxRejected = 10_000;

    /// <summary>The average length of a record below which a large push is refused. The movies of TMDB's API are several times as long.</summary>
    private const int MinAverageBytes = 256;

    private static readonly string[] MediaTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

    /// <summary>
    /// Returns the changes in a body and the hash of its text. Throws a <see cref="ProblemException"/> when it contains no movies, and, while it arrives, when it is too large.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The file name in findings.</param>
    /// <param name="max">The largest body in bytes, after decompression.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
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
        var reader = new JsonLineReader(measured, "the body", MovieColumns.CreateJsonFields(), new RecordReaderOptions { BatchBytes = 64 << 10 });
        try
        {
            await foreach (var batch in reader.ReadBatchesAsync(cancellationToken))
            {
                using (batch)
                {
                    if (changes.Records == 0 && DatasetFiles.DescribeOtherKind(measured.Head) is { } other)
                    {
                        throw Problems.InvalidBody(other, null);
                    }

                    movies.Read(batch);
                    CheckCounts(changes, max);
                }
            }
        }
        catch (InvalidDataException)
        {
            throw Problems.InvalidBody("Content-Encoding is gzip, but the body is not one complete gzip member.", null);
        }
        catch (LedgerException error)
        {
            // A line is too long.
            throw Problems.TooLarge(error.Message);
        }

        movies.Complete();
        if (changes.Records == 0)
        {
            throw Problems.InvalidBody("it is empty; send movies as JSON objects, one per line.", null);
        }

        return changes.Findings.Count(finding => finding.Rule == Rules.InvalidJson) == changes.Records
            ? throw Problems.InvalidBody("no line is a JSON object; send movies as JSON objects, one per line, not as a JSON array.", null)
            : (changes, measured.Hash);
    }

    /// <summary>Refuses a push as soon as it has too many records, or too many rejected ones, whatever follows.</summary>
    private static void CheckCounts(ChangeSet changes, long max)
    {
        if (changes.Rejected > MaxRejected)
        {
            var first = changes.Findings.First(finding => finding.Kind == FindingKind.Reject);
            throw Problems.InvalidBody(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{changes.Rejected:N0} of its first {changes.Records:N0} records were rejected, beginning with line {first.Line} ({first.Rule}). Nothing was written; correct the records, or send them in parts."),
                null);
        }

        if (Math.Max(PushQueue.MaxWaitingRecords, max / MinAverageBytes) is var most && changes.Records > most)
        {
            throw Problems.TooLarge(string.Create(
                CultureInfo.InvariantCulture, $"the body has more than {most:N0} records; send it in parts, or load it as a file (POST /api/v1/loads)."));
        }
    }

    private static void CheckContentType(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            throw Problems.UnsupportedMediaType($"Content-Type: send movies as {MediaTypes[0]} in UTF-8, not as '{request.ContentType}'.");
        }
    }

    private static PushBodyStream Open(HttpRequest request, long max) => request.Headers.ContentEncoding.ToString() switch
    {
        "" or "identity" => new PushBodyStream(request.Body, max),
        "gzip" => PushBodyStream.Decompress(request.Body, max),
        var other => throw Problems.UnsupportedMediaType($"Content-Encoding: '{other}' is not supported; send the body uncompressed or as gzip."),
    };
}
