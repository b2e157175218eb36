using System.CommandLine;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger complete -- LINE</c>: prints the words that can complete a line; called by the scripts of <c>cineledger completion</c>.</summary>
internal static class CompleteCommand
{
    public static Command Create()
    {
        var line = new Argument<string>("LINE") { Description = "The command line up to the cursor." };
        var escape = new Option<char>("--escape") { Description = "The shell's escape character.", DefaultValueFactory = _ => '\\' };
        var command = new Command("complete", "Print the words that can complete a command line.") { line, escape };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) =>
        {
            var words = ShellLine.Split(parsed.GetValue(line)!, parsed.GetValue(escape));

            // The first word is the name of the program.
            return Terminal.WriteAsync(words.Count < 2 ? [] : Completions.Find([.. words.Skip(1)]), cancellationToken);
        });
        return command;
    }
}
