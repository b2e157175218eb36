using System.CommandLine;
using System.Runtime.CompilerServices;

namespace CineLedger.Cli;

/// <summary>The examples at the end of each command's help.</summary>
internal static class CommandExamples
{
    private static readonly ConditionalWeakTable<Command, IReadOnlyList<string>> Examples = [];

    /// <summary>Adds examples to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="examples">Command lines without the name of the program.</param>
    public static void AddExamples(this Command command, params IReadOnlyList<string> examples) => Examples.Add(command, examples);

    /// <summary>Returns the examples of a command: whole lines for a shell.</summary>
    public static IReadOnlyList<string> GetExamples(this Command command) =>
        Examples.TryGetValue(command, out var examples) ? [.. examples.Select(example => $"cineledger {example}")] : [];
}
