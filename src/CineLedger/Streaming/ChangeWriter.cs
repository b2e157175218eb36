using System.Data.Common;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Writing;

namespace CineLedger.Streaming;

/// <summary>
/// Applies sets of changes to a ledger as one snapshot. The last change of a movie wins; an unchanged movie writes no row, and without any change
/// there is no snapshot.
/// </summary>
public static class ChangeWriter
{
    /// <param name="ledger">A ledger that is open for writing.</param>
    /// <param name="sets">The sets in order of arrival.</param>
    /// <param name="options">The snapshot's source, and what else to write in the transaction.</param>
    /// <param name="cancellationToken">A token to cancel the operation, which then changes nothing.</param>
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
            var keepsFindings = options.PublishesFindingsOnly && sets.Any(set => set.Findings.Count > 0);
            var snapshot = changes.Before;
            if (!outcome.IsEmpty || keepsFindings)
            {
                snapshot = outcome.CreateSnapshot(changes.Before, options.Source, sets.Sum(set => set.Records), startedAt);
                await changes.WriteAsync(outcome.Upserted, outcome.Replaced, outcome.Removed, sets.SelectMany(set => set.Findings), cancellationToken).ConfigureAwait(false);
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

/// <summary>Options for applying changes to a ledger.</summary>
/// <param name="Source">The source of the changes, as shown by the snapshot.</param>
public sealed record ChangeOptions(string Source)
{
    /// <summary>Whether findings alone create a snapshot, for senders that receive no response.</summary>
    public bool PublishesFindingsOnly { get; init; }

    /// <summary>Writes other data in the same transaction, whether or not there is a new snapshot. An exception rolls back everything.</summary>
    public Func<DbConnection, ChangeSummary, CancellationToken, Task>? InSameTransaction { get; init; }
}

/// <summary>The result of applying changes.</summary>
/// <param name="Snapshot">The new snapshot, or the current one when nothing changed; null when the ledger has none.</param>
/// <param name="IsPublished">Whether the snapshot is new.</param>
/// <param name="Counts">The counts of each set, in order.</param>
public sealed record ChangeSummary(Snapshot? Snapshot, bool IsPublished, IReadOnlyList<ChangeCounts> Counts);

/// <summary>The number of records of a set by result, each compared with the state just before it.</summary>
public readonly record struct ChangeCounts(long Received, long Added, long Changed, long Removed, long Unchanged, long Rejected);
