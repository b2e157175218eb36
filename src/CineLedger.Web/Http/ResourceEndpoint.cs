using System.Data.Common;
using System.Globalization;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Names;
using CineLedger.Web.Errors;
using CineLedger.Web.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Http;

/// <summary>
/// Serves a table or document of the ledger to HTTP clients and assistants: reads and checks the parameters, selects the snapshot, compares the ETag, and
/// returns the response from the cache or the store. It is metadata of its own endpoint.
/// </summary>
/// <param name="parameters">All parameters of the endpoint.</param>
/// <param name="createQuery">Creates the query of a request. Throws <see cref="ProblemException"/> or <see cref="UsageException"/>.</param>
/// <param name="isDocument">Whether the response is one document, available only as JSON, instead of rows.</param>
internal sealed class ResourceEndpoint(
    ParameterSet parameters, Func<ParameterValues, ResourceQuery> createQuery, bool isDocument,
    LedgerReaders readers, SnapshotSelector snapshots, SnapshotCache cache, WebOptions options, WebMetrics metrics)
{
    /// <summary>Responses up to this size are cached and have a content length. Larger ones are streamed.</summary>
    private const int MaxBufferedBytes = 4 << 20;

    public ParameterSet Parameters => parameters;

    public bool IsDocument => isDocument;

    /// <summary>Whether the response is a file of one format, which is not for assistants. Set when the endpoint is mapped.</summary>
    public bool IsFile { get; set; }

    /// <summary>The route pattern, such as <c>/api/v1/movies/{id}</c>. Set when the endpoint is built.</summary>
    public string Path { get; set; } = "";

    /// <summary>Returns all mapped resources.</summary>
    public static IReadOnlyList<ResourceEndpoint> FindAll(IEnumerable<EndpointDataSource> sources) =>
        [.. sources.SelectMany(source => source.Endpoints).Select(endpoint => endpoint.Metadata.GetMetadata<ResourceEndpoint>()).OfType<ResourceEndpoint>()];

    /// <summary>
    /// Returns the same page of JSON as over HTTP, for other callers. <see cref="Problems.Create(Exception)"/> turns the exceptions it throws into
    /// problems.
    /// </summary>
    public async Task<byte[]> ReadJsonAsync(ParameterValues values, CancellationToken cancellationToken)
    {
        var request = await ReadAsync(values, OutputFormat.Json, cancellationToken);
        var response = await GetAsync(
            request,
            async () =>
            {
                using var output = new MemoryStream();
                var (other, link) = await QueryAsync(request, output, () => Clear(output), cancellationToken);
                return other ?? new RenderedResponse(request.Type, output.ToArray(), link, FileName: null);
            },
            cancellationToken);
        return response!.Body;
    }

    public async Task InvokeAsync(HttpContext http)
    {
        var values = parameters.Read(http.Request);
        var request = await ReadAsync(values, IsFile ? OutputFormat.Json : ResponseFormats.Select(values, http.Request, isDocument), http.RequestAborted);
        var identity = request.Identity;
        var text = RequestKey.From(http.Request);
        var coding = ContentCodings.Choose(text.AcceptEncoding);
        cache.Set(
            text, new CachedRequest(identity.Shape, identity.IsPermanent ? identity : null, coding, http.GetEndpoint()!), 2 * (text.Length + identity.Shape.Length));
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

    /// <summary>Determines the query, the snapshot and the range of rows.</summary>
    private async Task<ParsedRequest> ReadAsync(ParameterValues values, OutputFormat format, CancellationToken cancellationToken)
    {
        var query = createQuery(values);
        var type = query.Type ?? ResponseType.Get(format);
        var cursor = values.Get(CommonParameters.Cursor) is { } text ? Cursor.Decode(text, values.CanonicalText) : (Cursor?)null;
        var (named, seen) = (values.Get(CommonParameters.Snapshot), values.Get(CommonParameters.Seen));
        if (cursor is { } at && named is { } other && at.Snapshot != other)
        {
            throw Problems.InvalidCursor($"it belongs to snapshot {at.Snapshot}, not to {other}.");
        }

        named = cursor?.Snapshot ?? named;
        var snapshot = await snapshots.SelectAsync(named, seen, cancellationToken);
        var limit = GetLimit(values, query, format);
        var shape = string.Create(CultureInfo.InvariantCulture, $"{values.CanonicalText}\n{type.Name} {limit} {cursor?.Offset} {seen}");
        return new(values, query, format, type, limit, cursor?.Offset ?? 0, seen, new ResponseIdentity(snapshot, named is not null, shape));
    }

    private int? GetLimit(ParameterValues values, ResourceQuery query, OutputFormat format)
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
            ? throw Problems.InvalidParameter(
                CommonParameters.Limit.Name, $"a page of JSON has at most {options.MaxPageRows} rows: continue with cursor, or use another format, which has no pages.")
            : limit ?? options.PageRows;
    }

    private static bool Clear(MemoryStream output)
    {
        output.SetLength(0);
        return true;
    }

    /// <summary>Returns a response from the cache, or renders it. Returns null when it was too large to be buffered and has been sent.</summary>
    private async Task<RenderedResponse?> GetAsync(ParsedRequest request, Func<Task<RenderedResponse?>> render, CancellationToken cancellationToken)
    {
        var isRendered = false;
        var response = await cache.GetAsync(
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

        return response;
    }

    private async Task<RenderedResponse?> RenderAsync(HttpContext http, ParsedRequest request)
    {
        var (type, identity) = (request.Type, request.Identity);
        var fileName = ResponseWriting.GetFileName(request.Query.FileName ?? request.Values.Path, type, identity);
        await using var output = new BufferingStream(http.Response, MaxBufferedBytes, () =>
        {
            ResponseWriting.AddFreshness(http.Response, identity);
            ResponseWriting.AddContentHeaders(http.Response, type, fileName);
        });
        var (other, link) = await QueryAsync(request, output, output.TryReset, http.RequestAborted);
        return other ?? (await output.DetachAsync(http.RequestAborted) is { } body ? new RenderedResponse(type, body, link, fileName) : null);
    }

    /// <summary>
    /// Writes the response to the output. Returns the header <c>Link</c> to the next page, or null on the last page; or the response, without writing it, when
    /// another caller rendered it while this one waited.
    /// </summary>
    private async Task<(RenderedResponse? Other, string? Link)> QueryAsync(
        ParsedRequest request, Stream output, Func<bool> reset, CancellationToken cancellationToken)
    {
        using var running = metrics.BeginQuery(Path);
        var result = await readers.RunAsync(
            request.Identity.Snapshot.Id,
            async connection => cache.Find<RenderedResponse>(request.Identity) is { } other
                ? (other, null)
                : ((RenderedResponse?)null, await WriteAsync(request, connection, output, cancellationToken)),
            reset,
            cancellationToken);
        running.SetSucceeded();
        return result;
    }

    /// <summary>Writes the response. Returns the header <c>Link</c> to the next page, or null on the last page.</summary>
    private async Task<string?> WriteAsync(ParsedRequest request, DbConnection connection, Stream output, CancellationToken cancellationToken)
    {
        var (values, snapshot, number) = (request.Values, request.Identity.Snapshot, request.Identity.SnapshotNumber);
        try
        {
            var context = new QueryContext(connection, snapshot, request.Format, request.Limit, request.Offset, new ResultInfo(snapshot, null)
            {
                Permalink = isDocument
                    ? values.GetAddress((CommonParameters.Seen, null), (CommonParameters.Snapshot, number))
                    : values.GetAddress((CommonParameters.Seen, null), (CommonParameters.Snapshot, number), (CommonParameters.Format, request.Type.Name)),
                Since = request.Seen is { } before ? await ChangesSince.ReadAsync(connection, before, snapshot.Id, cancellationToken) : null,
            })
            {
                CursorAt = rows => new Cursor(snapshot.Id, rows).Encode(values.CanonicalText),
                Resolve = (query, cancel) => QueryResolver.ResolveAsync(new NameSource(connection, snapshot, cache.CreateNameCache(snapshot)), query, cancel),
                Coverage = async (query, cancel) =>
                {
                    var key = SnapshotCache.CreateCoverageKey(snapshot, query);
                    var coverage = cache.Find<Coverage>(key) ?? await ReportRunner.ReadCoverageAsync(connection, query, snapshot, cancel);
                    cache.Set(key, coverage, 2 * key.Length);
                    return coverage;
                },
            };
            await request.Query.WriteAsync(context, output, cancellationToken);
            return context.Next is { } next ? $"<{values.GetAddress((CommonParameters.Snapshot, null), (CommonParameters.Cursor, next))}>; rel=\"next\"" : null;
        }
        catch (Exception error) when (error is not OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            // An interrupted statement fails like any other statement.
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
    }

    /// <summary>A checked request.</summary>
    /// <param name="Values">The parameters.</param>
    /// <param name="Query">The query.</param>
    /// <param name="Format">The format of a table.</param>
    /// <param name="Type">The type of the response.</param>
    /// <param name="Limit">The maximum number of rows; null for all.</param>
    /// <param name="Offset">The number of rows on earlier pages.</param>
    /// <param name="Seen">The snapshot that <c>meta.since</c> starts from; null to omit it.</param>
    /// <param name="Identity">The identity of the response.</param>
    private readonly record struct ParsedRequest(
        ParameterValues Values, ResourceQuery Query, OutputFormat Format, ResponseType Type, int? Limit, int Offset, int? Seen, ResponseIdentity Identity);
}
