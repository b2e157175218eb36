using System.CommandLine;
using CineLedger.Model;
using CineLedger.Reports.Queries;

namespace CineLedger.Cli;

/// <summary>Options with a fixed list of values.</summary>
internal static class EnumOption
{
    /// <summary>Creates an option for the values of an enumeration, under the names that scripts use. The default is the value 0.</summary>
    public static Option<T> Create<T>(string name, Func<T, string> word, string description)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();

        // A loop, not LINQ: generic code over an enumeration is JIT-compiled at every start.
        var names = new string[values.Length];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = word(values[i]);
        }

        var option = new Option<T>(name)
        {
            Description = $"{description} One of: {string.Join(", ", names)}.",
            HelpName = "VALUE",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (Array.FindIndex(names, known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at)
                {
                    return values[at];
                }

                result.AddError($"{name}: '{text}' is not one of {string.Join(", ", names)}{NearestNames.BuildQuestion(text, names)}");
                return default;
            },
        };
        option.ReplaceCompletions(names);
        return option;
    }

    /// <summary>Creates a report or query option for the values of an enumeration.</summary>
    public static Option<T> Create<T>(QueryOption option, Func<T, string> word)
        where T : struct, Enum => Create($"--{option.Name}", word, option.GetDescription());

    /// <summary>Restricts an option to these values, in any letter case; the error for any other value lists them.</summary>
    /// <param name="option">The option.</param>
    /// <param name="words">The values.</param>
    /// <param name="buildQuestion">Builds the end of the error for a value; null to suggest similar values.</param>
    public static void AcceptValues<T>(this Option<T> option, IEnumerable<string> words, Func<string, string>? buildQuestion = null)
    {
        var known = words.ToArray();
        option.ReplaceCompletions(known);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !known.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
            {
                var question = buildQuestion?.Invoke(token.Value) ?? NearestNames.BuildQuestion(token.Value, known);
                result.AddError($"{option.Name}: '{token.Value}' is not one of {string.Join(", ", known)}{question}");
            }
        });
    }

    /// <summary>Offers these values instead of the names of the enumeration's members.</summary>
    private static void ReplaceCompletions(this Option option, string[] words)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
    }

    /// <summary>Parses a share from 0 to 1, such as <c>1%</c> or <c>0.01</c>; null for null.</summary>
    public static double? ParseShare(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var percent = text.EndsWith('%');
        var good = double.TryParse(
            percent ? text[..^1] : text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value);
        value = percent ? value / 100 : value;
        return good && value is >= 0 and <= 1 ? value : throw new UsageException($"--max-rejects: '{text}' is not a share from 0 to 1; use a value such as 1% or 0.01.");
    }
}
