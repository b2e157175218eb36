using System.CommandLine;
using CineLedger.Loading;

namespace CineLedger.Cli;

/// <summary>The parts of a dataset as <c>--only</c> and <c>--skip</c> list them: <c>movies,ratings</c>.</summary>
internal static class PartsOption
{
    public static Option<DatasetParts?> Create(string name, string description)
    {
        var option = new Option<DatasetParts?>(name)
        {
            Description = $"{description} {Known}, with commas between them.",
            HelpName = "WORDS",
            CustomParser = result =>
            {
                var parts = DatasetParts.None;
                foreach (var word in result.Tokens[0].Value.Split(','))
                {
                    var part = DatasetPartWords.Find(word);
                    if (part == DatasetParts.None)
                    {
                        result.AddError($"{name}: '{word.Trim()}' is none of {Known}.");
                    }

                    parts |= part;
                }

                return parts;
            },
        };
        option.CompletionSources.Add([.. DatasetPartWords.All]);
        return option;
    }

    private static string Known => string.Join(", ", DatasetPartWords.All);
}
