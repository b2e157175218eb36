using System.Security.Claims;
using CineLedger.Storage.Keys;

namespace CineLedger.Web.Security;

/// <summary>The user of an authenticated request.</summary>
internal sealed class ApiCaller : ClaimsPrincipal
{
    private ApiCaller(ClaimsIdentity identity, KeyScopes scopes, AccessKey? key = null, bool isPrivate = false)
        : base(identity) => (Scopes, Key, IsPrivate) = (scopes, key, isPrivate);

    /// <summary>A caller on this machine, without a key.</summary>
    public static ApiCaller Local { get; } = new(new ClaimsIdentity("local"), KeyScopes.Ordinary);

    /// <summary>A caller from another machine, without a key, on a public server.</summary>
    public static ApiCaller Public { get; } = new(new ClaimsIdentity("public"), KeyScopes.Ordinary);

    /// <summary>The caller's permissions.</summary>
    public KeyScopes Scopes { get; }

    /// <summary>The key that was sent with the request; null without one.</summary>
    public AccessKey? Key { get; }

    /// <summary>True when the response is for this caller alone: a shared cache must not keep it.</summary>
    public bool IsPrivate { get; }

    /// <summary>Whether the caller may see why a load failed and where it ran: one who may start loads, or a user of this machine.</summary>
    public bool SeesDetails => ReferenceEquals(this, Local) || (Scopes & (KeyScopes.Load | KeyScopes.Admin)) != KeyScopes.None;

    /// <summary>Returns the name under which the ledger records a caller: the name of the key, or a text for a caller without one.</summary>
    public static string GetName(ClaimsPrincipal user) => user.Identity?.Name ?? "a caller without a key";

    public bool Has(KeyScopes scope) => Scopes.HasFlag(scope);

    /// <param name="key">A valid key.</param>
    /// <param name="isPublic">Whether the server also serves requests without a key, which then permit no more than those with a key.</param>
    public static ApiCaller FromKey(AccessKey key, bool isPublic) => new(
        new ClaimsIdentity([new(ClaimTypes.NameIdentifier, key.Id), new(ClaimTypes.Name, key.Name)], ApiKeyHandler.SchemeName),
        isPublic ? key.Scopes | KeyScopes.Ordinary : key.Scopes,
        key,
        isPrivate: !isPublic);
}
