using System.CommandLine;
using CineLedger.Loading;
using CineLedger.Loading.Studios;
using CineLedger.Model;

namespace CineLedger.Cli;

/// <summary>Options for loading a dataset, immediately or on a schedule.</summary>
internal sealed class LoadingOptions
{
    private readonly Option<bool> _merge = new("--merge") { Description = "Add and change movies, but remove none: for a file with only some of the movies." };
    private readonly Option<string?> _years = new("--years")
    {
        Description = "With --merge: load only movies released in these years: 2016, 2010-2016 or 2010,2012-2014.",
        HelpName = "YEARS",
    };
    private readonly Option<DatasetParts?> _only = DatasetPartsOption.Create("--only", "Load only these parts; the others stay as they are in the ledger.");
    private readonly Option<DatasetParts?> _skip = DatasetPartsOption.Create("--skip", "Skip these parts; they stay as they are in the ledger.");

    private readonly Option<string?> _maxRejects = CreateMaxRejects();

    private readonly Option<bool> _allowShrink = new("--allow-shrink") { Description = "Short for --accept shrink: publish even if many of the ledger's movies are missing." };

    private readonly Option<string?> _accept = CreateAccept();

    public IReadOnlyList<Option> All => [_merge, _years, _only, _skip, _maxRejects, _allowShrink, _accept, Studios];

    /// <summary>The list of studios. Unlike the other options, it also applies to the sample that <c>up</c> generates.</summary>
    public Option<string?> Studios { get; } = new("--studios")
    {
        Description = "Replace the list of studios by this CSV file, or remove it with none. Default: a first load uses the bundled list, others keep the ledger's.",
        HelpName = "FILE|none",
    };

    /// <summary>Creates the option for the limit on rejected records.</summary>
    public static Option<string?> CreateMaxRejects() => new("--max-rejects")
    {
        Description = "Publish if at most this share of the records of each file is rejected. Default: 1%, or 0.05% for movies.",
        HelpName = "SHARE",
    };

    /// <summary>Creates the option for the gates to accept.</summary>
    public static Option<string?> CreateAccept() => new("--accept")
    {
        Description = $"Publish even if these quality gates fire, separated by commas: {string.Join(", ", QualityGates.AllNames)}.",
        HelpName = "GATES",
    };

    /// <summary>The user and machine that the ledger records with accepted gates: <c>ann@studio</c>.</summary>
    public static string CurrentUser => $"{Environment.UserName}@{Environment.MachineName}";

    /// <summary>Parses the gates to accept; none for null.</summary>
    public static IReadOnlySet<string> ParseAccept(string? text) => text is null ? new HashSet<string>() : QualityGates.Parse(text);

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options and the list of studios. Throws <see cref="StudioListException"/> for an invalid list.</summary>
    public async Task<LoadOptions> ReadAsync(ParseResult parsed, CancellationToken cancellationToken) => new()
    {
        Studios = parsed.GetValue(Studios) is { } studios ? (await ReadStudiosAsync(studios, cancellationToken)).GetValidLines() : null,
        StudiosName = parsed.GetValue(Studios),
        IsMerge = parsed.GetValue(_merge),
        Years = parsed.GetValue(_years) is { } text ? YearSet.Parse(text) : null,
        Parts = DatasetPartNames.Select(parsed.GetValue(_only), parsed.GetValue(_skip)),
        RequiresParts = parsed.GetValue(_only) is not null,
        MaxRejects = EnumOption.ParseShare(parsed.GetValue(_maxRejects)),
        AllowsShrink = parsed.GetValue(_allowShrink),
        AcceptedGates = ParseAccept(parsed.GetValue(_accept)),
        AcceptedBy = CurrentUser,
    };

    private static async Task<StudioListFile> ReadStudiosAsync(string path, CancellationToken cancellationToken) =>
        path == StudioFile.None ? StudioFile.Empty
        : string.IsNullOrWhiteSpace(path) ? throw new UsageException("--studios: name a file, or none.")
        : await StudioFile.OpenAsync(path, cancellationToken);
}
