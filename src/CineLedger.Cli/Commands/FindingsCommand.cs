using System.CommandLine;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger findings</c>: lists what the cleaner repaired, rejected, dropped and flagged.</summary>
internal static class FindingsCommand
{
    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var rule = new Option<string?>("--rule") { Description = "Only findings of this rule, such as split-record.", HelpName = "RULE" };
        var kind = new Option<string?>("--kind") { Description = "Only findings of this kind: repair, reject, drop or flag.", HelpName = "KIND" };
        var file = new Option<string?>("--file") { Description = "Only findings in this file of the dataset.", HelpName = "NAME" };
        var movie = new Option<long?>("--movie") { Description = "Only findings about the movie with this TMDB ID.", HelpName = "ID" };
        var load = new Option<string?>("--load")
        {
            Description = "Findings of the load with this ID, or of the last load. For a load stopped by a quality gate, only the first findings of each rule are stored.",
            HelpName = "ID|last",
        };
        var limit = new Option<int?>("--limit") { Description = "Maximum number of rows.", HelpName = "N" };
        var output = new OutputOptions();
        rule.AcceptValues(Rules.Names);
        kind.AcceptValues(FindingKindNames.All);
        var command = new Command("findings", "List what cleaning repaired, rejected, dropped and flagged in a snapshot's load.")
        {
            store, CommonOptions.ReadStore, snapshot, load, rule, kind, file, movie, limit,
        };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(limit) is < 1)
            {
                throw new UsageException("--limit: must be 1 or more.");
            }

            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, parsed.GetValue(snapshot));
            var requested = parsed.GetValue(load) is { } id ? await FindLoadAsync(ledger, id, cancellationToken) : null;
            var filter = new FindingFilter
            {
                Rule = parsed.GetValue(rule),
                Kind = parsed.GetValue(kind),
                File = parsed.GetValue(file),
                MovieId = parsed.GetValue(movie),
                Limit = parsed.GetValue(limit),
            };
            if (requested is { SnapshotId: null })
            {
                await using var kept = await FindingList.OpenUnpublishedAsync(ledger.Connection, filter, requested.Id, cancellationToken);
                await output.WriteAsync(parsed, kept.Columns, kept.Rows, new ResultInfo(null, null), cancellationToken);
                return 0;
            }

            var asOf = await SnapshotRows.FindAsync(ledger.Connection, requested?.SnapshotId ?? parsed.GetValue(snapshot), cancellationToken);
            await using var result = await FindingList.OpenAsync(ledger.Connection, filter, asOf.Id, cancellationToken);
            await output.WriteAsync(parsed, result.Columns, result.Rows, new ResultInfo(asOf, null), cancellationToken);
            return 0;
        });
        command.AddExamples("findings --kind reject", "findings --load last --format csv", "findings --rule split-record --limit 20");
        return command;
    }

    private static async Task<LoadRecord> FindLoadAsync(Ledger ledger, string id, CancellationToken cancellationToken)
    {
        var load = id == "last"
            ? await LoadHistory.ListAsync(ledger.Connection, new LoadFilter { Limit = 1 }, cancellationToken) is [var newest, ..] ? newest : null
            : await LoadHistory.FindAsync(ledger.Connection, id, cancellationToken);
        return load ?? throw new UsageException($"--load: there is no load '{id}'; cineledger loads lists all of them.");
    }
}
