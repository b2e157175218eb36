using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>An address taken apart: what kind of place it names, and how it may be shown.</summary>
/// <param name="DisplayName">For messages, logs and the ledger: without user, password and query, since a query may carry a signature.</param>
/// <param name="Path">Of a local file or folder; null for other kinds.</param>
/// <param name="Uri">Of a download, credentials and all; null for other kinds.</param>
public sealed record SourceAddress(string DisplayName, string? Path, Uri? Uri)
{
    public const string StandardInput = "standard input";

    private const string Kinds = "Give a zip, a folder, a CSV file, '-', or an http(s) or s3 address.";

    /// <summary>Of a download from S3; null for other kinds.</summary>
    public S3Location? S3 { get; init; }

    /// <summary>Whether it is asked for over a network, and may be asked whether it has changed.</summary>
    public bool IsRemote => Uri is not null || S3 is not null;

    /// <exception cref="UsageException">The address names no kind of place that can be read.</exception>
    public static SourceAddress Parse(string address)
    {
        if (string.IsNullOrWhiteSpace(address))
        {
            throw new UsageException($"The address of the dataset is empty. {Kinds}");
        }

        if (address == "-")
        {
            return new SourceAddress(StandardInput, null, null);
        }

        var schemeEnd = address.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd < 0)
        {
            return new SourceAddress(address, address, null);
        }

        // Nothing after the scheme is repeated where the address does not parse: it may be a password.
        var scheme = address[..schemeEnd].ToLowerInvariant();
        if (scheme == "s3")
        {
            var place = S3Location.Parse(address[(schemeEnd + 3)..]);
            return new SourceAddress(place.ToString(), null, null) { S3 = place };
        }
        if (scheme is not ("http" or "https" or "file"))
        {
            throw new UsageException($"Addresses that start with {scheme}:// cannot be read. {Kinds}");
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            throw new UsageException($"The {scheme}:// address is malformed. Check it for blanks and for characters to be escaped.");
        }

        return uri.IsFile ? new SourceAddress(uri.LocalPath, uri.LocalPath, null) : new SourceAddress(Redact(uri), null, uri);
    }

    /// <summary>Safe to print, as the generated text would not be.</summary>
    public override string ToString() => DisplayName;

    private static string Redact(Uri uri) =>
        uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (uri.Query.Length > 1 ? "?…" : "");
}
