using System.Security.Claims;
using CineLedger.Storage.Keys;

namespace CineLedger.Web.Security;

/// <summary>The user of an authenticated request, which is any request that may read.</summary>
internal sealed class ApiCaller : ClaimsPrincipal
{
    public const string AdministratorRole = "administrator";

    private ApiCaller(ClaimsIdentity identity, AccessKey? key = null, bool isPrivate = false)
        : base(identity) => (Key, IsPrivate) = (key, isPrivate);

    /// <summary>Somebody on this machine, without a key.</summary>
    public static ApiCaller Local { get; } = new(new ClaimsIdentity("local"));

    /// <summary>Somebody on another machine, without a key, on a public server.</summary>
    public static ApiCaller Public { get; } = new(new ClaimsIdentity("public"));

    /// <summary>The key that came with the request; null when none did.</summary>
    public AccessKey? Key { get; }

    /// <summary>True when the response is for this caller alone: a shared cache must not keep it.</summary>
    public bool IsPrivate { get; }

    /// <param name="key">A valid key.</param>
    /// <param name="isPublic">Whether the server would also have answered without it.</param>
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
