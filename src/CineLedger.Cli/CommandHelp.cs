using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text;

namespace CineLedger.Cli;

/// <summary>Prints the help of a command, with its examples. The library's own help has no examples and cannot be extended.</summary>
internal sealed class CommandHelp : SynchronousCommandLineAction
{
    private const string Indent = "  ";
    private const int MinDescriptionWidth = 24;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Print(parseResult.CommandResult.Command);
        return 0;
    }

    /// <summary>Prints the help of a command to standard output.</summary>
    public static void Print(Command command)
    {
        try
        {
            Console.Out.Write(Format(command, Terminal.Width ?? int.MaxValue));
            Console.Out.Flush();
        }
        catch (IOException error) when (Terminal.IsClosedPipe(error))
        {
            // The reading program, such as `head`, has closed the pipe.
        }
    }

    /// <summary>Returns the options of a command, then those that all commands share.</summary>
    public static IEnumerable<Option> GetOptions(Command command)
    {
        var inherited = new List<Option>();
        for (var parent = command.Parents.OfType<Command>().FirstOrDefault(); parent is not null; parent = parent.Parents.OfType<Command>().FirstOrDefault())
        {
            inherited.AddRange(parent.Options.Where(option => option.Recursive));
        }

        return command.Options.Concat(inherited).Where(option => !option.Hidden);
    }

    private static string Format(Command command, int width)
    {
        var text = new StringBuilder();
        text.Append("Description:\n").AppendJoin("\n", Wrap(command.Description ?? "", width - Indent.Length).Select(line => $"{Indent}{line}".TrimEnd())).Append("\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Usage:\n{Indent}{FormatUsage(command)}\n\n");
        AppendTable(text, "Arguments", [.. command.Arguments.Select(argument => (FormatArgument(argument), argument.Description ?? ""))], width);
        AppendTable(text, "Options", [.. GetOptions(command).Select(option => (FormatOption(option), $"{option.Description}{FormatDefault(option)}"))], width);
        AppendTable(text, "Commands", [.. command.Subcommands.Where(child => !child.Hidden).Select(child => (FormatNames(child), child.Description!.Split('\n')[0]))], width);
        text.Append("Examples:\n");
        foreach (var example in command.GetExamples())
        {
            text.Append(CultureInfo.InvariantCulture, $"{Indent}{example}\n");
        }

        return text.Append('\n').ToString();
    }

    private static string FormatUsage(Command command) => string.Join(
        ' ',
        [
            $"cineledger {CommandTree.GetPath(command)}".TrimEnd(), .. command.Subcommands.Count > 0 ? ["[command]"] : Array.Empty<string>(),
            .. command.Arguments.Select(FormatArgument), "[options]",
        ]);

    private static string FormatNames(Command command) => string.Join(' ', command.Arguments.Select(FormatArgument).Prepend(command.Name));

    /// <summary>Returns an argument as it is typed: in brackets if it is optional.</summary>
    private static string FormatArgument(Argument argument)
    {
        var name = argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}..." : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : $"<{name}>";
    }

    private static string FormatOption(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(alias => alias.StartsWith('-')).OrderByDescending(alias => alias, StringComparer.Ordinal).Append(option.Name));
        return $"{names}{(option.HelpName is { } value ? $" <{value}>" : "")}{(option.Required ? " (required)" : "")}";
    }

    /// <summary>Returns the default if the description does not mention it.</summary>
    private static string FormatDefault(Option option) =>
        !option.HasDefaultValue || option.Description?.Contains("Default:", StringComparison.Ordinal) == true ? ""
        : option.GetDefaultValue() switch
        {
            null or false or Array => "",
            Enum value => $" Default: {value.ToString().ToLowerInvariant()}.",
            var value => string.Create(CultureInfo.InvariantCulture, $" Default: {value}."),
        };

    private static void AppendTable(StringBuilder text, string title, IReadOnlyList<(string Name, string Description)> rows, int width)
    {
        if (rows.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{title}:\n");
        var column = Math.Min(rows.Max(row => row.Name.Length), Math.Max(width / 2, MinDescriptionWidth));
        foreach (var (name, description) in rows)
        {
            var lines = Wrap(description, Math.Max(width - column - (2 * Indent.Length), MinDescriptionWidth)).ToList();

            // A name that is too long has a line of its own.
            if (name.Length > column)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Indent}{name}\n");
            }

            for (var i = 0; i < lines.Count; i++)
            {
                text.Append($"{Indent}{(i == 0 && name.Length <= column ? name : "").PadRight(column)}{Indent}{lines[i]}".TrimEnd()).Append('\n');
            }
        }

        text.Append('\n');
    }

    /// <summary>Breaks a text between words; a word that is longer than the width stays whole.</summary>
    private static IEnumerable<string> Wrap(string text, int width)
    {
        foreach (var paragraph in text.Split('\n'))
        {
            var rest = paragraph;
            while (rest.Length > width && rest.LastIndexOf(' ', width) is var at && (at > 0 || (at = rest.IndexOf(' ', 1)) > 0) && rest[..at].Trim().Length > 0)
            {
                yield return rest[..at];
                rest = rest[(at + 1)..];
            }

            yield return rest;
        }
    }
}
