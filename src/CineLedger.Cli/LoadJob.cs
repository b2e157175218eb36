using System.Diagnostics;
using CineLedger.Export;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;

namespace CineLedger.Cli;

/// <summary>One load as the command line runs it: with progress, a summary and, if asked for, the reports.</summary>
internal sealed record LoadJob(string Store, string Source, LoadOptions Options, string? Reports, bool Force, bool Verbose)
{
    /// <summary>How long a server is waited for, and how often it is tried.</summary>
    public SourceOptions Fetching { get; init; } = SourceOptions.Default;

    /// <summary>Queues up behind another load, where the store can.</summary>
    public bool Wait { get; init; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var (snapshot, summary) = await LoadAndReportAsync(cancellationToken);
        await LoadSummaryText.WriteAsync(Console.Error, snapshot, summary, LedgerStore.Show(Store), Reports, clock.Elapsed);
    }

    private async Task<(Snapshot, LoadSummary?)> LoadAndReportAsync(CancellationToken cancellationToken)
    {
        await using var ledger = await LedgerStore.OpenAsync(Store, Wait, cancellationToken);
        var (snapshot, summary) = await LoadAsync(ledger, cancellationToken);
        if (Reports is not null)
        {
            await ReportFiles.WriteAsync(ledger.OpenReaderAsync, snapshot, Reports, cancellationToken);
        }

        return (snapshot, summary);
    }

    private async Task<(Snapshot, LoadSummary?)> LoadAsync(Ledger ledger, CancellationToken cancellationToken)
    {
        using var progress = LoadProgressBar.Create();
        var options = Fetching with { Progress = progress, Logger = new StandardErrorLogger(Verbose) };
        return await RunRecorder.RunAsync(
            ledger,
            RunRecord.Begin(RunTrigger.Command, SourceAddress.Parse(Source).Shown, DateTime.UtcNow),
            () => SourceLoad.RunAsync(ledger, Source, Options, Force, options, progress, cancellationToken),
            TimeProvider.System,
            options.Logger,
            cancellationToken);
    }
}
