using System.CommandLine;
using CineLedger.Loading;
using CineLedger.Model;

namespace CineLedger.Cli;

/// <summary>The parts of a dataset as <c>--only</c> and <c>--skip</c> list them: <c>movies,ratings</c>.</summary>
internal static class PartsOption
{
    private static readonly (string Word, DatasetParts Part)[] Words =
        [("movies", DatasetParts.Movies), ("ratings", DatasetParts.Ratings), ("credits", DatasetParts.Credits), ("keywords", DatasetParts.Keywords)];

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
                    var part = Array.Find(Words, known => known.Word == word.Trim()).Part;
                    if (part == DatasetParts.None)
                    {
                        result.AddError($"{name}: '{word.Trim()}' is none of {Known}.");
                    }

                    parts |= part;
                }

                return parts;
            },
        };
        option.CompletionSources.Add([.. Words.Select(known => known.Word)]);
        return option;
    }

    /// <summary>What is to be read; all where neither option was given.</summary>
    public static DatasetParts Choose(DatasetParts? only, DatasetParts? skip)
    {
        if (only is not null && skip is not null)
        {
            throw new UsageException("--only and --skip: give one of them, not both.");
        }

        return only ?? (DatasetParts.All & ~(skip ?? DatasetParts.None)) switch
        {
            DatasetParts.None => throw new UsageException("--skip: nothing would be left to load."),
            var rest => rest,
        };
    }

    /// <summary>The words of several parts.</summary>
    public static string WordsOf(DatasetParts parts) => string.Join(", ", Words.Where(known => parts.HasFlag(known.Part)).Select(known => known.Word));

    private static string Known => string.Join(", ", Words.Select(known => known.Word));
}
