using CineLedger.Web.Errors;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Security;

/// <summary>Lets a request through to its endpoint where the caller may use it: see <see cref="Access"/>.</summary>
internal sealed class Gate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var access = http.GetEndpoint()?.Metadata.GetMetadata<Access>();
        if (access != Access.Everybody)
        {
            Check(Caller.Of(http), access is { AdministratorsOnly: true });
        }

        return next(http);
    }

    private static void Check(Caller caller, bool administratorsOnly)
    {
        if (caller.Kind == CallerKind.WrongKey)
        {
            throw Problems.WrongKey();
        }

        if (!caller.MayRead)
        {
            throw Problems.NeedsKey();
        }

        if (administratorsOnly && !caller.IsAdministrator)
        {
            throw caller.Key is null ? Problems.NeedsAdministratorsKey() : Problems.NoAdministratorsKey(caller.Key.Name);
        }
    }
}
