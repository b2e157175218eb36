using System.CommandLine;
using CineLedger.Reports.Queries;

namespace CineLedger.Cli;

/// <summary>Options of reports and queries as the command line has them.</summary>
internal static class QueryOptionHelp
{
    public static Option<T> Create<T>(this QueryOption option) => new($"--{option.Name}")
    {
        Description = option.Description(),
        HelpName = option.Placeholder,
        Required = option.IsRequired,
    };

    /// <summary>The text of the help: the meaning and the default, and an example of a value that has a syntax of its own.</summary>
    public static string Description(this QueryOption option)
    {
        var text = option.Meaning.Replace("`", "", StringComparison.Ordinal);
        text = option.Default is { } usual ? $"{text[..^1]}; default {usual}." : text;
        return option.Example is { } example && example.AsSpan().ContainsAny(",:=")
            ? $"{text} Example: --{option.Name} {(example.Contains('>', StringComparison.Ordinal) ? $"'{example}'" : example)}"
            : text;
    }
}
