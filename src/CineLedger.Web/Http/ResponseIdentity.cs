using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CineLedger.Export;
using CineLedger.Model;

namespace CineLedger.Web.Http;

/// <summary>What makes an answer the one it is: a question in a shape, put to a snapshot. Equal identities, equal bytes.</summary>
/// <param name="Snapshot">As of which it is answered.</param>
/// <param name="IsPermanent">The request names the snapshot: the same address will always have this answer.</param>
/// <param name="Shape">The question, the format, the page, and what the caller has seen.</param>
public sealed record ResponseIdentity(Snapshot Snapshot, bool IsPermanent, string Shape)
{
    private const string ETagStart = "W/\"";

    /// <summary>
    /// Snapshot and question. Weak: what <c>If-None-Match</c> of an older snapshot adds to meta has the same tag. A ledger that was made
    /// anew has the same numbers, but not the same times.
    /// </summary>
    public string ETag { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"{ETagStart}{Snapshot.Id}-{XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(Shape), Snapshot.PublishedAt.Ticks):x16}\"");

    public string LastModified { get; } = Snapshot.PublishedAt.ToString("R", CultureInfo.InvariantCulture);

    public string SnapshotNumber { get; } = Snapshot.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The newest state is asked for again each time, which costs a 304; a named one never changes.</summary>
    public string CacheControl => IsPermanent ? "public, max-age=31536000, immutable" : "public, no-cache";

    /// <summary>The same where a key was needed: caches that others ask as well must not keep the answer.</summary>
    public string PrivateCacheControl => IsPermanent ? "private, max-age=31536000, immutable" : "private, no-cache";

    /// <summary>Whether a list of tags has this one.</summary>
    public bool Matches(string? ifNoneMatch) =>
        ifNoneMatch is not null && (ifNoneMatch == ETag || ifNoneMatch == "*" || (ifNoneMatch.Length > ETag.Length && ifNoneMatch.Contains(ETag.AsSpan(2), StringComparison.Ordinal)));

    /// <summary>The snapshot of the first tag that is one of ours; null where there is none.</summary>
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

/// <summary>An answer as it goes out.</summary>
/// <param name="Format">Of the body.</param>
/// <param name="Body">Whole.</param>
/// <param name="Link">The header <c>Link</c>, to the next page; null where there is none.</param>
/// <param name="FileName">What a browser is to call it; null for what it shows.</param>
public sealed record RenderedResponse(OutputFormat Format, byte[] Body, string? Link, string? FileName)
{
    private byte[]? _brotli;
    private byte[]? _gzip;

    public string ContentType { get; } = ResponseFormats.GetContentType(Format);

    /// <summary>What it may come to take, compressed in both ways too: text shrinks to a tenth, and seldom to more than a quarter.</summary>
    internal long MaxBytes => ContentCodings.IsWorthwhile(Format, Body.Length) ? Body.Length * 3L / 2 : Body.Length;

    /// <summary>The body in a coding, which is compressed once and kept; and the coding that it has, none where that does not pay.</summary>
    internal byte[] GetBody(ref ContentCoding coding)
    {
        if (coding == ContentCoding.Identity || !ContentCodings.IsWorthwhile(Format, Body.Length))
        {
            coding = ContentCoding.Identity;
            return Body;
        }

        // Two who come first at once both compress: no lock, and the same bytes.
        return coding == ContentCoding.Brotli
            ? _brotli ??= ContentCodings.Compress(Body, coding)
            : _gzip ??= ContentCodings.Compress(Body, coding);
    }
}
