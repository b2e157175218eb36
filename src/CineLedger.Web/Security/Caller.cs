using CineLedger.Storage.Keys;
using Microsoft.AspNetCore.Http;

namespace CineLedger.Web.Security;

/// <summary>Who asks, and what for that reason is allowed.</summary>
/// <param name="Kind">What is known of the caller.</param>
/// <param name="Key">The key that came with the request; null where none did, or no good one.</param>
/// <param name="MayRead">May read what is not for administrators alone.</param>
internal sealed record Caller(CallerKind Kind, AccessKey? Key, bool MayRead)
{
    /// <summary>Of this machine, without a key.</summary>
    public static Caller Local { get; } = new(CallerKind.Local, null, MayRead: true);

    /// <summary>Of another machine, without a key, where the server is public.</summary>
    public static Caller Anybody { get; } = new(CallerKind.Anybody, null, MayRead: true);

    /// <summary>Of another machine, without a key.</summary>
    public static Caller Stranger { get; } = new(CallerKind.Stranger, null, MayRead: false);

    /// <summary>With a key that is not known, or was revoked: that is an error even where none is needed.</summary>
    public static Caller WithWrongKey { get; } = new(CallerKind.WrongKey, null, MayRead: false);

    public bool IsAdministrator => Key is { IsAdministrator: true };

    /// <summary>True where the answer is for this caller alone: a cache that others ask as well must not keep it.</summary>
    public bool IsPrivate => Kind == CallerKind.Key;

    public static Caller WithKey(AccessKey key, bool isPublic) => new(isPublic ? CallerKind.KeyOfPublic : CallerKind.Key, key, MayRead: true);

    public static Caller Of(HttpContext http) => http.Features.Get<Caller>() ?? Stranger;
}

internal enum CallerKind
{
    Local,
    Anybody,
    Stranger,
    WrongKey,

    /// <summary>A good key, which was needed.</summary>
    Key,

    /// <summary>A good key, where anybody might have read.</summary>
    KeyOfPublic,
}
