using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CineLedger.Charts;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.Keys;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace CineLedger.Web.Dashboard;

/// <summary>Handles requests for one page: reads the address, selects the snapshot, and renders the page unless it is cached.</summary>
internal sealed class PageEndpoint(
    PageDefinition page, LedgerPool pool, LedgerReaders readers, SnapshotSelector snapshots, SnapshotCache cache, PageRenderer renderer, WebOptions options)
{
    /// <summary>The movies of the years that a page shows.</summary>
    private static readonly PageQuery YearsShown = new() { By = ["year"], Measures = ["releases"] };

    public static void Map(IEndpointRouteBuilder endpoints, PageDefinition page)
    {
        var at = ActivatorUtilities.CreateInstance<PageEndpoint>(endpoints.ServiceProvider, page);
        endpoints.MapMethods(page.Path, [HttpMethods.Get, HttpMethods.Head], at.InvokeAsync).ExcludeFromDescription();
    }

    private async Task InvokeAsync(HttpContext http)
    {
        // Forms also send empty fields, which have no effect.
        var filled = http.Request.Query.Where(pair => pair.Value.Any(text => !string.IsNullOrWhiteSpace(text)))
            .Select(pair => KeyValuePair.Create(
                pair.Key, new Microsoft.Extensions.Primitives.StringValues([.. pair.Value.Where(text => !string.IsNullOrWhiteSpace(text))])));
        var values = page.AllParameters.Read(http.Request.Path.ToUriComponent(), filled, name => UnescapePathValue(http.Request.RouteValues[name]));
        FigureParameters.Check(values);
        var ownAddress = page.ReadAddress?.Invoke(values);
        if (ownAddress?.RedirectTo is { } address)
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Redirect(address);
            return;
        }

        var state = ownAddress?.State ?? PageState.Read(values);
        var snapshot = await snapshots.SelectAsync(state.Snapshot, seen: null, http.RequestAborted, hint: ".");
        var request = new PageRequest(http.Request.Path.ToUriComponent(), values, state, new PageLedger(readers, cache, snapshot), pool.Newest ?? snapshot)
        {
            RangePath = page.RangePath,
            ShowsDetails = http.User is ApiCaller { SeesDetails: true },
            AllowsEmbedding = options.EmbedOrigins.Count > 0,
            MayLoad = !pool.IsReadOnly && http.User is ApiCaller caller && caller.Has(KeyScopes.Load),
        };
        request = ownAddress is null ? request : request with { OwnParameters = ownAddress.OwnParameters };
        var tag = page.IsLive ? null : CreateETag(request);
        AddFreshness(http, request, tag);
        AllowEmbedding(http, request);
        if (tag is not null && http.Request.Headers.IfNoneMatch.ToString().Contains(tag.AsSpan(2), StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var made = tag is null
            ? await RenderAsync(request, http.RequestAborted)
            : await request.Ledger.GetAsync(
                $"page {tag} {request.Path} {string.Join('&', values.QueryPairs)}",
                () => RenderAsync(request, http.RequestAborted),
                kept => kept.Body.Length,
                http.RequestAborted);
        if (made.RedirectTo is not null)
        {
            http.Response.Redirect(made.RedirectTo);
            return;
        }

        http.Response.StatusCode = made.Status;
        http.Response.ContentType = made.ContentType;
        http.Response.ContentLength = made.Body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await ResponseWriting.WriteBodyAsync(http.Response, made.Body, http.RequestAborted);
        }
    }

    private async Task<RenderedPage> RenderAsync(PageRequest request, CancellationToken cancellationToken)
    {
        request = page.HasTimeline ? await AddYearsAsync(request, cancellationToken) : request;
        var content = await ReadContentAsync(request, cancellationToken);
        if (content.RedirectTo is not null)
        {
            return new RenderedPage(content.Status, [], PageRenderer.ContentType) { RedirectTo = FigureParameters.AddTo(content.RedirectTo, request.Values) };
        }

        var coverage = content.Coverage
            ?? await request.Ledger.ReadCoverageAsync(page.HasTimeline ? YearsShown.CreateRequest(request.State) : LedgerYears.YearQuery, cancellationToken);
        coverage = coverage with { Notes = [.. coverage.Notes.Union(await request.Ledger.FindMissingColumnsAsync(cancellationToken))] };
        var view = new PageView(content.Title) { Request = request, Page = page, Content = content, Timeline = request.Years, Coverage = coverage };
        var body = await renderer.RenderAsync(view);
        return request.Values.Get(FigureParameters.Figure) is { } figure
            ? await RenderFigureAsync(view, view.Figures.Get(figure))
            : new RenderedPage(content.Status, body, PageRenderer.ContentType);
    }

    /// <summary>Renders one figure of a page that has been rendered: alone, or as an image.</summary>
    private async Task<RenderedPage> RenderFigureAsync(PageView view, PageFigure figure)
    {
        var image = view.Request!.Values.Get(FigureParameters.Image);
        return image is null ? new(200, await renderer.RenderAsync(view with { Figure = figure, Figures = new() }), PageRenderer.ContentType)
            : image == ResponseType.Svg.Name ? new(200, FigureImage.Draw(figure, view, ImageFormat.Svg), ResponseType.Svg.ContentType)
            : new(200, FigureImage.Draw(figure, view, ImageFormat.Png), ResponseType.Png.ContentType);
    }

    private async Task<PageRequest> AddYearsAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var filter = page.ReadTimelineFilter is { } read ? await read(request, cancellationToken) : null;
        var years = await YearTimeline.ReadAsync(request.Ledger, filter, cancellationToken);
        return request with { Years = years, State = page.HasDefaultYears ? request.State.WithDefault(years.DefaultSpan) : request.State };
    }

    private async Task<PageContent> ReadContentAsync(PageRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await page.ReadContent(request, cancellationToken);
        }
        catch (UsageException error) when (error.UnresolvedName is not null)
        {
            return UnclearName.CreatePage(error);
        }
    }

    /// <summary>Unescapes what routing leaves escaped: slashes, and the names "." and ".." (see <see cref="PageState.GetPath"/>).</summary>
    private static string? UnescapePathValue(object? value) => value is "%2E" or "%2E%2E"
        ? ((string)value).Replace("%2E", ".", StringComparison.Ordinal)
        : (value as string)?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Identifies the build: another build may render pages differently, even under the same version.</summary>
    private static readonly Guid AssemblyTag = typeof(PageEndpoint).Assembly.ManifestModule.ModuleVersionId;

    /// <summary>The page is unchanged while the ledger and the program are. The newest snapshot is part of the tag because the page announces it.</summary>
    private static string CreateETag(PageRequest request) => string.Create(
        CultureInfo.InvariantCulture,
        $"W/\"page-{request.Snapshot.Id}-{request.Newest.Id}-{HashAddress(request):x16}\"");

    private static ulong HashAddress(PageRequest request) => XxHash3.HashToUInt64(
        Encoding.UTF8.GetBytes($"{AssemblyTag} {request.Path} {string.Join('&', request.Values.QueryPairs)}"), request.Newest.PublishedAt.Ticks);

    private static void AddFreshness(HttpContext http, PageRequest request, string? tag)
    {
        var headers = http.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = tag is null ? "no-store" : http.User is ApiCaller { IsPrivate: true } ? "private, no-cache" : "public, no-cache";
        headers[LedgerHeaders.Snapshot] = request.Snapshot.Id.ToString(CultureInfo.InvariantCulture);
        headers.ContentSecurityPolicy = PageRenderer.Policy;
    }

    /// <summary>Allows the listed origins to embed a page that shows only a figure.</summary>
    private void AllowEmbedding(HttpContext http, PageRequest request)
    {
        if (options.EmbedOrigins.Count > 0 && request.Values.Get(FigureParameters.Figure) is not null)
        {
            var headers = http.Response.Headers;
            headers.Remove(HeaderNames.XFrameOptions);
            headers.ContentSecurityPolicy = PageRenderer.CreatePolicy(["'self'", .. options.EmbedOrigins]);
            headers["Cross-Origin-Resource-Policy"] = CrossSiteMiddleware.IsFromListedPage(http.Request, options) ? "cross-origin" : "same-origin";
        }
    }

    private sealed record RenderedPage(int Status, byte[] Body, string ContentType)
    {
        public string? RedirectTo { get; init; }
    }
}
