using System.Text.RegularExpressions;

namespace CineLedger.SystemTests.CommandLine;

/// <summary>The help of every command, found by following the list of subcommands in each help text.</summary>
public static partial class HelpTexts
{
    private static readonly Lazy<Task<IReadOnlyList<(string[] Command, CommandResult Help)>>> All = new(ReadAllAsync);

    /// <summary>Returns every command's words and help text, the root first. Read once for all tests.</summary>
    public static Task<IReadOnlyList<(string[] Command, CommandResult Help)>> AllAsync() => All.Value;

    private static async Task<IReadOnlyList<(string[] Command, CommandResult Help)>> ReadAllAsync()
    {
        using var workspace = new Workspace();
        var all = new List<(string[], CommandResult)>();
        var open = new Queue<string[]>([[]]);
        while (open.TryDequeue(out var command))
        {
            var help = await workspace.RunAsync([.. command, "--help"]);
            all.Add((command, help));
            if (help.Output.Split("\nCommands:\n") is [_, var commands])
            {
                foreach (Match match in SubcommandLine().Matches(commands.Split("\nExamples:\n")[0]))
                {
                    open.Enqueue([.. command, match.Groups["name"].Value]);
                }
            }
        }

        return all;
    }

    /// <summary>Returns the long options that a help text explains.</summary>
    public static IEnumerable<string> Options(string help) =>
        help.Split('\n').Where(line => line.StartsWith("  -", StringComparison.Ordinal))
            .SelectMany(line => LongOption().Matches(line.Split("  ", StringSplitOptions.RemoveEmptyEntries)[0])).Select(match => match.Value);

    [GeneratedRegex(@"(?m)^  (?<name>[a-z][a-z-]*)\b")]
    private static partial Regex SubcommandLine();

    [GeneratedRegex("--[a-z][a-z-]*")]
    private static partial Regex LongOption();
}
