using System.Security.Claims;
using CineLedger.Storage.Keys;

namespace CineLedger.Web.Security;

/// <summary>The user of an authenticated request. Every request that may read is authenticated.</summary>
internal sealed class ApiCaller : ClaimsPrincipal
{
    public const string AdministratorRole = "administrator";

    private ApiCaller(ClaimsIdentity identity, AccessKey? key = null, bool isPrivate = false)
        : base(identity) => (Key, IsPrivate) = (key, isPrivate);

    /// <summary>A caller on this machine, without a key.</summary>
    public static ApiCaller Local { get; } = new(new ClaimsIdentity("local"));

    /// <summary>A caller from another machine, without a key, on a public server.</summary>
    public static ApiCaller Public { get; } = new(new ClaimsIdentity("public"));

    /// <summary>The key that was sent with the request; null without one.</summary>
    public AccessKey? Key { get; }

    /// <summary>True when the response is for this caller alone: a shared cache must not keep it.</summary>
    public bool IsPrivate { get; }

    /// <summary>Whether the caller may see why a load failed and where it ran: an administrator, or a user of this machine.</summary>
    public bool SeesDetails => ReferenceEquals(this, Local) || IsInRole(AdministratorRole);

    /// <summary>Returns the name under which the ledger records a caller: the name of the key, or a text for a caller without one.</summary>
    public static string GetName(ClaimsPrincipal user) => user.Identity?.Name ?? "a caller without a key";

    /// <param name="key">A valid key.</param>
    /// <param name="isPublic">Whether the server also serves requests without a key.</param>
    public static ApiCaller FromKey(AccessKey key, bool isPublic)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, key.Id), new(ClaimTypes.Name, key.Name)], ApiKeyHandler.SchemeName);
        if (key.IsAdministrator)
        {
            identity.AddClaim(new(ClaimTypes.Role, AdministratorRole));
        }

        return new(identity, key, isPrivate: !isPublic);
    }
}
