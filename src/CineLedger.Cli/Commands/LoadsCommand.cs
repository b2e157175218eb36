using System.CommandLine;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger loads</c>: lists all loads and their outcomes.</summary>
internal static class LoadsCommand
{
    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var outcome = new Option<string?>("--outcome") { Description = $"Only loads with this outcome: {string.Join(", ", LoadNames.States)}.", HelpName = "VALUE" };
        var trigger = new Option<string?>("--trigger") { Description = $"Only loads with this trigger: {string.Join(", ", LoadNames.Triggers)}.", HelpName = "VALUE" };
        var limit = new Option<int?>("--limit") { Description = "Maximum number of rows.", HelpName = "N" };
        var output = new OutputOptions();
        outcome.AcceptValues(LoadNames.States);
        trigger.AcceptValues(LoadNames.Triggers);
        var command = new Command("loads", "List all loads with their triggers and outcomes, newest first.")
        {
            store, CommonOptions.ReadStore, outcome, trigger, limit,
        };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(limit) is < 1)
            {
                throw new UsageException("--limit: must be 1 or more.");
            }

            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken);
            var filter = new LoadFilter { State = parsed.GetValue(outcome), Trigger = parsed.GetValue(trigger), Limit = parsed.GetValue(limit) };
            await using var result = await LoadList.OpenAsync(ledger.Connection, filter, cancellationToken);
            await output.WriteAsync(parsed, result.Columns, result.Rows, new ResultInfo(null, null), cancellationToken);
            return 0;
        });
        command.AddExamples("loads", "loads --outcome failed", "loads --trigger command --limit 10");
        return command;
    }
}
