using System.CommandLine;
using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Reports.Studios;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Studios;

namespace CineLedger.Cli.Commands;

/// <summary><c>cineledger studios check [FILE]</c>: prints the problems of a list of studios, and how much of the ledger it covers.</summary>
internal static class StudiosCheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "The list to check, as for import, without changing the ledger. Default: the ledger's list.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var store = CommonOptions.CreateStore();
        var snapshot = CommonOptions.CreateSnapshot();
        var allowUnknown = StudiosImportCommand.CreateAllowUnknown();
        var command = new Command("check", "Print the problems of a list of studios, unknown names, and the revenue and companies that it covers.")
        {
            file, store, CommonOptions.ReadStore, snapshot, allowUnknown,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var list = parsed.GetValue(file) is { } path ? await StudiosImportCommand.ReadAsync(path, cancellationToken) : null;
            await using var ledger = await OpenAsync(parsed, store, parsed.GetValue(snapshot), isOptional: list is not null, cancellationToken);
            var asOf = ledger is null ? null : await SnapshotRows.FindAsync(ledger.Connection, parsed.GetValue(snapshot), cancellationToken);

            // The ledger's own list was allowed to name other companies when it was imported.
            var allowsUnknown = parsed.GetValue(allowUnknown) || list is null;
            list ??= CreateList(asOf!, await StudioRows.ReadLinesAsync(ledger!.Connection, asOf!.Id, cancellationToken));
            var (lines, hasProblems) = await CheckAsync(list, ledger, asOf, allowsUnknown, cancellationToken);
            await Terminal.WriteAsync(lines.Select(DisplayText.RemoveControls), cancellationToken);
            return hasProblems ? 1 : 0;
        });
        command.AddExamples("studios check", "studios check studios.csv", "studios check studios.csv --allow-unknown");
        return command;
    }

    /// <summary>Opens the ledger; returns null if there is none and a file can be checked without it.</summary>
    private static async Task<Ledger?> OpenAsync(ParseResult parsed, Option<string?> store, int? snapshot, bool isOptional, CancellationToken cancellationToken)
    {
        try
        {
            return await CommonOptions.OpenForReadingAsync(parsed, store, cancellationToken, snapshot);
        }
        catch (MissingLedgerException) when (isOptional)
        {
            return null;
        }
    }

    /// <summary>Creates the list that an export would write, so that its lines have the numbers of the exported file.</summary>
    private static StudioListFile CreateList(Snapshot snapshot, IReadOnlyList<StudioLine> lines)
    {
        (int, StudioLine)[] numbered = [.. lines.Select((line, i) => (i + 2, line))];
        return new(FormattableString.Invariant($"snapshot {snapshot.Id}"), numbered, StudioListChecks.Check(numbered));
    }

    private static async Task<(IReadOnlyList<string> Lines, bool HasProblems)> CheckAsync(
        StudioListFile list, Ledger? ledger, Snapshot? snapshot, bool allowsUnknown, CancellationToken cancellationToken)
    {
        IReadOnlyList<StudioLine> lines = [.. list.Lines.Select(entry => entry.Line)];
        var problems = list.Problems;
        IReadOnlyList<string> unknown = [];
        List<string> coverage = [StudioCoverageText.FormatLine("Coverage", ledger is null ? "unknown, because there is no ledger" : "unknown, because the list has problems")];
        if (ledger is not null)
        {
            // IDs are looked up by the lines; their dates need not be valid.
            var companies = await CompanyReferences.ReadAsync(ledger.Connection, lines, cancellationToken);
            unknown = StudioNameChecks.FindUnknown(list, companies);
            if (problems.Count == 0)
            {
                problems = StudioNameChecks.FindConflicts(list, companies);
                coverage = [.. StudioCoverageText.Format(await StudioCoverage.ReadAsync(ledger.Connection, lines, companies, snapshot!, cancellationToken), snapshot!)];
            }
        }

        var unsourced = lines.Count(line => !line.IsSourced);
        var studios = lines.Where(line => !line.IsIndependent).DistinctBy(line => line.Studio).Count();
        return (
            [
                .. problems, .. StudioListException.Limit(unknown),
                StudioCoverageText.FormatLine("Problems", FormattableString.Invariant($"{problems.Count:N0} ({list.Name})")),
                StudioCoverageText.FormatLine("Lines", FormattableString.Invariant($"{lines.Count:N0}, {unsourced:N0} of them unsourced; {studios:N0} studios")),
                .. ledger is null ? Array.Empty<string>() : [StudioCoverageText.FormatLine("Unknown", FormattableString.Invariant($"{unknown.Count:N0} (names that are not companies of the ledger)"))],
                .. coverage,
            ],
            problems.Count > 0 || (unknown.Count > 0 && !allowsUnknown && !list.IsBundled));
    }
}
