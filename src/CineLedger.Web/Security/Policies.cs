using CineLedger.Storage.Keys;
using Microsoft.AspNetCore.Authorization;

namespace CineLedger.Web.Security;

/// <summary>
/// The named authorization policies, one for each scope of a key. Every endpoint uses <see cref="Read"/>, the fallback policy, unless it requires another
/// one or allows anonymous requests, as health checks do.
/// </summary>
internal static class Policies
{
    /// <summary>Allows requests from this machine, all requests to a public server, and requests with a key that may read.</summary>
    public const string Read = "read";

    /// <summary>Allows the same requests, with a key that may use SQL.</summary>
    public const string Sql = "sql";

    /// <summary>Allows only requests with a key that may push movies, regardless of their origin.</summary>
    public const string Push = "push";

    /// <summary>Allows only requests with a key that may start loads, regardless of their origin.</summary>
    public const string Load = "load";

    /// <summary>Allows only requests with a key for everything else, regardless of their origin.</summary>
    public const string Administer = "admin";

    public static void Add(AuthorizationBuilder authorization)
    {
        foreach (var (name, scope) in KeyScopeNames.Known)
        {
            authorization.AddPolicy(name, policy => policy.RequireAssertion(context => context.User is ApiCaller caller && caller.Has(scope)));
        }

        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(context => context.User is ApiCaller caller && caller.Has(KeyScopes.Read)).Build());
    }
}
