using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using CineLedger.Reports.Queries;

namespace CineLedger.Cli;

/// <summary>Describes the mistakes of a command line in one line that names the help command.</summary>
internal static partial class UsageErrors
{
    /// <summary>Returns the first mistake of a command line; null if there is none. The other mistakes usually follow from it.</summary>
    public static string? Find(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.Action is not ParseErrorAction && parsed.Action != command.Action)
        {
            return null;
        }

        var problem = FindMisplacedOption(parsed) ?? FindUnknown(parsed) ?? (parsed.Errors.Count > 0 ? Describe(parsed) : null);
        return problem is null ? null : $"{problem} See {GetUsage(command)} --help.";
    }

    /// <summary>Describes a word that is not a command of a group.</summary>
    public static string DescribeUnknownCommand(Command group, string word)
    {
        var own = group.Subcommands.Where(child => !child.Hidden).Select(child => child.Name).ToList();
        var nested = FindDescendants(group).Where(child => child.Name.Equals(word, StringComparison.OrdinalIgnoreCase)).Select(CommandTree.GetPath)
            .OrderBy(path => path.Count(letter => letter == ' ')).Take(2).ToList();
        var near = nested.Count == 0 || own.Contains(word, StringComparer.OrdinalIgnoreCase) ? Suggest(word, own) : nested;
        return $"unknown command '{word}'.{(near.Count > 0 ? $" Did you mean {string.Join(" or ", near)}?" : "")}";
    }

    /// <summary>Returns the message for an option that precedes its command; null if there is none.</summary>
    private static string? FindMisplacedOption(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        for (var group = parsed.CommandResult.Parent as CommandResult; group is not null; group = group.Parent as CommandResult)
        {
            if (group.Children.OfType<OptionResult>().FirstOrDefault(option => option is { Implicit: false, Option.Recursive: false }) is { } early)
            {
                return DescribeMisplaced(early.Option.Name, command);
            }
        }

        return parsed.UnmatchedTokens is [['-', ..] unmatched, ..] && GetName(unmatched) is var name
            ? command.Options.Any(option => IsNamed(option, name)) ? DescribeMisplaced(name, command)
            : FindDescendants(command).FirstOrDefault(child => child.Options.Any(option => IsNamed(option, name))) is { } owner
                ? $"{name} belongs after a command: {GetUsage(owner)} {name} …"
            : null
            : null;
    }

    private static string DescribeMisplaced(string option, Command command) => $"{option} belongs after the command: {GetUsage(command)} {option} …";

    /// <summary>Returns the message for the first unknown command, option or argument; null if there is none.</summary>
    private static string? FindUnknown(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;

        // An optional argument would accept a misspelled option, too. A file with such a name can be given as ./--name.
        var stray = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .FirstOrDefault(token => OptionPattern().IsMatch(token.Value) && !FollowsEnd(parsed, token))?.Value;
        return (stray ?? (parsed.UnmatchedTokens is [var unmatched, ..] ? unmatched : null)) switch
        {
            null => null,
            ['-', _, ..] option => DescribeUnknownOption(command, GetName(option)),
            var word when command.Subcommands.Count > 0 => DescribeUnknownCommand(command, word),
            var word => $"unknown argument '{word}'; put a value with spaces in quotes.",
        };
    }

    private static string DescribeUnknownOption(Command command, string name)
    {
        var near = Suggest(name.TrimStart('-'), command.Options.Append(CommonOptions.Verbose).SelectMany(option => option.Aliases.Append(option.Name))
            .Where(known => known.StartsWith("--", StringComparison.Ordinal)).Select(known => known[2..]));
        return $"unknown option '{name}'.{(near.Count > 0 ? $" Did you mean {string.Join(" or ", near.Select(known => $"--{known}"))}?" : "")}";
    }

    /// <summary>Returns similar names, or only the one that differs in letter case.</summary>
    private static IReadOnlyList<string> Suggest(string word, IEnumerable<string> names)
    {
        var all = names.Distinct().ToList();
        return all.Find(name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } same ? [same] : NearestNames.Find(word, all);
    }

    private static string Describe(ParseResult parsed) => parsed.Errors[0] switch
    {
        { SymbolResult: CommandResult { Command.Subcommands: { Count: > 0 } choices } } =>
            $"{GetUsage(parsed.CommandResult.Command)} needs a command: {string.Join(", ", choices.Select(choice => choice.Name))}.",
        { SymbolResult: OptionResult { Option: var option, Tokens: [var token] } } when IsNumber(option.ValueType) => DescribeInvalidNumber(option.Name, token),
        { SymbolResult: ArgumentResult { Argument: var argument, Tokens: [var token] } } when IsNumber(argument.ValueType) =>
            DescribeInvalidNumber(argument.Name, token),
        var error => error.Message,
    };

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain && (plain == typeof(int) || plain == typeof(long));

    private static string DescribeInvalidNumber(string name, Token token) => $"{name}: '{token.Value}' is not a whole number, or is too large.";

    private static bool IsNamed(Option option, string name) => option.Name == name || option.Aliases.Contains(name);

    /// <summary>Returns the name of an option without a value: <c>--store</c> of <c>--store=x</c>.</summary>
    private static string GetName(string option) => option.Split('=')[0];

    private static bool FollowsEnd(ParseResult parsed, Token token) => parsed.Tokens.TakeWhile(other => other != token).Any(other => other.Type == TokenType.DoubleDash);

    private static IEnumerable<Command> FindDescendants(Command command) => command.Subcommands.SelectMany(child => FindDescendants(child).Prepend(child));

    private static string GetUsage(Command command) => $"cineledger {CommandTree.GetPath(command)}".TrimEnd();

    /// <summary>Matches <c>-x</c>, <c>--name</c> and <c>--name=value</c>, but no text that merely begins with a dash, such as a comment of SQL.</summary>
    [GeneratedRegex(@"^--?[A-Za-z][A-Za-z-]*(=.*)?$")]
    private static partial Regex OptionPattern();
}
