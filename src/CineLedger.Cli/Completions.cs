using System.CommandLine;
using CineLedger.Reports.Search;

namespace CineLedger.Cli;

/// <summary>Finds the words that can complete a command line: commands, options, values of options and names from the ledger.</summary>
internal static class Completions
{
    /// <summary>More values than this are of no help; a shell asks before it shows them.</summary>
    private const int MaxValues = 200;

    /// <summary>A shell waits for the words, so a slow ledger gives none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Returns whole words that begin with the last of these words, regardless of letter case.</summary>
    /// <param name="words">The words after the name of the program. The last one is to be completed, and may be empty.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> words)
    {
        IReadOnlyList<string> before = [.. words.SkipLast(1)];
        var word = words[^1];
        var parsed = CommandTree.Parse(before);
        var command = parsed.CommandResult.Command;
        if (before.Contains("--"))
        {
            return [];
        }

        if (before.Count > 0 && FindOption(command, before[^1]) is { } option && option.ValueType != typeof(bool))
        {
            return FindValues(parsed, option, word);
        }

        if (word.StartsWith("--", StringComparison.Ordinal) && word.Split('=', 2) is [var name, var value])
        {
            return FindOption(command, name) is { } named ? [.. FindValues(parsed, named, value).Select(found => $"{name}={found}")] : [];
        }

        var candidates = word.StartsWith('-')
            ? CommandHelp.GetOptions(command).Where(known => !IsGiven(parsed, known)).Select(known => known.Name)
            : command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name).Concat(command.Arguments.SelectMany(argument => GetValues(parsed, argument)));
        return Select(candidates, word);
    }

    private static IReadOnlyList<string> FindValues(ParseResult parsed, Option option, string word)
    {
        // In a list, only the value after the last comma is completed.
        var (start, rest) = option.IsList() ? (word[..(word.LastIndexOf(',') + 1)], word[(word.LastIndexOf(',') + 1)..]) : ("", word);
        if (option.GetDimension() is { } dimension)
        {
            return FindNames(parsed, dimension, rest);
        }

        return option.IsFilter() && rest.Split('=', 2) is [var field, var name] ? [.. FindNames(parsed, field.TrimEnd('!'), name).Select(found => $"{field}={found}")]
            : [.. Select(GetValues(parsed, option), rest).Select(found => start + found)];
    }

    private static IEnumerable<string> GetValues(ParseResult parsed, Symbol symbol) => symbol.GetCompletions(parsed.GetCompletionContext()).Select(item => item.Label);

    /// <summary>Returns names from the ledger; none if it cannot be read.</summary>
    private static IReadOnlyList<string> FindNames(ParseResult parsed, string dimension, string beginning)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            return FindNamesAsync(parsed, dimension, beginning, patience.Token).GetAwaiter().GetResult();
        }
        catch (Exception)
        {
            // A shell that completes a word shows no errors.
            return [];
        }
    }

    private static async Task<IReadOnlyList<string>> FindNamesAsync(ParseResult parsed, string dimension, string beginning, CancellationToken cancellationToken)
    {
        var store = parsed.CommandResult.Command.Options.OfType<Option<string?>>().First(option => option.Name == "--store");
        await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken);
        return await DimensionValues.FindAsync(ledger.Connection, dimension, beginning, MaxValues, cancellationToken);
    }

    private static IReadOnlyList<string> Select(IEnumerable<string> candidates, string word) =>
        [.. candidates.Where(candidate => candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Distinct().Order(StringComparer.Ordinal)];

    private static Option? FindOption(Command command, string name) =>
        CommandHelp.GetOptions(command).FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    /// <summary>Whether an option that is given once has been given.</summary>
    private static bool IsGiven(ParseResult parsed, Option option) => !option.ValueType.IsArray && parsed.GetResult(option) is { Implicit: false };
}
