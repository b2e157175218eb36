using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;

namespace CineLedger.Web.Security;

/// <summary>
/// Limits the requests of a caller that are being processed or sent. Health checks are exempt, and so are event streams, which have a limit of their own. It
/// runs after cached responses are returned.
/// </summary>
internal sealed class ConcurrencyMiddleware(RequestDelegate next, WebOptions options)
{
    private readonly CallerCounter _requests = new();

    public async Task InvokeAsync(HttpContext http)
    {
        var metadata = http.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<IAllowAnonymous>() is not null || metadata?.GetMetadata<DisableRequestTimeoutAttribute>() is not null)
        {
            await next(http);
            return;
        }

        using var counted = _requests.TryEnter(CurrentCaller.Partition, options.MaxRequestsPerCaller)
            ?? throw Problems.TooManyAtOnce(options.MaxRequestsPerCaller);
        await next(http);
    }
}
