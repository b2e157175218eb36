using System.Globalization;
using System.Text.Json.Serialization;
using CineLedger.Model;

namespace CineLedger.Sources.Archive;

/// <summary>An archive's record of one load: the originals that were read, and the resulting snapshot.</summary>
internal sealed record ArchiveManifest
{
    /// <summary>The address of the dataset, without credentials.</summary>
    public required string Source { get; init; }

    /// <summary>The version of the source; null if unknown.</summary>
    public string? Version { get; init; }

    /// <summary>When it was fetched, UTC.</summary>
    public required DateTime FetchedAt { get; init; }

    /// <summary>The snapshot that the load published or found unchanged; null if it did neither.</summary>
    public int? Snapshot { get; init; }

    public required IReadOnlyList<ArchivedFile> Files { get; init; }

    /// <summary>A unique name. Names sort by fetch time.</summary>
    [JsonIgnore]
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{FetchedAt:yyyyMMdd'T'HHmmss'.'fff'Z'}-{Files[0].Sha256[..12]}.json");

    /// <summary>Returns true if another manifest lists the same content.</summary>
    public bool HasSameContent(ArchiveManifest other) => Files.Select(file => file.Sha256).SequenceEqual(other.Files.Select(file => file.Sha256));
}

/// <summary>An original in an archive, stored under its checksum.</summary>
/// <param name="Address">The address it was fetched from, without credentials.</param>
/// <param name="Name">The original file name, which identifies the file of the dataset if its content does not.</param>
/// <param name="Version">The version that the source states: an ETag or a time.</param>
internal sealed record ArchivedFile(string Address, string Name, string? Version, long Bytes, string Sha256);

/// <summary>Selects originals of an archive.</summary>
public sealed record ArchiveSelection
{
    /// <summary>Selects the newest original fetched by this time, UTC; null for the newest of all.</summary>
    public DateTime? AsOf { get; init; }

    /// <summary>Selects the original whose checksum begins with this text; null for any.</summary>
    public string? Original { get; init; }

    /// <summary>Selects all originals, the oldest first.</summary>
    public bool IncludesAll { get; init; }

    /// <exception cref="UsageException">The options contradict each other, or <see cref="Original"/> is not a checksum.</exception>
    internal void Check()
    {
        if ((AsOf is null ? 0 : 1) + (Original is null ? 0 : 1) + (IncludesAll ? 1 : 0) > 1)
        {
            throw new UsageException("--as-of, --original and --all exclude each other: give only one of them.");
        }

        if (Original is not null && (Original.Length is < 6 or > 64 || !Original.All(char.IsAsciiHexDigit)))
        {
            throw new UsageException("--original: give the SHA-256 of an original, or at least its first 6 digits.");
        }
    }
}
