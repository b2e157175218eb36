using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineLedger.Sources;

/// <summary>How a place is opened. The defaults suit a file of some hundred megabytes over the public internet.</summary>
public sealed record SourceOptions
{
    public static SourceOptions Default { get; } = new();

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Told of every block that arrives from the network or from standard input; null for nobody.</summary>
    public IProgress<SourceProgress>? Progress { get; init; }

    /// <summary>Where what cannot be read twice is copied to. It needs room for the whole file.</summary>
    public string TemporaryFolder { get; init; } = Path.GetTempPath();

    /// <summary>Read in place of the process's own standard input where the address is <c>-</c>.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>Downloads from the public internet alone: for addresses that others than the machine's own user name.</summary>
    public bool RequiresPublicHosts { get; init; }

    /// <summary>How s3 addresses are reached.</summary>
    public S3Options S3 { get; init; } = new();

    /// <summary>How long a host may take to accept a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connected server may send nothing: before its answer, or in the middle of it.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a download is tried in all, from 1. Every try goes on from where the last one broke off.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Median wait before the second try; it doubles from try to try, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two tries. A server that asks for a longer one (Retry-After) is not waited for.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(2);
}

/// <param name="Bytes">Bytes that have arrived; goes back where a download has to start over.</param>
/// <param name="Total">Bytes to come in all; null where the place does not say.</param>
public readonly record struct SourceProgress(long Bytes, long? Total);
