using System.Text.Json;
using CineLedger.Storage.Keys;
using CineLedger.Web.Dashboard;
using CineLedger.Web.Errors;
using CineLedger.Web.Observability;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Hosting;

/// <summary>
/// Turns exceptions, and error responses without a body, into problem documents, or into pages for browsers.
/// </summary>
internal sealed class ProblemDetailsMiddleware(RequestDelegate next, PageRenderer pages, ILogger<ProblemDetailsMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null } response)
            {
                await WriteAsync(http, Problems.FromStatus(response.StatusCode, http.Request.Method, http.Request.Path));
            }
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected. The status is only for the log and metrics, and a stream has already sent its own.
            if (!http.Response.HasStarted)
            {
                http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (Exception error)
        {
            await HandleExceptionAsync(http, error);
        }
    }

    private async Task HandleExceptionAsync(HttpContext http, Exception error)
    {
        var problem = http.User is ApiCaller { SeesDetails: true } ? Problems.Create(error) : Problems.CreateWithoutDetails(error);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            logger.RequestFailed(
                http.Request.Method, http.Request.Path.ToUriComponent(), problem.Status, http.TraceIdentifier, error.Message, problem.Type == "/problems/failed" ? error : null);
        }

        if (http.Response.HasStarted)
        {
            // A partial response must not look complete.
            http.Abort();
            return;
        }

        await WriteAsync(http, problem);
    }

    private async Task WriteAsync(HttpContext http, Problem problem)
    {
        var allow = http.Response.Headers.Allow;
        http.Response.Clear();
        SecurityHeadersMiddleware.Add(http.Response.Headers);
        http.Response.StatusCode = problem.Status;
        http.Response.Headers.Allow = allow;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers[LedgerHeaders.RequestId] = http.TraceIdentifier;
        http.Response.ContentType = "application/problem+json";
        if (problem.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (problem.Challenge is { } challenge)
        {
            http.Response.Headers.WWWAuthenticate = challenge;
        }

        problem = problem with { RequestId = http.TraceIdentifier, TraceId = RequestIds.GetTraceId(http) };
        byte[] body;
        if (ProblemPages.AcceptsHtml(http.Request))
        {
            ProblemPages.Prepare(http.Response, problem);
            body = await pages.RenderAsync(new PageView(problem.Title) { Problem = problem, MayLoad = http.User is ApiCaller caller && caller.Has(KeyScopes.Load) });
        }
        else
        {
            body = JsonSerializer.SerializeToUtf8Bytes(problem, ProblemJson.Readable.Problem);
        }

        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
