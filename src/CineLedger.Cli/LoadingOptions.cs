using System.CommandLine;
using CineLedger.Loading;

namespace CineLedger.Cli;

/// <summary>Options for loading a dataset, immediately or on a schedule.</summary>
internal sealed class LoadingOptions
{
    private readonly Option<bool> _merge = new("--merge") { Description = "Add and change movies, but keep those that the dataset lacks: for a partial file." };
    private readonly Option<string?> _years = new("--years")
    {
        Description = "With --merge: load only movies released in these years: 2016, 2010-2016 or 2010,2012-2014.",
        HelpName = "YEARS",
    };
    private readonly Option<DatasetParts?> _only = DatasetPartsOption.Create("--only", "Load only these parts; the others stay as they are in the ledger.");
    private readonly Option<DatasetParts?> _skip = DatasetPartsOption.Create("--skip", "Skip these parts; they stay as they are in the ledger.");

    private readonly Option<string> _maxRejects = new("--max-rejects")
    {
        Description = "Publish only if at most this share of the records is rejected.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => "1%",
    };

    private readonly Option<bool> _allowShrink = new("--allow-shrink") { Description = "Publish even if more than 20 % of the ledger's movies are missing." };

    public IReadOnlyList<Option> All => [_merge, _years, _only, _skip, _maxRejects, _allowShrink];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    public LoadOptions Read(ParseResult parsed) => new()
    {
        IsMerge = parsed.GetValue(_merge),
        Years = parsed.GetValue(_years) is { } text ? YearSet.Parse(text) : null,
        Parts = DatasetPartNames.Select(parsed.GetValue(_only), parsed.GetValue(_skip)),
        RequiresParts = parsed.GetValue(_only) is not null,
        MaxRejects = EnumOption.ParseShare(parsed.GetValue(_maxRejects)!),
        AllowsShrink = parsed.GetValue(_allowShrink),
    };
}
