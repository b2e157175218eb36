using System.CommandLine;
using CineLedger.Model;
using CineLedger.Web;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger serve</c>: the ledger over HTTP.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var urls = ServeOptions.CreateUrls();
        var logFormat = ServeOptions.CreateLogFormat();
        var readOnly = new Option<bool>("--read-only") { Description = "Never load: other processes may then read the same DuckDB file." };
        var loadFrom = new Option<string?>("--load-from") { Description = "Files below this folder may be named to POST /api/v1/loads; default: none.", HelpName = "DIR" };
        var archive = new Option<string?>("--archive") { Description = "Keep each original that is loaded here, by --load-every or over HTTP, as it was fetched in this folder, once.", HelpName = "DIR" };
        var allowPrivate = new Option<bool>("--allow-private-targets")
        {
            Description = "Let webhooks, and sources of loads over HTTP, be on this machine and on private networks: for trusted networks and tests.",
        };
        var command = new Command("serve", "Answer over HTTP: reports, queries, movies, findings, snapshots, as JSON, CSV, Parquet …")
        {
            store, CommonOptions.ReadStore, urls, readOnly, loadFrom, archive, allowPrivate, logFormat,
        };
        var schedule = new ScheduleOptions(namesSource: true);
        schedule.AddTo(command);
        var security = new SecurityOptions();
        security.AddTo(command);
        var webhooks = new WebhookLimitOptions();
        webhooks.AddTo(command);
        var pushes = new PushOptions();
        pushes.AddTo(command);
        var changes = new ChangeFeedOptions();
        changes.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var scheduled = schedule.Read(parsed);
            if (scheduled is not null && parsed.GetValue(readOnly))
            {
                throw new UsageException("--load-every: a server that was started with --read-only never loads.");
            }

            await ServeOptions.RunAsync(
                pushes.Read(parsed, webhooks.Read(parsed, security.Read(parsed, new WebOptions
                {
                    Store = CommonOptions.GetStore(parsed, store),
                    ReadStore = CommonOptions.GetReadStore(parsed, store),
                    IsReadOnly = parsed.GetValue(readOnly),
                    SourceFolder = ServeOptions.ReadFolder(parsed, loadFrom),
                    Archive = parsed.GetValue(archive) is not "" and var kept ? kept : throw new UsageException("--archive: name a folder."),
                    Schedule = scheduled,
                    Changes = changes.Read(parsed, parsed.GetValue(readOnly)),
                    AllowsPrivateTargets = parsed.GetValue(allowPrivate),
                    Urls = ServeOptions.ReadOrPort(parsed, urls),
                    IsVerbose = parsed.GetValue(CommonOptions.Verbose),
                }))),
                parsed.GetValue(logFormat),
                cancellationToken);
            return 0;
        });
        return command;
    }
}
