namespace CineLedger.Web.Security;

/// <summary>
/// The named authorization policies. Every endpoint takes <see cref="Read"/>, the fallback policy, unless it requires another one or allows anonymous
/// requests, as health checks do.
/// </summary>
internal static class Policies
{
    /// <summary>A request from this machine, any request to a public server, and any request with a valid key.</summary>
    public const string Read = "read";

    /// <summary>Only a request with an administrator's key, from wherever it comes.</summary>
    public const string Administer = "administer";
}
