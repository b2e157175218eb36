using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CineLedger.Web.Webhooks;

/// <summary>Secrets and signatures of messages according to Standard Webhooks (standardwebhooks.com), which has libraries for most languages.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int GeneratedBytes = 32;
    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    public const string Rule = "a secret is whsec_ and 24 to 64 bytes in Base64; omit it to have one generated.";

    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(GeneratedBytes));

    public static bool IsValid(string secret) => TryRead(secret, out _);

    /// <summary>Returns the value of the header <c>webhook-signature</c>: a signature for each secret, separated by spaces.</summary>
    public static string Sign(IEnumerable<string> secrets, string id, long timestamp, byte[] body) =>
        string.Join(' ', secrets.Select(secret => Sign(secret, id, timestamp, body)));

    private static string Sign(string secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        if (!TryRead(secret, out var key))
        {
            throw new InvalidOperationException("the stored secret is invalid");
        }

        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }

    private static bool TryRead(string secret, out byte[] key)
    {
        var bytes = new byte[MaxBytes + 3];
        var good = secret.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length)
            && length is >= MinBytes and <= MaxBytes;
        key = good ? Convert.FromBase64String(secret[Prefix.Length..]) : [];
        return good;
    }
}
