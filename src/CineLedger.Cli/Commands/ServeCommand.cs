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
        var readOnly = new Option<bool>("--read-only") { Description = "Never load: other processes may then read the same DuckDB file." };
        var command = new Command("serve", "Answer over HTTP: reports, queries, films, findings, snapshots, as JSON, CSV, Parquet …")
        {
            store, CommonOptions.ReadStore, urls, readOnly,
        };
        var safety = new SafetyOptions();
        safety.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await ServeOptions.RunAsync(
                safety.Read(parsed, new WebOptions
                {
                    Store = CommonOptions.StorePath(parsed, store),
                    ReadStore = CommonOptions.ReadStorePath(parsed, store),
                    ReadOnly = parsed.GetValue(readOnly),
                    Urls = ServeOptions.Read(parsed, urls),
                    Verbose = parsed.GetValue(CommonOptions.Verbose),
                }),
                cancellationToken);
            return 0;
        });
        return command;
    }
}
