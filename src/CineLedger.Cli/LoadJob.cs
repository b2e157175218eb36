using System.Diagnostics;
using CineLedger.Export;
using CineLedger.Files;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;

namespace CineLedger.Cli;

/// <summary>A load run from the command line: shows progress, prints a summary and, on request, writes the reports.</summary>
internal sealed record LoadJob(string Store, LoadPlan Plan, string? Reports, bool Verbose)
{
    /// <summary>Waits for another load to finish, if the store supports it.</summary>
    public bool Wait { get; init; }

    private StandardErrorLogger Logger => new(Verbose);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var (snapshot, summary) = await LoadAndReportAsync(cancellationToken);
        await LoadSummaryText.WriteAsync(StandardError.Writer, snapshot, summary, StoreEngine.GetSafeName(Store), Reports, clock.Elapsed);
    }

    private async Task<(Snapshot, LoadSummary?)> LoadAndReportAsync(CancellationToken cancellationToken)
    {
        Plan.Options.Validate();

        // Opens the source and the store concurrently: both take a while. A load that waits reads its source only when its turn comes.
        await using var reading = Wait ? null : (Plan with { Fetching = Plan.Fetching with { Logger = Logger } }).BeginReading(cancellationToken);
        Ledger ledger;
        try
        {
            ledger = await StoreEngine.Get(Store).OpenAsync(Store, Wait, cancellationToken);
        }
        catch (LedgerBusyException busy)
        {
            return await HandOverAsync(busy, cancellationToken);
        }

        await using (ledger)
        {
            var (snapshot, summary) = await LoadAsync(ledger, reading, cancellationToken);
            if (reading is not null)
            {
                // Frees the prefetched data, which the reports do not need.
                await reading.DisposeAsync();
            }

            await WriteReportsAsync(ledger, snapshot, cancellationToken);
            return (snapshot, summary);
        }
    }

    private Task<(Snapshot, LoadSummary?)> LoadAsync(Ledger ledger, LoadPrefetch? reading, CancellationToken cancellationToken)
    {
        var progress = LoadProgressBar.Create();
        var plan = Plan with { Fetching = Plan.Fetching with { Progress = progress, Logger = Logger } };
        return LoadRecorder.RunAsync(
            ledger,
            LoadRecord.Begin(LoadTrigger.Command, plan.DisplayName, DateTime.UtcNow),
            async () =>
            {
                using (progress)
                {
                    return await plan.RunAsync(ledger, reading, progress, WriteOutcomeAsync, cancellationToken);
                }
            },
            TimeProvider.System, Logger, cancellationToken);
    }

    /// <summary>Lets the server that has the ledger open run the load, and writes the reports here.</summary>
    private async Task<(Snapshot, LoadSummary?)> HandOverAsync(LedgerBusyException busy, CancellationToken cancellationToken)
    {
        var input = Plan.Sources.Contains("-") ? TemporaryPaths.Create() : null;
        try
        {
            Snapshot snapshot;
            LoadSummary? summary;
            using (var progress = LoadProgressBar.Create())
            {
                var end = await HandedChange.SendAsync(
                    Store, async () => new() { Load = await CreateRemotePlanAsync(input, cancellationToken) }, progress, WriteOutcomeAsync, busy, cancellationToken);
                (snapshot, summary) = (end.Loaded!, end.Summary);
            }

            if (Reports is not null)
            {
                await using var ledger = await StoreEngine.Get(Store).OpenReadOnlyAsync(Store, snapshot.Id, cancellationToken);
                await WriteReportsAsync(ledger, snapshot, cancellationToken);
            }

            return (snapshot, summary);
        }
        finally
        {
            if (input is not null)
            {
                File.Delete(input);
            }
        }
    }

    /// <summary>Returns the plan as a process in another folder can run it: with absolute paths, and standard input in a file.</summary>
    private async Task<LoadPlan> CreateRemotePlanAsync(string? input, CancellationToken cancellationToken)
    {
        if (input is not null)
        {
            await using var source = Console.OpenStandardInput();
            await using var target = File.Create(input);
            await source.CopyToAsync(target, cancellationToken);
        }

        var origin = Plan.Fetching.Origin ?? (Plan.Sources is [var only] && SourceAddress.Parse(only) is { IsRemote: false } address ? address.DisplayName : null);
        return Plan with
        {
            Sources = [.. Plan.Sources.Select(source => source == "-" ? input! : SourceAddress.Parse(source).Path is { } path ? Path.GetFullPath(path) : source)],
            ArchiveFolder = Plan.ArchiveFolder is { } folder ? Path.GetFullPath(folder) : null,
            Options = Plan.Options with { Archive = Plan.Options.Archive is { } archive ? Path.GetFullPath(archive) : null },
            Fetching = Plan.Fetching with { Origin = origin, TemporaryFolder = Path.GetFullPath(Plan.Fetching.TemporaryFolder) },
        };
    }

    private async Task WriteReportsAsync(Ledger ledger, Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (Reports is not null)
        {
            await ReportFiles.WriteAsync(ledger.OpenReaderAsync, snapshot, Reports, cancellationToken);
        }
    }

    /// <summary>Prints the outcome of an original as it is loaded, when there are several; the full summary covers the last one.</summary>
    private static Task WriteOutcomeAsync(LoadSummary summary) => StandardError.Writer.WriteLineAsync(LoadSummaryText.FormatOutcome(summary.Snapshot, summary));
}
