using System.CommandLine;
using CineLedger.Web;
using CineLedger.Web.Hosting;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger mcp</c>: the ledger as tools for an assistant on the same machine.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var store = CommonOptions.Store();
        var command = new Command("mcp", "Give an assistant the ledger as read-only tools, by the Model Context Protocol over standard input and output.")
        {
            store, CommonOptions.ReadStore,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new WebOptions { Store = CommonOptions.StorePath(parsed, store), ReadStore = CommonOptions.ReadStorePath(parsed, store), ReadOnly = true };
            var verbose = parsed.GetValue(CommonOptions.Verbose);
            await StandardInputAssistant.RunAsync(options, log => StandardErrorLogs.Add(log, LogFormat.Text, verbose), cancellationToken);
            return 0;
        });
        return command;
    }
}
