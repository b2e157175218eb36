using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Writing;

namespace CineLedger.Streaming;

/// <summary>
/// Brings sets of changes into a ledger as one snapshot. The last word on a movie counts; a movie that is what it was costs no row, and
/// where nothing differs there is no snapshot.
/// </summary>
public static class ChangeWriter
{
    /// <param name="ledger">Open for writing.</param>
    /// <param name="sets">In the order in which they came.</param>
    /// <param name="options">What the snapshot says of itself, and what else goes into the transaction.</param>
    /// <param name="cancellationToken">Ends it early; then nothing has changed.</param>
    public static Task<ChangeSummary> ApplyAsync(Ledger ledger, IReadOnlyList<ChangeSet> sets, ChangeOptions options, CancellationToken cancellationToken) =>
        ledger.WriteAsync(() => WriteAsync(ledger, sets, options, cancellationToken), cancellationToken);

    private static async Task<ChangeSummary> WriteAsync(
        Ledger ledger, IReadOnlyList<ChangeSet> sets, ChangeOptions options, CancellationToken cancellationToken)
    {
        var startedAt = DateTime.UtcNow;
        var changes = await LedgerChanges.BeginAsync(ledger, cancellationToken).ConfigureAwait(false);
        await using (changes.ConfigureAwait(false))
        {
            var movies = sets.SelectMany(set => set.Changes).Select(change => change.Id).ToHashSet();
            var known = await changes.ReadKnownAsync(movies, cancellationToken).ConfigureAwait(false);
            var outcome = ChangeOutcome.Create(sets, known);
            var keepsFindings = options.KeepsFindingsAlone && sets.Any(set => set.Findings.Count > 0);
            var snapshot = changes.Before;
            if (!outcome.IsEmpty || keepsFindings)
            {
                snapshot = outcome.CreateSnapshot(changes.Before, options.Source, sets.Sum(set => set.Records), startedAt);
                await changes.WriteAsync(outcome.Written, outcome.Replaced, outcome.Removed, sets.SelectMany(set => set.Findings), cancellationToken).ConfigureAwait(false);
                await changes.PublishAsync(snapshot, keepsRatings: outcome.Removed.Count == 0, cancellationToken).ConfigureAwait(false);
            }

            var summary = new ChangeSummary(snapshot, snapshot != changes.Before, outcome.Counts);
            if (options.InSameTransaction is not null)
            {
                await options.InSameTransaction(changes.Connection, summary, cancellationToken).ConfigureAwait(false);
            }

            await changes.CommitAsync(cancellationToken).ConfigureAwait(false);
            return summary;
        }
    }
}

/// <summary>How changes are brought into a ledger.</summary>
/// <param name="Source">Where they come from, as the snapshot shows it.</param>
public sealed record ChangeOptions(string Source)
{
    /// <summary>Makes a snapshot of findings alone, too: for a sender who gets no answer.</summary>
    public bool KeepsFindingsAlone { get; init; }

    /// <summary>What else is written in the same transaction, whether or not there is a new snapshot; it throws to undo all of it.</summary>
    public Func<DbConnection, ChangeSummary, CancellationToken, Task>? InSameTransaction { get; init; }
}

/// <summary>What became of changes.</summary>
/// <param name="Snapshot">The snapshot that they became, or that was the newest already; null where the ledger still holds none.</param>
/// <param name="IsPublished">Whether it is new.</param>
/// <param name="Counts">One for each set, in their order.</param>
public sealed record ChangeSummary(Snapshot? Snapshot, bool IsPublished, IReadOnlyList<ChangeCounts> Counts);

/// <summary>What became of the records of a set, each compared to what was there just before it.</summary>
public readonly record struct ChangeCounts(long Received, long Added, long Changed, long Removed, long Unchanged, long Rejected);
