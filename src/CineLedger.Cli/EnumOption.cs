using System.CommandLine;
using CineLedger.Model;
using CineLedger.Reports.Queries;

namespace CineLedger.Cli;

/// <summary>Options whose values are words of a fixed list.</summary>
internal static class EnumOption
{
    /// <summary>An option of an enumeration's values, under the words that scripts use; without it, the value that is 0.</summary>
    public static Option<T> Create<T>(string name, Func<T, string> word, string description)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>();

        // No LINQ over the values: what is generic over an enumeration would be compiled anew at every start.
        var words = new string[values.Length];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = word(values[i]);
        }

        var option = new Option<T>(name)
        {
            Description = $"{description} One of: {string.Join(", ", words)}.",
            HelpName = "WORD",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (Array.IndexOf(words, text) is >= 0 and var at)
                {
                    return values[at];
                }

                result.AddError($"{name}: '{text}' is none of {string.Join(", ", words)}.");
                return default;
            },
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>An option of reports and queries whose values are those of an enumeration.</summary>
    public static Option<T> Create<T>(QueryOption option, Func<T, string> word)
        where T : struct, Enum => Create($"--{option.Name}", word, option.Description());

    /// <summary>Refuses other words with one line that names the right ones.</summary>
    public static void AcceptValues<T>(this Option<T> option, IEnumerable<string> words)
    {
        var known = words.ToArray();
        option.CompletionSources.Add(known);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !known.Contains(token.Value))
            {
                result.AddError($"{option.Name}: '{token.Value}' is none of {string.Join(", ", known)}.");
            }
        });
    }

    /// <summary>A share such as <c>1%</c> or <c>0.01</c>, from 0 to 1.</summary>
    public static double ParseShare(string text)
    {
        var percent = text.EndsWith('%');
        var good = double.TryParse(
            percent ? text[..^1] : text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value);
        value = percent ? value / 100 : value;
        return good && value is >= 0 and <= 1 ? value : throw new UsageException($"--max-rejects: '{text}' is no share; write 1% or 0.01.");
    }
}
