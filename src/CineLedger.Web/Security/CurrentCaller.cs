using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Security;

/// <summary>
/// The partition of the request that is being processed, for code without the request, such as an assistant's tool. It runs after cached responses are
/// returned, which need no partition.
/// </summary>
internal sealed class CurrentCaller(RequestDelegate next)
{
    private static readonly AsyncLocal<string?> Current = new();

    /// <summary>See <see cref="CallerPartition"/>. Code that runs outside of a request belongs to this machine.</summary>
    public static string Partition => Current.Value ?? CallerPartition.Local;

    public async Task InvokeAsync(HttpContext http)
    {
        Current.Value = CallerPartition.Get(http);
        await next(http);
    }
}
