namespace CineLedger.Web.Security;

/// <summary>
/// The named authorization policies. Every endpoint uses <see cref="Read"/>, the fallback policy, unless it requires another one or allows anonymous
/// requests, as health checks do.
/// </summary>
internal static class Policies
{
    /// <summary>Allows requests from this machine, all requests to a public server, and requests with a valid key.</summary>
    public const string Read = "read";

    /// <summary>Allows only requests with an administrator's key, regardless of their origin.</summary>
    public const string Administer = "administer";
}
