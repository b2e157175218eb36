using System.CommandLine;
using CineLedger.Model;
using CineLedger.Storage.Postgres;

namespace CineLedger.Cli;

/// <summary>Runs a command line: its exit code and one-line error messages.</summary>
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
        var parsed = CommandTree.Parse(args);
        if (UsageErrors.Find(parsed) is { } problem)
        {
            await StandardError.Writer.WriteLineAsync($"cineledger: {problem}");
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
