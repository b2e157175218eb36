using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CineLedger.Model;

namespace CineLedger.Web.Http;

/// <summary>Everything that determines a response: the snapshot, the query and the form. Equal identities have equal bytes.</summary>
/// <param name="Snapshot">The snapshot of the response.</param>
/// <param name="IsPermanent">Whether the address contains the snapshot, so that its response never changes.</param>
/// <param name="Shape">The query, the format, the page, and the snapshot that the client has seen.</param>
public sealed record ResponseIdentity(Snapshot Snapshot, bool IsPermanent, string Shape)
{
    private const string ETagStart = "W/\"";

    /// <summary>
    /// The snapshot and a hash of the shape. The tag is weak because it does not reflect what <c>If-None-Match</c> of an older snapshot adds to meta. The
    /// hash includes the time, because a recreated ledger uses the same snapshot numbers again.
    /// </summary>
    public string ETag { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{ETagStart}{Snapshot.Id}-{XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(Shape), Snapshot.PublishedAt.Ticks):x16}\"");

    public string LastModified { get; } = Snapshot.PublishedAt.ToString("R", CultureInfo.InvariantCulture);

    public string SnapshotNumber { get; } = Snapshot.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Lets clients revalidate the newest snapshot, which costs a 304, and keep a given one, which never changes.</summary>
    public string CacheControl => IsPermanent ? "public, max-age=31536000, immutable" : "public, no-cache";

    /// <summary>The same for a response that requires a key, which shared caches must not keep.</summary>
    public string PrivateCacheControl => IsPermanent ? "private, max-age=31536000, immutable" : "private, no-cache";

    /// <summary>Returns whether a list of tags contains this one.</summary>
    public bool Matches(string? ifNoneMatch) =>
        ifNoneMatch is not null
        && (ifNoneMatch == ETag || ifNoneMatch == "*" || (ifNoneMatch.Length > ETag.Length && ifNoneMatch.Contains(ETag.AsSpan(2), StringComparison.Ordinal)));

    /// <summary>Returns the snapshot of the first tag, or null when the tag is not from this server.</summary>
    public static int? ParseSnapshot(string? ifNoneMatch)
    {
        var text = ifNoneMatch.AsSpan().Trim();
        text = text.StartsWith(ETagStart) ? text[ETagStart.Length..] : text.TrimStart('"');
        var dash = text.IndexOf('-');
        return dash > 0 && int.TryParse(text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    public bool Equals(ResponseIdentity? other) => other is not null && other.ETag == ETag && other.Shape == Shape;

    public override int GetHashCode() => ETag.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A complete response.</summary>
/// <param name="Type">The type of the body.</param>
/// <param name="Body">The complete body.</param>
/// <param name="Link">The header <c>Link</c> to the next page; null on the last page.</param>
/// <param name="FileName">The file name for a browser's download; null for formats that browsers display.</param>
public sealed record RenderedResponse(ResponseType Type, byte[] Body, string? Link, string? FileName)
{
    private byte[]? _brotli;
    private byte[]? _gzip;

    /// <summary>The size with both compressed bodies: text usually shrinks to a tenth, and rarely to more than a quarter.</summary>
    internal long MaxBytes => ContentCodings.IsWorthwhile(Type, Body.Length) ? Body.Length * 3L / 2 : Body.Length;

    /// <summary>Returns the body in a coding, which is compressed once and kept. Sets the coding to identity when compression does not pay.</summary>
    internal byte[] GetBody(ref ContentCoding coding)
    {
        if (coding == ContentCoding.Identity || !ContentCodings.IsWorthwhile(Type, Body.Length))
        {
            coding = ContentCoding.Identity;
            return Body;
        }

        // Without a lock: two concurrent first requests both compress, with the same result.
        return coding == ContentCoding.Brotli
            ? _brotli ??= ContentCodings.Compress(Body, coding)
            : _gzip ??= ContentCodings.Compress(Body, coding);
    }
}
