using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CineLedger.Model;

namespace CineLedger.Storage.Keys;

/// <summary>A stored access key of the ledger's server. Only its hash is stored; only its owner has the key itself.</summary>
/// <param name="Id">Eight hexadecimal digits, for example to revoke it.</param>
/// <param name="Name">Its owner or purpose.</param>
/// <param name="IsAdministrator">Whether it permits changes, not only reading.</param>
/// <param name="Hash">The SHA-256 hash of the key's text, as 64 lowercase hexadecimal digits.</param>
/// <param name="CreatedAt">In UTC.</param>
/// <param name="RevokedAt">In UTC; null while it is valid.</param>
public sealed record AccessKey(string Id, string Name, bool IsAdministrator, string Hash, DateTime CreatedAt, DateTime? RevokedAt)
{
    /// <summary>The prefix of every key, so that keys leaked to a log or a repository can be found.</summary>
    public const string Prefix = "cineledger_";

    private const int SecretBytes = 32;
    private const int MaxNameLength = 100;

    /// <summary>Creates a key. This is the only time its text is available. Throws <see cref="UsageException"/> if the name is invalid.</summary>
    public static (AccessKey Key, string Text) Create(string name, bool isAdministrator, DateTime now)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength || name.Any(char.IsControl))
        {
            throw new UsageException(FormattableString.Invariant($"a key's name must be one line of 1 to {MaxNameLength} characters: give its owner or purpose."));
        }

        var text = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        return (new AccessKey(id, name.Trim(), isAdministrator, ComputeHash(text), now, null), text);
    }

    /// <summary>
    /// Computes a key's hash. A fast hash is enough, because a key has 256 random bits and cannot be guessed; slow hashes are for passwords.
    /// </summary>
    public static string ComputeHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
