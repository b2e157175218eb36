using System.Globalization;
using System.Text.Json.Serialization;
using CineLedger.Model;

namespace CineLedger.Sources.Archive;

/// <summary>What an archive tells of one load: which originals it read and what became of them.</summary>
internal sealed record ArchiveManifest
{
    /// <summary>Where the dataset came from, without credentials.</summary>
    public required string Source { get; init; }

    /// <summary>What told this version of the source from others; null where nothing did.</summary>
    public string? Version { get; init; }

    /// <summary>When it was fetched, UTC.</summary>
    public required DateTime FetchedAt { get; init; }

    /// <summary>The snapshot that it became, or was found to be already; null where none was published.</summary>
    public int? Snapshot { get; init; }

    public required IReadOnlyList<ArchivedFile> Files { get; init; }

    /// <summary>A name of its own, in the order of time.</summary>
    [JsonIgnore]
    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{FetchedAt:yyyyMMdd'T'HHmmss'.'fff'Z'}-{Files[0].Sha256[..12]}.json");

    /// <summary>Whether another one is of the same content.</summary>
    public bool HasSameContent(ArchiveManifest other) => Files.Select(file => file.Sha256).SequenceEqual(other.Files.Select(file => file.Sha256));
}

/// <summary>One original in an archive, which lies there under its checksum.</summary>
/// <param name="Address">Where it came from, without credentials.</param>
/// <param name="Name">What it is called there: tells which file of the dataset it is where its content does not.</param>
/// <param name="Version">The place's own mark of its version, an ETag or a time.</param>
internal sealed record ArchivedFile(string Address, string Name, string? Version, long Bytes, string Sha256);

/// <summary>Which of an archive's originals are meant.</summary>
public sealed record ArchiveChoice
{
    /// <summary>The newest that was fetched by then, UTC; null for the newest of all.</summary>
    public DateTime? AsOf { get; init; }

    /// <summary>The one whose checksum begins like this; null for any.</summary>
    public string? Original { get; init; }

    /// <summary>Every one of them, the oldest first.</summary>
    public bool IncludesAll { get; init; }

    /// <exception cref="UsageException">They contradict each other, or are no checksum.</exception>
    internal void Check()
    {
        if ((AsOf is null ? 0 : 1) + (Original is null ? 0 : 1) + (IncludesAll ? 1 : 0) > 1)
        {
            throw new UsageException("--as-of, --original and --all: give one of them.");
        }

        if (Original is not null && (Original.Length is < 6 or > 64 || !Original.All(char.IsAsciiHexDigit)))
        {
            throw new UsageException("--original: write the SHA-256 of an original, or at least its first 6 digits.");
        }
    }
}
