using System.Diagnostics;
using CineLedger.Export;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Sources.Archive;
using CineLedger.Storage;

namespace CineLedger.Cli;

/// <summary>A load run from the command line: shows progress, prints a summary and, on request, writes the reports.</summary>
internal sealed record LoadJob(string Store, IReadOnlyList<string> Sources, LoadOptions Options, string? Reports, bool Force, bool Verbose)
{
    /// <summary>Options for opening the sources, such as timeouts and limits.</summary>
    public SourceOptions Fetching { get; init; } = SourceOptions.Default;

    /// <summary>The archive to load from instead of sources, and the choice of originals; null when there are sources.</summary>
    public (string Folder, ArchiveSelection Choice)? ArchiveSource { get; init; }

    /// <summary>Waits for another load to finish, if the store supports it.</summary>
    public bool Wait { get; init; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var (snapshot, summary) = await LoadAndReportAsync(cancellationToken);
        await LoadSummaryText.WriteAsync(StandardError.Writer, snapshot, summary, StoreEngine.GetSafeName(Store), Reports, clock.Elapsed);
    }

    private async Task<(Snapshot, LoadSummary?)> LoadAndReportAsync(CancellationToken cancellationToken)
    {
        Options.Validate();

        // Opens the source and the store concurrently: both take a while. A load that waits reads its source only when its turn comes.
        await using var reading = ArchiveSource is null && !Wait
            ? LoadPrefetch.Begin(Sources, Options, Fetching with { Logger = new StandardErrorLogger(Verbose) }, cancellationToken)
            : null;
        await using var ledger = await StoreEngine.Get(Store).OpenAsync(Store, Wait, cancellationToken);
        var (snapshot, summary) = await LoadAsync(ledger, reading, cancellationToken);
        if (reading is not null)
        {
            // Frees the prefetched data, which the reports do not need.
            await reading.DisposeAsync();
        }

        if (Reports is not null)
        {
            await ReportFiles.WriteAsync(ledger.OpenReaderAsync, snapshot, Reports, cancellationToken);
        }

        return (snapshot, summary);
    }

    private async Task<(Snapshot, LoadSummary?)> LoadAsync(Ledger ledger, LoadPrefetch? reading, CancellationToken cancellationToken)
    {
        using var progress = LoadProgressBar.Create();
        if (ArchiveSource is { } archive)
        {
            return await RecordAsync(
                ledger, archive.Folder, () => LoadFromArchiveAsync(ledger, archive.Folder, archive.Choice, progress, cancellationToken), cancellationToken);
        }

        var options = Fetching with { Progress = progress, Logger = new StandardErrorLogger(Verbose) };
        return await RecordAsync(
            ledger,
            Fetching.Origin ?? string.Join(' ', Sources.Select(source => SourceAddress.Parse(source).DisplayName)),
            () => reading is null
                ? SourceLoader.RunAsync(ledger, Sources, Options, Force, options, progress, cancellationToken)
                : SourceLoader.RunAsync(ledger, reading, Options, progress, cancellationToken),
            cancellationToken);
    }

    private Task<(Snapshot, LoadSummary?)> RecordAsync(
        Ledger ledger, string source, Func<Task<(Snapshot, LoadSummary?)>> load, CancellationToken cancellationToken) =>
        LoadRecorder.RunAsync(
            ledger, LoadRecord.Begin(LoadTrigger.Command, source, DateTime.UtcNow), load, TimeProvider.System, new StandardErrorLogger(Verbose), cancellationToken);

    /// <summary>Prints the outcome of each original as it is loaded, when there are several; the full summary covers the last one.</summary>
    private async Task<(Snapshot, LoadSummary?)> LoadFromArchiveAsync(
        Ledger ledger, string folder, ArchiveSelection choice, LoadProgressBar? progress, CancellationToken cancellationToken)
    {
        LoadSummary? last = null;
        await SourceLoader.RunFromArchiveAsync(
            ledger, folder, choice, Options, Fetching, progress,
            async summary =>
            {
                if (choice.IncludesAll)
                {
                    await StandardError.Writer.WriteLineAsync(LoadSummaryText.FormatOutcome(summary.Snapshot, summary));
                }

                last = summary;
            },
            cancellationToken);
        return (last!.Snapshot, last);
    }
}
