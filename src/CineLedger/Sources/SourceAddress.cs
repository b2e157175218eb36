using CineLedger.Model;

namespace CineLedger.Sources;

/// <summary>A parsed source address, with a form that is safe to display.</summary>
/// <param name="DisplayName">The address for messages, logs and the ledger: without user, password and query, since a query may contain a signature.</param>
/// <param name="Path">The path of a local file or folder; null for other kinds.</param>
/// <param name="Uri">The address of an HTTP download, including credentials; null for other kinds.</param>
public sealed record SourceAddress(string DisplayName, string? Path, Uri? Uri)
{
    public const string StandardInput = "standard input";

    private const string Kinds = "Give a zip, a folder, a CSV file, '-', or an http(s) or s3 address.";

    /// <summary>The location of a download from S3; null for other kinds.</summary>
    public S3Location? S3 { get; init; }

    /// <summary>True if the source is accessed over a network and supports checking for changes.</summary>
    public bool IsRemote => Uri is not null || S3 is not null;

    /// <exception cref="UsageException">The address is malformed or of an unsupported kind.</exception>
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

        // Error messages repeat nothing after the scheme, since it may be a password.
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
            throw new UsageException($"The {scheme}:// address is malformed. Check it for spaces and unescaped characters.");
        }

        return uri.IsFile ? new SourceAddress(uri.LocalPath, uri.LocalPath, null) : new SourceAddress(Redact(uri), null, uri);
    }

    /// <summary>Returns the display name. The text that the compiler generates for a record would contain the credentials.</summary>
    public override string ToString() => DisplayName;

    private static string Redact(Uri uri) =>
        uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (uri.Query.Length > 1 ? "?…" : "");
}
