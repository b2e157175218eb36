using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage.Snapshots;

namespace CineLedger.Web.Dashboard.Overview;

/// <summary>The changes of a snapshot against the previous one; for a first snapshot, the load that published it.</summary>
/// <param name="Previous">The number of the previous snapshot; null if none is kept.</param>
/// <param name="Years">The years whose totals changed the most.</param>
/// <param name="OtherYears">The number of years with smaller changes.</param>
/// <param name="Findings">The findings of the load by kind.</param>
public sealed record LatestChanges(int? Previous, TableView Years, int OtherYears, IReadOnlyList<(string Kind, long Findings)> Findings)
{
    private const int MaxYears = 5;

    public static async Task<LatestChanges> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var snapshot = request.Snapshot;
        var kept = await request.Ledger.ReadAsync("snapshots", async (connection, cancel) => await SnapshotRows.ListAsync(connection, cancel), cancellationToken);
        var previous = kept.Where(other => other.Id < snapshot.Id).MaxBy(other => other.Id)?.Id;
        IReadOnlyList<AmountChanges> changes = previous is not { } from ? [] : await request.Ledger.ReadAsync(
            $"changes of amounts since {from}", (connection, cancel) => AmountChanges.ReadAsync(connection, from, snapshot.Id, cancel), cancellationToken);
        var findings = await request.Ledger.ReadAsync(
            "findings by rule", (connection, cancel) => FindingList.CountAsync(connection, snapshot.Id, cancel), cancellationToken);
        return new(
            previous,
            new TableView(
                "Years whose totals changed the most",
                [new("Year", Unit.Year), new("Movies", Unit.Count), new("Revenue", Unit.Money), new("Budget", Unit.Money)],
                [
                    .. changes.Take(MaxYears).Select(change => new TableViewRow(
                    [
                        new((object?)change.Year ?? "undated") { Link = change.Year is null ? null : request.State.WithoutYears.GetLink(PageState.GetYearPath(change.Year)) },
                        TableViewCell.CreateChange(change.Movies, Unit.Count), TableViewCell.CreateChange(change.Revenue, Unit.Money),
                        TableViewCell.CreateChange(change.Budget, Unit.Money),
                    ])),
                ]),
            Math.Max(0, changes.Count - MaxYears),
            [
                .. findings.GroupBy(rule => rule.Kind, rule => rule.Findings).Select(kind => (kind.Key, kind.Sum()))
                    .OrderBy(kind => FindingKindNames.All.ToList().IndexOf(kind.Key)),
            ]);
    }
}
