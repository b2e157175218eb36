using System.CommandLine;
using CineLedger.Web;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger serve</c>: the ledger over HTTP.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var store = CommonOptions.Store();
        var urls = ServeOptions.Urls();
        var logFormat = ServeOptions.LogFormat();
        var readOnly = new Option<bool>("--read-only") { Description = "Never load: other processes may then read the same DuckDB file." };
        var command = new Command("serve", "Answer over HTTP: reports, queries, films, findings, snapshots, as JSON, CSV, Parquet …")
        {
            store, CommonOptions.ReadStore, urls, readOnly, logFormat,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await ServeOptions.RunAsync(
                new WebOptions
                {
                    Store = CommonOptions.StorePath(parsed, store),
                    ReadStore = CommonOptions.ReadStorePath(parsed, store),
                    ReadOnly = parsed.GetValue(readOnly),
                    Urls = ServeOptions.Read(parsed, urls),
                    Verbose = parsed.GetValue(CommonOptions.Verbose),
                },
                parsed.GetValue(logFormat),
                cancellationToken);
            return 0;
        });
        return command;
    }
}
