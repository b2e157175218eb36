using System.CommandLine;
using CineLedger.Model;
using CineLedger.Reports.Profile;
using CineLedger.Sources;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger profile [SOURCE]</c>: profiles a dataset or a ledger.</summary>
internal static class ProfileCommand
{
    public static Command Create()
    {
        var source = new Argument<string?>("SOURCE")
        {
            Description = "A dataset, as for load; without it, the ledger is profiled.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var fetching = new FetchOptions();
        var output = new ProfileOutputOptions();
        var command = new Command("profile", "Profile the data: known, unknown, distinct and frequent values, findings, coverage, suspicious amounts.")
        {
            source, store, CommonOptions.ReadStore, snapshot,
        };
        output.AddTo(command);
        fetching.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            output.Check(parsed);
            var profile = parsed.GetValue(source) is { } address
                ? await ReadSourceAsync(address)
                : await ReadLedgerAsync();
            await output.WriteAsync(parsed, profile, cancellationToken);
            return 0;

            async Task<LedgerProfile> ReadSourceAsync(string address)
            {
                if (parsed.GetValue(store) is not null || parsed.GetValue(snapshot) is not null || parsed.GetValue(CommonOptions.ReadStore) is not null)
                {
                    throw new UsageException("profile: SOURCE cannot be combined with --store, --read-store or --snapshot.");
                }

                using var progress = LoadProgressBar.Create();
                var options = fetching.Read(parsed) with { Progress = progress, Logger = new StandardErrorLogger(parsed.GetValue(CommonOptions.Verbose)) };
                await using var dataset = await SourceOpener.OpenAsync(address, options, cancellationToken);
                return await SourceProfile.ReadAsync(dataset, progress, cancellationToken);
            }

            async Task<LedgerProfile> ReadLedgerAsync()
            {
                await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
                var asOf = await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);
                return await Profiler.ReadAsync(ledger.Connection, asOf, cancellationToken);
            }
        });
        command.AddExamples("profile", "profile the-movies-dataset.zip", "profile --output profile.html");
        return command;
    }
}
