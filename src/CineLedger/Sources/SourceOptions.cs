using System.Text;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineLedger.Sources;

/// <summary>Options for opening a source. The defaults suit a file of some hundred megabytes over the public internet.</summary>
public sealed record SourceOptions
{
    public static SourceOptions Default { get; } = new();

    [JsonIgnore]
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Receives the progress after every block from the network or standard input.</summary>
    [JsonIgnore]
    public IProgress<SourceProgress>? Progress { get; init; }

    /// <summary>The folder for copies of sources that can be read only once. It needs space for the whole file.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>Replaces the standard input of the process for the address <c>-</c>.</summary>
    [JsonIgnore]
    public Stream? StandardInput { get; init; }

    /// <summary>The name that the ledger records as the source of a local file; null for its path.</summary>
    public string? Origin { get; init; }

    /// <summary>Restricts downloads to the public internet, for addresses that do not come from the machine's own user.</summary>
    public bool RequiresPublicHosts { get; init; }

    /// <summary>Options for s3 addresses.</summary>
    public S3Options S3 { get; init; } = new();

    /// <summary>The encoding of text files; null to detect it for each file.</summary>
    [JsonIgnore]
    public Encoding? Encoding { get; init; }

    /// <summary>The name of <see cref="Encoding"/>, by which it is sent to another process.</summary>
    public string? EncodingName { get => Encoding?.WebName; init => Encoding = value is null ? null : Encoding.GetEncoding(value); }

    /// <summary>The largest source in bytes: as it is fetched, and again as its files are unpacked.</summary>
    public long MaxBytes { get; init; } = 64L << 30;

    /// <summary>The time limit for fetching one source, with all attempts and the delays between them.</summary>
    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The time limit for a host to accept a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time for which a connected server may send nothing, before or during its response.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The maximum number of attempts for a download, at least 1. Each attempt resumes where the previous one stopped.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The median delay before the second attempt. It doubles with each attempt, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay between two attempts. If a server requests a longer one (Retry-After), the download fails.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(2);
}

/// <param name="Bytes">Bytes received so far; decreases if a download starts over.</param>
/// <param name="Total">The total number of bytes; null if unknown.</param>
public readonly record struct SourceProgress(long Bytes, long? Total);
