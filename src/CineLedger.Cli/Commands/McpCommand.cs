using System.CommandLine;
using CineLedger.Web;
using CineLedger.Web.Hosting;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger mcp</c>: serves the ledger as tools to an assistant on the same machine.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var command = new Command("mcp", "Serve the ledger to an assistant as read-only tools, using the Model Context Protocol over standard input and output.")
        {
            store, CommonOptions.ReadStore,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new WebOptions { Store = CommonOptions.GetStore(parsed, store), ReadStore = CommonOptions.GetReadStore(parsed, store), IsReadOnly = true };
            var verbose = parsed.GetValue(CommonOptions.Verbose);
            await StdioAssistant.RunAsync(options, log => StandardErrorLoggerProvider.Add(log, LogFormat.Text, verbose), cancellationToken);
            return 0;
        });
        command.AddExamples("mcp", "mcp --store movies.duckdb", "mcp --read-store postgres://reader@standby.example/cineledger");
        return command;
    }
}
