using System.Diagnostics;
using CineLedger.Export;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Sources.Archive;
using CineLedger.Storage;

namespace CineLedger.Cli;

/// <summary>One load as the command line runs it: with progress, a summary and, if asked for, the reports.</summary>
internal sealed record LoadJob(string Store, IReadOnlyList<string> Sources, LoadOptions Options, string? Reports, bool Force, bool Verbose)
{
    /// <summary>How long a server is waited for, and how often it is tried.</summary>
    public SourceOptions Fetching { get; init; } = SourceOptions.Default;

    /// <summary>The archive that takes the place of sources, and which of its originals; null where there are sources.</summary>
    public (string Folder, ArchiveChoice Choice)? ArchiveSource { get; init; }

    /// <summary>Queues up behind another load, where the store can.</summary>
    public bool Wait { get; init; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var (snapshot, summary) = await LoadAndReportAsync(cancellationToken);
        await LoadSummaryText.WriteAsync(Console.Error, snapshot, summary, StoreEngine.GetSafeName(Store), Reports, clock.Elapsed);
    }

    private async Task<(Snapshot, LoadSummary?)> LoadAndReportAsync(CancellationToken cancellationToken)
    {
        Options.Check();

        // Two things that take a while before a load begins, at the same time. Who queues up reads what is there when its turn comes.
        await using var reading = ArchiveSource is null && !Wait
            ? LoadPrefetch.Begin(Sources, Options, Fetching with { Logger = new StandardErrorLogger(Verbose) }, cancellationToken)
            : null;
        await using var ledger = await StoreEngine.Get(Store).OpenAsync(Store, Wait, cancellationToken);
        var (snapshot, summary) = await LoadAsync(ledger, reading, cancellationToken);
        if (reading is not null)
        {
            // What it holds is of no use to the reports.
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
            string.Join(' ', Sources.Select(source => SourceAddress.Parse(source).DisplayName)),
            () => reading is null
                ? SourceLoader.RunAsync(ledger, Sources, Options, Force, options, progress, cancellationToken)
                : SourceLoader.RunAsync(ledger, reading, Options, progress, cancellationToken),
            cancellationToken);
    }

    private Task<(Snapshot, LoadSummary?)> RecordAsync(
        Ledger ledger, string source, Func<Task<(Snapshot, LoadSummary?)>> load, CancellationToken cancellationToken) =>
        LoadRecorder.RunAsync(
            ledger, LoadRecord.Begin(LoadTrigger.Command, source, DateTime.UtcNow), load, TimeProvider.System, new StandardErrorLogger(Verbose), cancellationToken);

    /// <summary>Several originals are told one by one; the last of them as any load is.</summary>
    private async Task<(Snapshot, LoadSummary?)> LoadFromArchiveAsync(
        Ledger ledger, string folder, ArchiveChoice choice, LoadProgressBar? progress, CancellationToken cancellationToken)
    {
        LoadSummary? last = null;
        await SourceLoader.RunFromArchiveAsync(
            ledger, folder, choice, Options, progress,
            async summary =>
            {
                if (choice.IncludesAll)
                {
                    await Console.Error.WriteLineAsync(LoadSummaryText.FormatOutcome(summary.Snapshot, summary));
                }

                last = summary;
            },
            cancellationToken);
        return (last!.Snapshot, last);
    }
}
