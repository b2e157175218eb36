using System.CommandLine;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Web;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger serve</c>: serves the ledger over HTTP.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var urls = ServeOptions.CreateUrls();
        var logFormat = ServeOptions.CreateLogFormat();
        var readOnly = new Option<bool>("--read-only") { Description = "Never load, so that other processes can read the same DuckDB file." };
        var loadFrom = new Option<string?>("--load-from") { Description = "Allow POST /api/v1/loads to load files below this folder. Default: none.", HelpName = "DIR" };
        var archive = new Option<string?>("--archive")
        {
            Description = "Keep a copy of each original loaded by this server, as it was fetched, in this folder; identical originals are kept once.",
            HelpName = "DIR",
        };
        var allowPrivate = new Option<bool>("--allow-private-targets")
        {
            Description = "Allow webhooks, and sources of loads over HTTP, on this machine and on private networks: for trusted networks and tests.",
        };
        var command = new Command("serve", "Serve the dashboard and the REST API: reports, queries, movies, findings, snapshots, as JSON, CSV, Parquet …")
        {
            store, CommonOptions.ReadStore, urls, readOnly, loadFrom, archive, allowPrivate, logFormat,
        };
        var schedule = new ScheduleOptions(namesSource: true);
        schedule.AddTo(command);
        var security = new SecurityOptions();
        security.AddTo(command);
        var callers = new CallerLimitOptions();
        callers.AddTo(command);
        var certificate = new CertificateOptions();
        certificate.AddTo(command);
        var webhooks = new WebhookLimitOptions();
        webhooks.AddTo(command);
        var pushes = new PushOptions();
        pushes.AddTo(command);
        var changes = new ChangeFeedOptions();
        changes.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var scheduled = await schedule.ReadAsync(parsed, source: null, cancellationToken);
            if (scheduled is not null && parsed.GetValue(readOnly))
            {
                throw new UsageException("--load-every: cannot be combined with --read-only.");
            }

            await ServeOptions.RunAsync(
                pushes.Read(parsed, webhooks.Read(parsed, callers.Read(parsed, security.Read(parsed, certificate.Read(parsed, urls, new WebOptions
                {
                    Store = CommonOptions.GetStore(parsed, store),
                    ReadStore = CommonOptions.GetReadStore(parsed, store),
                    IsReadOnly = parsed.GetValue(readOnly),
                    SourceFolder = ServeOptions.ReadFolder(parsed, loadFrom),
                    Archive = parsed.GetValue(archive) is not "" and var kept ? kept : throw new UsageException("--archive: name a folder."),
                    Schedule = scheduled,
                    Sources = schedule.Fetching.Limits.Read(parsed, SourceOptions.Default),
                    Changes = changes.Read(parsed, parsed.GetValue(readOnly)),
                    AllowsPrivateTargets = parsed.GetValue(allowPrivate),
                    Urls = ServeOptions.ReadOrPort(parsed, urls, certificate.IsGiven(parsed)),
                    IsVerbose = parsed.GetValue(CommonOptions.Verbose),
                }))))),
                parsed.GetValue(logFormat),
                cancellationToken);
            return 0;
        });
        command.AddExamples("serve", "serve --read-only --urls http://localhost:8080", "serve --load-every \"0 6 1 * *\" --source https://movies.example/dataset.zip");
        return command;
    }
}
