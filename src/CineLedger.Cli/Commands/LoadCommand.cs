using System.CommandLine;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger load SOURCE</c>: a dataset into the ledger, as one snapshot.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A zip, a folder, a CSV file, an http(s) address, or - for standard input." };
        var store = CommonOptions.Store();
        var reports = new Option<string?>("--reports") { Description = "Also write the three reports and the findings to this folder, as CSV.", HelpName = "DIR" };
        var loading = new LoadingOptions();
        var force = new Option<bool>("--force") { Description = "Fetch and read the source even if its server says that it has not changed." };
        var wait = CommonOptions.Wait();
        var fetching = new FetchOptions();
        var command = new Command("load", "Load a dataset: fetch, clean, compare with what the ledger holds, publish a snapshot.")
        {
            source, store, reports, force, wait,
        };
        loading.AddTo(command);
        fetching.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var job = new LoadJob(
                CommonOptions.StorePath(parsed, store), parsed.GetValue(source)!, loading.Read(parsed), parsed.GetValue(reports), parsed.GetValue(force),
                parsed.GetValue(CommonOptions.Verbose))
            {
                Fetching = fetching.Read(parsed),
                Wait = parsed.GetValue(wait),
            };
            await job.RunAsync(cancellationToken);
            return 0;
        });
        return command;
    }
}
