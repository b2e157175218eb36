using System.CommandLine;
using System.CommandLine.Parsing;

namespace CineLedger.Cli;

/// <summary>Formats command-line errors as one line that names the help command.</summary>
internal static class UsageErrors
{
    public static string Format(ParseResult parsed)
    {
        var command = GetCommandPath(parsed.CommandResult);
        return $"{Describe(parsed, command)} See {command} --help.";
    }

    /// <summary>Describes the first error; the others usually follow from it.</summary>
    private static string Describe(ParseResult parsed, string command)
    {
        if (parsed.UnmatchedTokens is [var unmatched, ..])
        {
            return $"unknown {(unmatched.StartsWith('-') ? "option" : parsed.CommandResult.Command.Subcommands.Count > 0 ? "command" : "argument")} '{unmatched}'.";
        }

        return parsed.Errors[0] switch
        {
            { SymbolResult: CommandResult { Command.Subcommands: { Count: > 0 } choices } } =>
                $"{command} needs a command: {string.Join(", ", choices.Select(choice => choice.Name))}.",
            { SymbolResult: OptionResult { Option: var option, Tokens: [var token] } } when IsNumber(option.ValueType) => DescribeInvalidNumber(option.Name, token),
            { SymbolResult: ArgumentResult { Argument: var argument, Tokens: [var token] } } when IsNumber(argument.ValueType) =>
                DescribeInvalidNumber(argument.Name, token),
            var error => error.Message,
        };
    }

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain && (plain == typeof(int) || plain == typeof(long));

    private static string DescribeInvalidNumber(string name, Token token) => $"{name}: '{token.Value}' is not a whole number, or is too large.";

    private static string GetCommandPath(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{GetCommandPath(parent)} {result.Command.Name}" : "cineledger";
}
