using System.CommandLine;
using CineLedger.Loading;

namespace CineLedger.Cli;

/// <summary>Options that list parts of a dataset, <c>--only</c> and <c>--skip</c>: <c>movies,ratings</c>.</summary>
internal static class DatasetPartsOption
{
    public static Option<DatasetParts?> Create(string name, string description)
    {
        var option = new Option<DatasetParts?>(name)
        {
            Description = $"{description} A comma-separated list of {AllowedNames}.",
            HelpName = "PARTS",
            CustomParser = result =>
            {
                var parts = DatasetParts.None;
                foreach (var value in result.Tokens[0].Value.Split(','))
                {
                    var part = DatasetPartNames.Find(value);
                    if (part == DatasetParts.None)
                    {
                        result.AddError($"{name}: '{value.Trim()}' is not one of {AllowedNames}.");
                    }

                    parts |= part;
                }

                return parts;
            },
        };
        option.CompletionSources.Add([.. DatasetPartNames.All]);
        return option;
    }

    private static string AllowedNames => string.Join(", ", DatasetPartNames.All);
}
