using System.CommandLine;
using System.CommandLine.Invocation;
using CineLedger.Cli.Commands;
using CineLedger.Model;
using CineLedger.Storage.Postgres;

namespace CineLedger.Cli;

/// <summary>The <c>cineledger</c> command: its subcommands, exit codes and one-line error messages.</summary>
internal static class Application
{
    public static async Task<int> RunAsync(string[] args)
    {
        FailureMessage.WatchMemory();
        try
        {
            return await ParseAndRunAsync(args);
        }
        catch (Exception error)
        {
            var (message, exitCode) = FailureMessage.Describe(error);
            foreach (var problem in error is StudioListException { Problems.Count: > 1 } list ? StudioListException.Limit(list.Problems) : [])
            {
                await StandardError.Writer.WriteLineAsync(DisplayText.RemoveControls(problem));
            }

            await StandardError.Writer.WriteLineAsync($"cineledger: {message}");
            if (args.Contains(CommonOptions.Verbose.Name))
            {
                await StandardError.Writer.WriteLineAsync(error.ToString());
            }

            return exitCode;
        }
    }

    private static async Task<int> ParseAndRunAsync(string[] args)
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
            CompaniesCommand.Create(),
            ProfileCommand.Create(),
            StudiosCommand.Create(),
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
            await StandardError.Writer.WriteLineAsync($"cineledger: {UsageErrors.Format(parsed)}");
            return 2;
        }

        if (parsed.Tokens.Any(token => PostgresAddress.HasPassword(token.Value)))
        {
            await StandardError.Writer.WriteLineAsync(
                "cineledger: warning: every user of this machine can see a password on the command line: put it into PGPASSWORD or ~/.pgpass, and leave it out of the address.");
        }

        if (parsed.CommandResult.Command.Name is "serve" or "up")
        {
            if (SystemLimits.DescribeForServer() is { } limit)
            {
                await StandardError.Writer.WriteLineAsync($"cineledger: {limit}");
                return 1;
            }

            // The time for running requests to finish, plus a margin for the shutdown itself.
            termination.ShutdownTimeout = TimeSpan.FromSeconds(40);
        }

        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(invocation, termination.Token);
    }
}
