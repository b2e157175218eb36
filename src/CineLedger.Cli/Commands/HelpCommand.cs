using System.CommandLine;
using CineLedger.Model;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger help [COMMAND]</c>: shows the help of a command, as <c>--help</c> does.</summary>
internal static class HelpCommand
{
    public static Command Create()
    {
        var words = new Argument<string[]>("COMMAND") { Description = "The command. Default: all commands.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("help", "Show the help of a command.") { words };
        command.SetAction(parsed =>
        {
            var shown = parsed.RootCommandResult.Command;
            foreach (var word in parsed.GetValue(words) ?? [])
            {
                shown = shown.Subcommands.FirstOrDefault(child => child.Name == word)
                    ?? throw new UsageException($"{UsageErrors.DescribeUnknownCommand(shown, word)} See cineledger --help.");
            }

            CommandHelp.Print(shown);
        });
        command.AddExamples("help", "help load", "help report genres");
        return command;
    }
}
