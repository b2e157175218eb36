using System.Data.Common;
using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Storage.Studios;

namespace CineLedger.Reports.Studios;

/// <summary>Checks a list of studios against a ledger and replaces the ledger's list.</summary>
public static class StudioListImport
{
    /// <summary>Checks a list as an import does. Throws <see cref="StudioListException"/> with all problems.</summary>
    /// <param name="connection">A connection to the ledger.</param>
    /// <param name="list">The list.</param>
    /// <param name="allowsUnknown">Whether the list may name companies that the ledger does not have. The bundled list always may.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<StudioListReport> CheckAsync(DbConnection connection, StudioListFile list, bool allowsUnknown, CancellationToken cancellationToken)
    {
        StudioLine[] lines = [.. list.Lines.Select(entry => entry.Line)];
        var companies = await CompanyReferences.ReadAsync(connection, lines, cancellationToken).ConfigureAwait(false);
        var unknown = StudioNameChecks.FindUnknown(list, companies);
        if (FindProblems(list, companies, allowsUnknown ? [] : unknown) is { Count: > 0 } problems)
        {
            throw new StudioListException(list.Name, problems);
        }

        var snapshot = await SnapshotRows.FindAsync(connection, null, cancellationToken).ConfigureAwait(false);
        var known = await StudioRows.ReadLinesAsync(connection, snapshot.Id, cancellationToken).ConfigureAwait(false);
        return new(StudioTotals.Create(lines, companies), unknown.Count, lines.Count(line => !line.IsSourced), snapshot, !known.ToHashSet().SetEquals(lines));
    }

    /// <summary>Checks a list and publishes it as a snapshot, unless the newest one has the same list. Throws like <see cref="CheckAsync"/>.</summary>
    /// <param name="ledger">Open for writing.</param>
    /// <param name="list">The list.</param>
    /// <param name="allowsUnknown">Whether the list may name companies that the ledger does not have.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public static async Task<StudioListReport> RunAsync(Ledger ledger, StudioListFile list, bool allowsUnknown, CancellationToken cancellationToken)
    {
        var report = await CheckAsync(ledger.Connection, list, allowsUnknown, cancellationToken).ConfigureAwait(false);
        return report.IsChanged && await StudioImport.RunAsync(ledger, list.GetValidLines(), list.Name, cancellationToken).ConfigureAwait(false) is { } published
            ? report with { Snapshot = published }
            : report;
    }

    /// <summary>Returns the problems of the list, and of names in lines without one.</summary>
    private static IReadOnlyList<string> FindProblems(StudioListFile list, CompanyReferences companies, IReadOnlyList<string> unknown)
    {
        if (list.IsBundled)
        {
            return list.Problems;
        }

        var others = list.Problems.Select(StudioListChecks.GetLineNumber).ToHashSet();
        return StudioListChecks.SortByLine(
        [
            .. list.Problems.Count > 0 ? list.Problems : StudioNameChecks.FindConflicts(list, companies),
            .. unknown.Where(problem => !others.Contains(StudioListChecks.GetLineNumber(problem))),
        ]);
    }
}

/// <summary>The result of checking or importing a list of studios.</summary>
/// <param name="Totals">The studios of the list.</param>
/// <param name="UnknownNames">The number of names that the ledger does not know.</param>
/// <param name="Unsourced">The number of lines without a source.</param>
/// <param name="Snapshot">The newest snapshot, which an import of a changed list has published.</param>
/// <param name="IsChanged">Whether the list differs from the ledger's.</param>
public sealed record StudioListReport(StudioTotals Totals, int UnknownNames, int Unsourced, Snapshot Snapshot, bool IsChanged);
