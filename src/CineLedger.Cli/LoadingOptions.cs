using System.CommandLine;
using CineLedger.Loading;

namespace CineLedger.Cli;

/// <summary>How a dataset is loaded, whether now or by a schedule.</summary>
internal sealed class LoadingOptions
{
    private readonly Option<bool> _merge = new("--merge") { Description = "Add and change movies without closing those the dataset lacks: for a partial file." };
    private readonly Option<string?> _years = new("--years") { Description = "With --merge: take movies released in these years alone, 2016, 2010-2016 or 2010,2012-2014.", HelpName = "YEARS" };
    private readonly Option<DatasetParts?> _only = DatasetPartsOption.Create("--only", "Read these alone; the ledger keeps what it holds of the rest.");
    private readonly Option<DatasetParts?> _skip = DatasetPartsOption.Create("--skip", "Leave these out; the ledger keeps what it holds of them.");

    private readonly Option<string> _maxRejects = new("--max-rejects")
    {
        Description = "The share of rejected records that may still be published.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => "1%",
    };

    private readonly Option<bool> _allowShrink = new("--allow-shrink") { Description = "Publish even if more than 20 % of the ledger's movies are gone." };

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
        Parts = DatasetPartNames.Choose(parsed.GetValue(_only), parsed.GetValue(_skip)),
        RequiresParts = parsed.GetValue(_only) is not null,
        MaxRejects = EnumOption.ParseShare(parsed.GetValue(_maxRejects)!),
        AllowsShrink = parsed.GetValue(_allowShrink),
    };
}
