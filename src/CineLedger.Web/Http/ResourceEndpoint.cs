using System.Globalization;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Web.Errors;
using CineLedger.Web.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Http;

/// <summary>
/// Answers requests for a table or a document of the ledger, over HTTP and by assistants: reads and checks the parameters, selects the snapshot, compares
/// the ETag, and gives the response from memory or from the store. It is metadata of its own endpoint.
/// </summary>
/// <param name="parameters">All that it takes.</param>
/// <param name="createQuery">Makes a query of what was asked. Throws <see cref="ProblemException"/> or <see cref="UsageException"/>.</param>
/// <param name="isDocument">The response is one document instead of rows: it can be had as JSON alone.</param>
internal sealed class ResourceEndpoint(
    ParameterSet parameters, Func<ParameterValues, ResourceQuery> createQuery, bool isDocument,
    LedgerPool pool, SnapshotSelector snapshots, SnapshotCache cache, WebOptions options, WebMetrics metrics)
{
    /// <summary>Responses up to this size are kept in memory, and have a length; larger ones go out as they are made.</summary>
    private const int MostHeldBytes = 4 << 20;

    public ParameterSet Parameters => parameters;

    public bool IsDocument => isDocument;

    /// <summary>As routing writes it: <c>/api/v1/movies/{id}</c>. Set when the endpoint is built.</summary>
    public string Path { get; set; } = "";

    /// <summary>All that were mapped.</summary>
    public static IReadOnlyList<ResourceEndpoint> FindAll(IEnumerable<EndpointDataSource> sources) =>
        [.. sources.SelectMany(source => source.Endpoints).Select(endpoint => endpoint.Metadata.GetMetadata<ResourceEndpoint>()).OfType<ResourceEndpoint>()];

    /// <summary>
    /// A page of JSON as HTTP would give it, for a caller that asks in another way. Throws what requests are answered with problems for:
    /// <see cref="Problems.Create(Exception)"/> makes one of it.
    /// </summary>
    public async Task<byte[]> ReadJsonAsync(ParameterValues values, CancellationToken cancellationToken)
    {
        var request = await ReadAsync(values, OutputFormat.Json, cancellationToken);
        var answer = await GetAsync(
            request,
            async () =>
            {
                using var output = new MemoryStream();
                var link = await WriteAsync(request, output, cancellationToken);
                return new RenderedResponse(OutputFormat.Json, output.ToArray(), link, FileName: null);
            },
            cancellationToken);
        return answer!.Body;
    }

    public async Task InvokeAsync(HttpContext http)
    {
        var values = parameters.Read(http.Request);
        var request = await ReadAsync(values, ResponseFormats.Choose(values, http.Request, isDocument), http.RequestAborted);
        var identity = request.Identity;
        var text = RequestKey.From(http.Request);
        var coding = ContentCodings.Choose(text.AcceptEncoding);
        cache.Set(text, new CachedRequest(identity.Shape, identity.IsPermanent ? identity : null, coding, http.GetEndpoint()!), 2 * (text.Length + identity.Shape.Length));
        var tags = ResponseWriting.GetIfNoneMatch(http.Request);
        if (identity.Matches(tags))
        {
            ResponseWriting.WriteNotModified(http.Response, identity);
            metrics.NotModified();
            return;
        }

        if (request.Seen is null && ResponseIdentity.ParseSnapshot(tags) is { } older && older < identity.Snapshot.Id)
        {
            identity = identity with { Shape = string.Create(CultureInfo.InvariantCulture, $"{identity.Shape} since {older}") };
            request = request with { Seen = older, Identity = identity };
        }

        if (await GetAsync(request, () => RenderAsync(http, request), http.RequestAborted) is { } answer)
        {
            await ResponseWriting.WriteAsync(http.Response, identity, answer, coding, http.RequestAborted);
        }
    }

    /// <summary>What is asked, as of which snapshot, and how much of it.</summary>
    private async Task<ParsedRequest> ReadAsync(ParameterValues values, OutputFormat format, CancellationToken cancellationToken)
    {
        var query = createQuery(values);
        var cursor = values.Get(CommonParameters.Cursor) is { } text ? Cursor.Decode(text, values.CanonicalText) : (Cursor?)null;
        var (named, seen) = (values.Get(CommonParameters.Snapshot), values.Get(CommonParameters.Seen));
        if (cursor is { } at && named is { } other && at.Snapshot != other)
        {
            throw Problems.InvalidCursor($"it is of snapshot {at.Snapshot}, not of {other}.");
        }

        named = cursor?.Snapshot ?? named;
        var snapshot = await snapshots.SelectAsync(named, seen, cancellationToken);
        var limit = LimitOf(values, query, format);
        var shape = string.Create(CultureInfo.InvariantCulture, $"{values.CanonicalText}\n{format} {limit} {cursor?.Offset} {seen}");
        return new(values, query, format, limit, cursor?.Offset ?? 0, seen, new ResponseIdentity(snapshot, named is not null, shape));
    }

    private int? LimitOf(ParameterValues values, ResourceQuery query, OutputFormat format)
    {
        if (query is not TableQuery { HasPages: var pages })
        {
            return null;
        }

        var limit = values.Get(CommonParameters.Limit);
        if (format != OutputFormat.Json || !pages)
        {
            return limit;
        }

        return limit > options.MaxPageRows
            ? throw Problems.InvalidParameter(CommonParameters.Limit.Name, $"a page of JSON has {options.MaxPageRows} rows at the most: go on by cursor, or ask for another format, which streams.")
            : limit ?? options.PageRows;
    }

    /// <summary>Gives a response from memory, or has it rendered. Null when it was too large to be held back, and has gone out.</summary>
    private async Task<RenderedResponse?> GetAsync(ParsedRequest request, Func<Task<RenderedResponse?>> render, CancellationToken cancellationToken)
    {
        var isRendered = false;
        var answer = await cache.GetAsync(
            request.Identity,
            async () =>
            {
                isRendered = true;
                metrics.CacheMiss();
                var rendered = await render();
                return (rendered, (2 * request.Identity.Shape.Length) + (rendered?.MaxBytes ?? 0));
            },
            cancellationToken);
        if (!isRendered)
        {
            metrics.CacheHit();
        }

        return answer;
    }

    private async Task<RenderedResponse?> RenderAsync(HttpContext http, ParsedRequest request)
    {
        var (format, identity) = (request.Format, request.Identity);
        var fileName = ResponseWriting.GetFileName(http.Request.Path.Value!, format, identity);
        var output = new BufferingStream(http.Response, MostHeldBytes, () =>
        {
            ResponseWriting.AddFreshness(http.Response, identity);
            ResponseWriting.AddContentHeaders(http.Response, ResponseFormats.GetContentType(format), fileName);
        });
        var link = await WriteAsync(request, output, http.RequestAborted);
        return await output.TakeAsync(http.RequestAborted) is { } body ? new RenderedResponse(format, body, link, fileName) : null;
    }

    /// <summary>Writes the response; returns the header <c>Link</c> to the next page, null when there is none.</summary>
    private async Task<string?> WriteAsync(ParsedRequest request, Stream output, CancellationToken cancellationToken)
    {
        var (values, snapshot, number) = (request.Values, request.Identity.Snapshot, request.Identity.SnapshotNumber);
        using var running = metrics.BeginQuery(Path);
        try
        {
            await using var reader = await pool.RentAsync(snapshot.Id, cancellationToken);
            var connection = reader.Connection;
            var context = new QueryContext(connection, snapshot, request.Format, request.Limit, request.Offset, new ResultInfo(snapshot, null)
            {
                Permalink = isDocument
                    ? values.GetAddress((CommonParameters.Seen, null), (CommonParameters.Snapshot, number))
                    : values.GetAddress((CommonParameters.Seen, null), (CommonParameters.Snapshot, number), (CommonParameters.Format, OutputFormatInfo.Get(request.Format).Name)),
                Since = request.Seen is { } before ? await ChangesSince.ReadAsync(connection, before, snapshot.Id, cancellationToken) : null,
            })
            {
                CursorAt = rows => new Cursor(snapshot.Id, rows).Encode(values.CanonicalText),
                Coverage = async (query, cancel) =>
                {
                    var key = SnapshotCache.CoverageKey(snapshot, query);
                    var coverage = cache.Find<Coverage>(key) ?? await ReportRunner.ReadCoverageAsync(connection, query, snapshot, cancel);
                    cache.Set(key, coverage, 2 * key.Length);
                    return coverage;
                },
            };
            await request.Query.WriteAsync(context, output, cancellationToken);
            running.SetSucceeded();
            return context.Next is { } next ? $"<{values.GetAddress((CommonParameters.Snapshot, null), (CommonParameters.Cursor, next))}>; rel=\"next\"" : null;
        }
        catch (Exception error) when (error is not OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            // An interrupted statement fails like any other.
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
    }

    /// <summary>A request, read and checked.</summary>
    /// <param name="Values">Its parameters.</param>
    /// <param name="Query">What it asks.</param>
    /// <param name="Format">Of the response.</param>
    /// <param name="Limit">Rows at the most; null for all.</param>
    /// <param name="Offset">Rows that came on the pages before.</param>
    /// <param name="Seen">The snapshot that <c>meta.since</c> is to be told from; null for none.</param>
    /// <param name="Identity">Which response that is.</param>
    private readonly record struct ParsedRequest(
        ParameterValues Values, ResourceQuery Query, OutputFormat Format, int? Limit, int Offset, int? Seen, ResponseIdentity Identity);
}
