using System.CommandLine;
using CineLedger.Reports.Queries;

namespace CineLedger.Cli;

/// <summary>Turns options of reports and queries into command-line options.</summary>
internal static class QueryOptionHelp
{
    public static Option<T> Create<T>(this QueryOption option)
    {
        var created = new Option<T>($"--{option.Name}") { Description = option.GetDescription(), HelpName = option.Placeholder, Required = option.IsRequired };
        created.AddCompletions(option);
        return created;
    }

    /// <summary>Returns the help text: the meaning, the default, and an example when the value has its own syntax.</summary>
    public static string GetDescription(this QueryOption option)
    {
        var text = option.Meaning.Replace("`", "", StringComparison.Ordinal);
        text = option.Default is { } defaultText ? $"{text} Default: {defaultText}." : text;
        return option.Example is { } example && example.AsSpan().ContainsAny(",:=")
            ? $"{text} Example: --{option.Name} {(example.Contains('>', StringComparison.Ordinal) ? $"'{example}'" : example)}"
            : text;
    }
}
