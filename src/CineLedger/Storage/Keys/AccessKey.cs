using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using CineLedger.Model;

namespace CineLedger.Storage.Keys;

/// <summary>A stored access key of the ledger's server. Only its hash is stored; only its owner has the key itself.</summary>
/// <param name="Id">Eight hexadecimal digits, for example to revoke it.</param>
/// <param name="Name">Its owner or purpose.</param>
/// <param name="IsAdministrator">Whether it permits everything.</param>
/// <param name="Hash">The SHA-256 hash of the key's text, as 64 lowercase hexadecimal digits.</param>
/// <param name="CreatedAt">In UTC.</param>
/// <param name="RevokedAt">In UTC; null while it is valid.</param>
public sealed record AccessKey(string Id, string Name, bool IsAdministrator, string Hash, DateTime CreatedAt, DateTime? RevokedAt)
{
    /// <summary>The prefix of every key, so that keys leaked to a log or a repository can be found.</summary>
    public const string Prefix = "cineledger_";

    private const int SecretBytes = 32;
    private const int MaxNameLength = 100;

    /// <summary>The key's permissions. Keys of older versions have no scopes and are ordinary or administrator's keys.</summary>
    public KeyScopes Scopes { get => field != KeyScopes.None ? field : IsAdministrator ? KeyScopes.All : KeyScopes.Ordinary; init; }

    /// <summary>The time from which it is no longer valid, in UTC; null without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? ExpiresAt { get; init; }

    /// <summary>When a server last accepted it, in UTC, recorded once an hour; null if it is unused or its servers cannot record it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? LastUsedAt { get; init; }

    /// <summary>Returns whether the key is neither revoked nor expired.</summary>
    public bool IsValid(DateTime now) => RevokedAt is null && !HasExpired(now);

    public bool HasExpired(DateTime now) => ExpiresAt <= now;

    /// <summary>
    /// Creates a key. This is the only time its text is available. Throws <see cref="UsageException"/> if the name or the expiry is invalid.
    /// </summary>
    /// <param name="name">Its owner or purpose.</param>
    /// <param name="scopes">What it permits.</param>
    /// <param name="now">The current time, in UTC.</param>
    /// <param name="expiresAt">The time from which it is no longer valid, in UTC; null without one.</param>
    public static (AccessKey Key, string Text) Create(string name, KeyScopes scopes, DateTime now, DateTime? expiresAt = null)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength || name.Any(char.IsControl))
        {
            throw new UsageException(FormattableString.Invariant($"a key's name must be one line of 1 to {MaxNameLength} characters: give its owner or purpose."));
        }

        if (expiresAt <= now)
        {
            throw new UsageException("--expires: a key must expire in the future.");
        }

        var text = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var key = new AccessKey(id, name.Trim(), scopes == KeyScopes.All, ComputeHash(text), now, null) { Scopes = scopes, ExpiresAt = expiresAt };
        return (key, text);
    }

    /// <summary>Returns whether a text has the form of a key.</summary>
    public static bool IsWellFormed(string text) => text.StartsWith(Prefix, StringComparison.Ordinal)
        && Base64Url.IsValid(text.AsSpan(Prefix.Length), out var length) && length == SecretBytes;

    /// <summary>
    /// Computes a key's hash. A fast hash is enough, because a key has 256 random bits and cannot be guessed; slow hashes are for passwords.
    /// </summary>
    public static string ComputeHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
