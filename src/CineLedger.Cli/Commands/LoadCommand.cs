using System.CommandLine;
using CineLedger.Export;
using CineLedger.Loading;
using CineLedger.Model;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger load SOURCE</c>: loads a dataset into the ledger as one snapshot.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var source = new Argument<string[]>("SOURCE")
        {
            Description = "A zip, a folder, a CSV file, an http(s) or s3 address, - for standard input, or a file pattern ('movies-*.csv'); several sources form one dataset.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var store = CommonOptions.CreateStore();
        var reports = new Option<string?>("--reports") { Description = "Also write the yearly reports and the findings to this folder as CSV.", HelpName = "DIR" };
        var loading = new LoadingOptions();
        var force = new Option<bool>("--force") { Description = "Fetch and read the source even if its server reports no change." };
        var wait = CommonOptions.CreateWait();
        var fetching = new FetchOptions();
        var command = new Command("load", "Load a dataset: fetch it, clean it, compare it with the ledger and publish a snapshot.")
        {
            source, store, reports, force, wait,
        };
        loading.AddTo(command);
        fetching.AddTo(command);
        var archive = new ArchiveOptions();
        archive.AddTo(command);
        var dryRun = new DryRunOptions();
        dryRun.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var sources = parsed.GetValue(source) is { Length: > 0 } given ? given : archive.IsSource(parsed) || !StandardInputFile.HasContent() ? [] : (string[])["-"];
            CheckFolder(parsed.GetValue(reports));
            var options = await loading.ReadAsync(parsed, cancellationToken) with { Archive = archive.ReadArchive(parsed) };
            if (dryRun.Read(parsed, [reports, .. archive.All]) is { } format)
            {
                archive.ReadSource(parsed, sources);
                var logger = new StandardErrorLogger(parsed.GetValue(CommonOptions.Verbose));
                await new DryRunJob(CommonOptions.GetStore(parsed, store), sources, options, fetching.Read(parsed) with { Logger = logger }, format).RunAsync(cancellationToken);
                return 0;
            }

            var kept = archive.ReadSource(parsed, sources);
            var plan = new LoadPlan(sources, options)
            {
                Fetching = fetching.Read(parsed),
                ArchiveFolder = kept?.Folder,
                Originals = kept?.Choice ?? new(),
                Force = parsed.GetValue(force),
            };
            var job = new LoadJob(CommonOptions.GetStore(parsed, store), plan, parsed.GetValue(reports), parsed.GetValue(CommonOptions.Verbose)) { Wait = parsed.GetValue(wait) };
            await job.RunAsync(cancellationToken);
            return 0;
        });
        command.AddExamples("load the-movies-dataset.zip --reports out", "load the-movies-dataset.zip --dry-run", "load < the-movies-dataset.zip");
        return command;
    }

    /// <summary>Refuses the name of a file, which would become a folder.</summary>
    private static void CheckFolder(string? reports)
    {
        if (reports is not null && !Directory.Exists(reports) && OutputFormatInfo.FindByExtension(reports) is { } format)
        {
            var report = format.Format == OutputFormat.Xlsx ? "all" : "companies";
            throw new UsageException($"--reports: '{reports}' is the name of a file; name a folder, or write a file with cineledger report {report} --output {reports}.");
        }
    }
}
