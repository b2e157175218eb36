using System.CommandLine;
using CineLedger.Loading;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger load SOURCE</c>: a dataset into the ledger, as one snapshot.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var source = new Argument<string[]>("SOURCE")
        {
            Description = "A zip, a folder, a CSV file, an http(s) or s3 address, - for standard input, or files by a pattern ('movies-*.csv'); several are one dataset together.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var store = CommonOptions.Store();
        var reports = new Option<string?>("--reports") { Description = "Also write the three reports and the findings to this folder, as CSV.", HelpName = "DIR" };
        var merge = new Option<bool>("--merge") { Description = "Add and change films without closing those the dataset lacks: for a partial file." };
        var years = new Option<string?>("--years") { Description = "With --merge: take films released in these years alone, 2016, 2010-2016 or 2010,2012-2014.", HelpName = "YEARS" };
        var maxRejects = new Option<string>("--max-rejects")
        {
            Description = "The share of rejected records that may still be published.",
            HelpName = "SHARE",
            DefaultValueFactory = _ => "1%",
        };
        var only = PartsOption.Create("--only", "Read these alone; the ledger keeps what it holds of the rest.");
        var skip = PartsOption.Create("--skip", "Leave these out; the ledger keeps what it holds of them.");
        var allowShrink = new Option<bool>("--allow-shrink") { Description = "Publish even if more than 20 % of the ledger's films are gone." };
        var force = new Option<bool>("--force") { Description = "Fetch and read the source even if its server says that it has not changed." };
        var wait = CommonOptions.Wait();
        var fetching = new FetchOptions();
        var command = new Command("load", "Load a dataset: fetch, clean, compare with what the ledger holds, publish a snapshot.")
        {
            source, store, reports, merge, years, only, skip, maxRejects, allowShrink, force, wait,
        };
        fetching.AddTo(command);
        var archive = new ArchiveOptions();
        archive.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new LoadOptions
            {
                Merge = parsed.GetValue(merge),
                Years = parsed.GetValue(years) is { } text ? YearSet.Parse(text) : null,
                Archive = archive.Archive(parsed),
                Parts = DatasetPartWords.Choose(parsed.GetValue(only), parsed.GetValue(skip)),
                NeedsParts = parsed.GetValue(only) is not null,
                MaxRejects = WordOption.ParseShare(parsed.GetValue(maxRejects)!),
                AllowShrink = parsed.GetValue(allowShrink),
            };
            var sources = parsed.GetValue(source) ?? [];
            var job = new LoadJob(
                CommonOptions.StorePath(parsed, store), sources, options, parsed.GetValue(reports), parsed.GetValue(force),
                parsed.GetValue(CommonOptions.Verbose))
            {
                FromArchive = archive.From(parsed, sources),
                Fetching = fetching.Read(parsed),
                Wait = parsed.GetValue(wait),
            };
            await job.RunAsync(cancellationToken);
            return 0;
        });
        return command;
    }
}
