using System.CommandLine;
using CineLedger.Cli;

namespace CineLedger.Tests.CommandLine;

/// <summary>Parses the examples of all commands. Those that need no server are run by the system tests.</summary>
public sealed class ExampleTests
{
    private static readonly IReadOnlyList<Command> Commands = [.. FindAll(CommandTree.Create())];

    [Fact]
    public void Every_command_has_three_examples_that_use_it()
    {
        Assert.InRange(Commands.Count, 40, 200);
        Assert.All(Commands, command =>
        {
            var examples = command.GetExamples();
            Assert.True(examples.Count == 3 && examples.Distinct().Count() == 3, $"{CommandTree.GetPath(command)}: {string.Join(" | ", examples)}");
            Assert.All(examples, example => Assert.StartsWith($"cineledger {CommandTree.GetPath(command)}".TrimEnd(), example, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Every_example_is_a_valid_command_line()
    {
        foreach (var example in Commands.SelectMany(command => command.GetExamples()))
        {
            var parsed = CommandTree.Parse(ShellLineParser.Split(example)[1..]);
            Assert.True(UsageErrors.Find(parsed) is null && parsed.Errors.Count == 0, $"{example}: {UsageErrors.Find(parsed) ?? string.Join(" ", parsed.Errors.Select(error => error.Message))}");
        }
    }

    [Fact]
    public void Words_are_split_as_in_a_shell() =>
        Assert.Equal(["sql", "SELECT 'a' < 1", "", "--x=a b"], ShellLineParser.Split("sql \"SELECT 'a' < 1\"  '' --x='a b' < file"));

    private static IEnumerable<Command> FindAll(Command command) => command.Subcommands.Where(child => !child.Hidden).SelectMany(FindAll).Prepend(command);
}
