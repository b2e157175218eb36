using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using CineLedger.Cli.Commands;
using CineLedger.Model;
using CineLedger.Storage;

namespace CineLedger.Cli;

/// <summary>The <c>cineledger</c> command: its subcommands, exit codes and one-line error messages.</summary>
internal static class Application
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var termination = new TerminationSignals();
        var root = new RootCommand("Loads a movie dataset, cleans it and records every change, and reports by company, genre and year.")
        {
            UpCommand.Create(),
            LoadCommand.Create(),
            ReportCommand.Create(),
            QueryCommand.Create(),
            ChartCommand.Create(),
            SqlCommand.Create(),
            FindingsCommand.Create(),
            ProfileCommand.Create(),
            SnapshotsCommand.Create(),
            LoadsCommand.Create(),
            InitCommand.Create(),
            CopyCommand.Create(),
            ServeCommand.Create(),
            PublishCommand.Create(),
            ConsumeCommand.Create(),
            HealthCommand.Create(),
            DoctorCommand.Create(),
            KeysCommand.Create(),
            McpCommand.Create(),
            SampleCommand.Create(),
        };
        root.Options.Add(CommonOptions.Verbose);

        // @hourly is a schedule here, not a response file.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            await Console.Error.WriteLineAsync($"cineledger: {UsageErrors.Format(parsed)}");
            return 2;
        }

        if (parsed.CommandResult.Command.Name is "serve" or "up")
        {
            // The time for running requests to finish, plus a margin for the shutdown itself.
            termination.ShutdownTimeout = TimeSpan.FromSeconds(40);
        }

        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(invocation, termination.Token);
        }
        catch (Exception error)
        {
            return await ReportAsync(error, parsed.GetValue(CommonOptions.Verbose));
        }
    }

    private static async Task<int> ReportAsync(Exception error, bool verbose)
    {
        var (message, exitCode) = Describe(error);
        await Console.Error.WriteLineAsync($"cineledger: {message}");
        if (verbose)
        {
            await Console.Error.WriteLineAsync(error.ToString());
        }

        return exitCode;
    }

    private static (string Message, int ExitCode) Describe(Exception error) => error switch
    {
        LedgerException known => (known.Message, known.ExitCode),
        OperationCanceledException => ("stopped; nothing was published.", 1),
        AggregateException { InnerExceptions: [var only] } => Describe(only),
        DbException when error.Message.Contains("Interrupted", StringComparison.Ordinal) => ("stopped; nothing was published.", 1),
        DbException when StoreEngine.Explain(error) is { } explained => (explained.Message, explained.ExitCode),
        DbException => ($"the store failed: {GetFirstLine(error.Message)} (run again with --verbose for the stack trace, and report it)", 1),
        IOException or UnauthorizedAccessException => (GetFirstLine(error.Message), 1),
        _ => ($"unexpected {error.GetType().Name}: {GetFirstLine(error.Message)} (run again with --verbose for the stack trace, and report it)", 1),
    };

    private static string GetFirstLine(string message) => message.AsSpan().Trim().ToString().Split('\n')[0].Trim();
}
