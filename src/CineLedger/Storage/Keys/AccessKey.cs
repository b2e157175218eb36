using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CineLedger.Model;

namespace CineLedger.Storage.Keys;

/// <summary>A key to the ledger's server, as it is kept: the key itself is known to its owner alone.</summary>
/// <param name="Id">Names it, to revoke it for one: eight hexadecimal digits.</param>
/// <param name="Name">Whose it is, or what for.</param>
/// <param name="IsAdministrator">May change things, too.</param>
/// <param name="Hash">SHA-256 of the key's text, as 64 lower hexadecimal digits.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="RevokedAt">UTC; null as long as it is good.</param>
public sealed record AccessKey(string Id, string Name, bool IsAdministrator, string Hash, DateTime CreatedAt, DateTime? RevokedAt)
{
    /// <summary>Begins every key, so that one that got into a log or a repository is found there.</summary>
    public const string Prefix = "cineledger_";

    private const int SecretBytes = 32;
    private const int MaxNameLength = 100;

    /// <summary>Makes a key. Its text is told this once. Throws <see cref="UsageException"/> where the name cannot be one.</summary>
    public static (AccessKey Key, string Text) Create(string name, bool isAdministrator, DateTime now)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength || name.Any(char.IsControl))
        {
            throw new UsageException(FormattableString.Invariant($"a key's name is one line of 1 to {MaxNameLength} letters: write whose it is, or what for."));
        }

        var text = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        return (new AccessKey(id, name.Trim(), isAdministrator, ComputeHash(text), now, null), text);
    }

    /// <summary>
    /// A plain hash is enough: a key is 256 random bits, which nobody guesses however quick the hash; slow hashes are for passwords.
    /// </summary>
    public static string ComputeHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
