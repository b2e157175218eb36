using System.CommandLine;
using CineLedger.Export;
using CineLedger.Files;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Samples;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Web;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger up [SOURCE]</c>: loads a dataset or a sample, previews the reports and starts the server; the quick start for new users.</summary>
internal static class UpCommand
{
    private const int PreviewRows = 8;

    public static Command Create()
    {
        var source = new Argument<string?>("SOURCE")
        {
            Description = "A dataset, as for load; without it, a generated sample.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var store = CommonOptions.CreateStore();
        var urls = ServeOptions.CreateUrls();
        var logFormat = ServeOptions.CreateLogFormat();
        var noServe = new Option<bool>("--no-serve") { Description = "Exit after the report previews, without starting the server." };
        var command = new Command("up", "Load a dataset or a generated sample, preview the yearly reports, and start the server.") { source, store, urls, noServe, logFormat };
        var security = new SecurityOptions();
        security.AddTo(command);
        var schedule = new ScheduleOptions(namesSource: false);
        schedule.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = parsed.GetValue(source);
            var path = CommonOptions.GetStore(parsed, store, address is null ? CommonOptions.SampleStore : CommonOptions.DefaultStore);
            using var starting = AnnounceStart(path);
            var verbose = parsed.GetValue(CommonOptions.Verbose);
            var scheduled = await schedule.ReadAsync(parsed, address, cancellationToken);
            var loading = await schedule.Loading.ReadAsync(parsed, cancellationToken);
            var options = security.Read(parsed, new WebOptions
            {
                Store = path,
                Urls = ServeOptions.Read(parsed, urls),
                Schedule = scheduled,
                Sources = schedule.Fetching.Limits.Read(parsed, SourceOptions.Default),
                IsVerbose = verbose,
            });
            if (address is not null)
            {
                await new LoadJob(path, new([address], loading) { Fetching = schedule.Fetching.Read(parsed) }, null, verbose).RunAsync(cancellationToken);
            }
            else if (!await HasSnapshotAsync(path, cancellationToken))
            {
                await LoadSampleAsync(path, loading, verbose, cancellationToken);
            }

            await ShowPreviewsAsync(path, cancellationToken);
            if (!parsed.GetValue(noServe))
            {
                await ServeOptions.RunAsync(options, parsed.GetValue(logFormat), cancellationToken);
            }

            return 0;
        });
        command.AddExamples("up", "up the-movies-dataset.zip --no-serve", "up --urls http://localhost:8080");
        return command;
    }

    private static async Task<bool> HasSnapshotAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var ledger = await StoreEngine.Get(path).OpenReadOnlyAsync(path, null, cancellationToken);
            return await SnapshotRows.FindLatestAsync(ledger.Connection, cancellationToken) is not null;
        }
        catch (MissingLedgerException)
        {
            return false;
        }
    }

    /// <summary>Tells commands that start meanwhile to wait for the first load. The server replaces this when it starts.</summary>
    private static Announcement? AnnounceStart(string path) =>
        StoreEngine.Get(path).GetFile(path) is { } file && ServerFile.Read(file) is not { IsHere: true } ? new Announcement(file) : null;

    private static async Task LoadSampleAsync(string path, LoadOptions loading, bool verbose, CancellationToken cancellationToken)
    {
        await StandardError.Writer.WriteLineAsync("No source given: loading a generated SYNTHETIC sample. Its movies, companies and numbers are invented.");
        var sample = TemporaryPaths.Create(".zip");
        try
        {
            await AtomicFile.WriteAsync(sample, stream => SampleWriter.WriteAsync(new SampleOptions(), stream, cancellationToken), cancellationToken);
            var plan = new LoadPlan([sample], loading) { Fetching = SourceOptions.Default with { Origin = "generated sample" } };
            await new LoadJob(path, plan, null, verbose).RunAsync(cancellationToken);
        }
        finally
        {
            File.Delete(sample);
        }
    }

    private static async Task ShowPreviewsAsync(string path, CancellationToken cancellationToken)
    {
        await using var ledger = await StoreEngine.Get(path).OpenReadOnlyAsync(path, null, cancellationToken);
        var snapshot = await SnapshotRows.FindAsync(ledger.Connection, null, cancellationToken);
        await using var output = Console.OpenStandardOutput();
        foreach (var request in CreatePreviewRequests())
        {
            await Console.Out.WriteLineAsync($"\n{FormatCommand(request, path)}\n");
            await Console.Out.FlushAsync(cancellationToken);
            var info = new ResultInfo(snapshot, await ReportRunner.ReadCoverageAsync(ledger.Connection, request, snapshot, cancellationToken));
            await using var result = await ReportRunner.OpenAsync(ledger.Connection, request, snapshot, cancellationToken);
            await using var writer = new TextTableWriter(output, Terminal.Width, omitsColumns: true);
            await writer.WriteResultAsync(result.Columns, result.Rows, info, cancellationToken);
        }
    }

    private static IEnumerable<ReportRequest> CreatePreviewRequests() =>
        ReportDefinition.All.Select(report => new ReportRequest { Report = report, Order = report.PreviewOrder, IsDescending = true, Limit = PreviewRows });

    private static string FormatCommand(ReportRequest request, string path) =>
        FormattableString.Invariant($"cineledger report {request.Report.Name} --store {StoreEngine.GetSafeName(path)} --order {request.Order}:desc --limit {request.Limit}");

    private sealed class Announcement : IDisposable
    {
        private readonly ServerFile _starting = ServerFile.CreateStarting();
        private readonly string _ledger;

        public Announcement(string ledger)
        {
            _ledger = ledger;
            _starting.Write(ledger);
        }

        public void Dispose() => _starting.Delete(_ledger);
    }
}
