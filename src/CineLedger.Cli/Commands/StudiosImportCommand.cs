using System.CommandLine;
using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Reports.Studios;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger studios import [FILE|-|none]</c>: replaces the ledger's list of studios and publishes it as a snapshot.</summary>
internal static class StudiosImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "A CSV file with the columns studio,company,from,to,source; - for standard input, none to remove all studios. Default: the bundled list.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var store = CommonOptions.CreateStore();
        var wait = CommonOptions.CreateWait();
        var allowUnknown = CreateAllowUnknown();
        var command = new Command("import", "Replace the list of studios, and publish a snapshot with the same movies.") { file, store, allowUnknown, wait };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var list = await ReadAsync(parsed.GetValue(file), cancellationToken);
            var report = await HandedChange.RunAsync(
                CommonOptions.GetExistingStore(parsed, store), parsed.GetValue(wait),
                ledger => StudioListImport.RunAsync(ledger, list, parsed.GetValue(allowUnknown), cancellationToken),
                new() { Studios = list, AllowsUnknownCompanies = parsed.GetValue(allowUnknown) }, end => end.Studios!, cancellationToken);
            await StandardError.Writer.WriteLineAsync(Format(report, list.Name));
            return 0;
        });
        command.AddExamples("studios import", "studios import studios.csv", "studios import none");
        return command;
    }

    public static Option<bool> CreateAllowUnknown() => new("--allow-unknown")
    {
        Description = "Accept names that are not companies of the ledger, for example those of a larger dataset. The bundled list may always have some.",
    };

    /// <summary>Reads the list that an argument names: the bundled one for null.</summary>
    public static async Task<StudioListFile> ReadAsync(string? file, CancellationToken cancellationToken)
    {
        switch (file)
        {
            case null:
                return await StudioFile.OpenBundledAsync(cancellationToken);
            case StudioFile.None:
                return StudioFile.Empty;
            case "-":
                await using (var input = Console.OpenStandardInput())
                {
                    return await StudioFile.OpenAsync(input, "standard input", cancellationToken);
                }

            default:
                return await StudioFile.OpenAsync(file, cancellationToken);
        }
    }

    private static string Format(StudioListReport report, string name)
    {
        var (totals, snapshot) = (report.Totals, report.Snapshot.Id);
        if (!report.IsChanged)
        {
            return FormattableString.Invariant($"Nothing changed: snapshot {snapshot} has the same list of studios, {DisplayText.Count(totals.Lines, "line")}.");
        }

        var unknown = report.UnknownNames > 0 ? FormattableString.Invariant($" Names that are not companies of the ledger: {report.UnknownNames:N0}.") : "";
        return totals.Lines == 0
            ? FormattableString.Invariant($"Snapshot {snapshot} has no studios.")
            : FormattableString.Invariant($"Snapshot {snapshot}: {DisplayText.Count(totals.Lines, "line")} ({name}), ")
                + $"{DisplayText.Count(totals.Companies, "company", "companies")} under {DisplayText.Count(totals.Studios, "studio")}.{unknown}";
    }
}
