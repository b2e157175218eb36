using System.Text.Json.Serialization;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Sources.Archive;
using CineLedger.Storage;

namespace CineLedger.Loading;

/// <summary>The sources and options of a load, in a form that can be sent to another process.</summary>
/// <param name="Sources">The sources, which form one dataset; empty to load from an archive.</param>
/// <param name="Options">The options of the load.</param>
public sealed record LoadPlan(IReadOnlyList<string> Sources, LoadOptions Options)
{
    /// <summary>Options for opening the sources, such as timeouts and limits.</summary>
    public SourceOptions Fetching { get; init; } = SourceOptions.Default;

    /// <summary>The folder of the archive to load from instead of sources; null when there are sources.</summary>
    public string? ArchiveFolder { get; init; }

    /// <summary>The originals of the archive to load.</summary>
    public ArchiveSelection Originals { get; init; } = new();

    /// <summary>Fetches and reads the sources even if their servers report no change.</summary>
    public bool Force { get; init; }

    /// <summary>The name of the source in the record of the load, without credentials.</summary>
    [JsonIgnore]
    public string DisplayName => ArchiveFolder ?? Fetching.Origin ?? string.Join(' ', Sources.Select(source => SourceAddress.Parse(source).DisplayName));

    /// <summary>Starts reading local sources before the ledger is open; see <see cref="LoadPrefetch.Begin"/>.</summary>
    public LoadPrefetch? BeginReading(CancellationToken cancellationToken) =>
        ArchiveFolder is null ? LoadPrefetch.Begin(Sources, Options, Fetching, cancellationToken) : null;

    /// <summary>Runs the load.</summary>
    /// <param name="ledger">The ledger, open for writing.</param>
    /// <param name="reading">The result of <see cref="BeginReading"/>; null to open the sources now.</param>
    /// <param name="progress">Receives the progress of reading.</param>
    /// <param name="onOriginalLoaded">Called after each original of an archive, when there are several.</param>
    /// <param name="cancellationToken">Cancels the load, which then publishes nothing.</param>
    /// <returns>The published or unchanged snapshot, and the summary unless nothing had to be read.</returns>
    public async Task<(Snapshot Snapshot, LoadSummary? Summary)> RunAsync(
        Ledger ledger, LoadPrefetch? reading, IProgress<LoadProgress>? progress, Func<LoadSummary, Task> onOriginalLoaded, CancellationToken cancellationToken)
    {
        if (ArchiveFolder is null)
        {
            return reading is null
                ? await SourceLoader.RunAsync(ledger, Sources, Options, Force, Fetching, progress, cancellationToken).ConfigureAwait(false)
                : await SourceLoader.RunAsync(ledger, reading, Options, progress, cancellationToken).ConfigureAwait(false);
        }

        LoadSummary? last = null;
        await SourceLoader.RunFromArchiveAsync(
            ledger, ArchiveFolder, Originals, Options, Fetching, progress,
            async summary =>
            {
                if (Originals.IncludesAll)
                {
                    await onOriginalLoaded(summary).ConfigureAwait(false);
                }

                last = summary;
            },
            cancellationToken).ConfigureAwait(false);
        return (last!.Snapshot, last);
    }
}
