using System.CommandLine;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger loads</c>: every load and what became of it.</summary>
internal static class LoadsCommand
{
    public static Command Create()
    {
        var store = CommonOptions.CreateStore();
        var outcome = new Option<string?>("--outcome") { Description = $"Only these: {string.Join(", ", LoadNames.States)}.", HelpName = "WORD" };
        var trigger = new Option<string?>("--trigger") { Description = $"Only those begun by a {string.Join(", ", LoadNames.Triggers)}.", HelpName = "WORD" };
        var limit = new Option<int?>("--limit") { Description = "At most so many rows.", HelpName = "N" };
        var output = new OutputOptions();
        outcome.AcceptValues(LoadNames.States);
        trigger.AcceptValues(LoadNames.Triggers);
        var command = new Command("loads", "Every load, whatever began it, and what became of it, the newest first.")
        {
            store, CommonOptions.ReadStore, outcome, trigger, limit,
        };
        output.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(limit) is < 1)
            {
                throw new UsageException("--limit: a list of no rows says nothing; write 1 or more.");
            }

            await using var ledger = await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken);
            var filter = new LoadFilter { State = parsed.GetValue(outcome), Trigger = parsed.GetValue(trigger), Limit = parsed.GetValue(limit) };
            await using var result = await LoadList.OpenAsync(ledger.Connection, filter, cancellationToken);
            await output.WriteAsync(parsed, result.Columns, result.Rows, new ResultInfo(null, null), cancellationToken);
            return 0;
        });
        return command;
    }
}
