using System.Data.Common;
using CineLedger.Cleaning;
using CineLedger.Loading;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Writing;

namespace CineLedger.Streaming;

/// <summary>
/// Applies sets of changes to a ledger as one snapshot. The last change of a movie wins; an unchanged movie writes no row, and without any change
/// there is no snapshot. The quality gates for batches apply.
/// </summary>
public static class ChangeWriter
{
    /// <param name="ledger">A ledger that is open for writing.</param>
    /// <param name="sets">The sets in order of arrival.</param>
    /// <param name="options">The snapshot's source, and what else to write in the transaction.</param>
    /// <param name="cancellationToken">A token to cancel the operation, which then changes nothing.</param>
    /// <exception cref="QualityGateException">A gate stopped the changes. Nothing was published; only the violations are recorded.</exception>
    public static Task<ChangeSummary> ApplyAsync(Ledger ledger, IReadOnlyList<ChangeSet> sets, ChangeOptions options, CancellationToken cancellationToken) =>
        ledger.WriteAsync(() => WriteAsync(ledger, sets, options, cancellationToken), cancellationToken);

    private static async Task<ChangeSummary> WriteAsync(
        Ledger ledger, IReadOnlyList<ChangeSet> sets, ChangeOptions options, CancellationToken cancellationToken)
    {
        var batch = new ChangeBatch(sets, options, DateTime.UtcNow);
        var changes = await LedgerChanges.BeginAsync(ledger, cancellationToken).ConfigureAwait(false);
        await using (changes.ConfigureAwait(false))
        {
            try
            {
                return await WriteAsync(ledger, changes, batch, cancellationToken).ConfigureAwait(false);
            }
            catch (QualityGateException error)
            {
                await changes.DisposeAsync().ConfigureAwait(false);
                await UnpublishedSnapshots.ClearAsync(ledger.Connection, cancellationToken).ConfigureAwait(false);
                await batch.RecordStoppedAsync(ledger.Connection, error, cancellationToken).ConfigureAwait(false);
                throw;
            }
        }
    }

    private static async Task<ChangeSummary> WriteAsync(Ledger ledger, LedgerChanges changes, ChangeBatch batch, CancellationToken cancellationToken)
    {
        var (sets, options) = (batch.Sets, batch.Options);
        batch.CheckRecords();
        var movies = sets.SelectMany(set => set.Changes).Select(change => change.Id).ToHashSet();
        var known = await changes.ReadKnownAsync(movies, cancellationToken).ConfigureAwait(false);
        var outcome = ChangeOutcome.Create(sets, known);
        var keepsFindings = options.PublishesFindingsOnly && sets.Any(set => set.Findings.Count > 0);
        var snapshot = changes.Before;
        if (!outcome.IsEmpty || keepsFindings)
        {
            snapshot = outcome.CreateSnapshot(changes.Before, options.Source, sets.Sum(set => set.Records), batch.StartedAt);
            var (companies, addFindings) = CountCompanies(sets);
            await changes.WriteAsync(outcome.Upserted, outcome.Replaced, outcome.Removed, companies.GetNewNames, addFindings, cancellationToken).ConfigureAwait(false);
            batch.Decide(await BatchGates.CheckAsync(
                ledger, changes.Before, snapshot.Id, [.. outcome.Upserted.Select(written => written.Movie)], outcome.Replaced, cancellationToken).ConfigureAwait(false));
            await changes.PublishAsync(snapshot, keepsRatings: outcome.Removed.Count == 0, cancellationToken).ConfigureAwait(false);
        }

        var summary = new ChangeSummary(snapshot, snapshot != changes.Before, outcome.Counts);
        if (options.InSameTransaction is not null)
        {
            await options.InSameTransaction(changes.Connection, summary, cancellationToken).ConfigureAwait(false);
        }

        var record = await batch.RecordAcceptedAsync(changes.Connection, summary, cancellationToken).ConfigureAwait(false);
        await changes.CommitAsync(cancellationToken).ConfigureAwait(false);
        if (record is not null)
        {
            LedgerMetrics.RecordEnd(record);
        }

        return summary;
    }

    /// <summary>Counts the spellings of companies. Returns with them a function that adds the findings about companies to their sets and returns all findings.</summary>
    private static (CompanySpellings Companies, Func<HashSet<string>, IEnumerable<Finding>> AddFindings) CountCompanies(IReadOnlyList<ChangeSet> sets)
    {
        var companies = new CompanySpellings();
        var records = new List<(ChangeSet Set, int Line)>();
        foreach (var set in sets)
        {
            foreach (var movie in set.Changes.Select(change => change.Movie).OfType<Movie>())
            {
                companies.Add(movie, records.Count);
                records.Add((set, movie.Line));
            }
        }

        return (companies, AddFindings);

        IEnumerable<Finding> AddFindings(HashSet<string> known)
        {
            foreach (var finding in companies.CreateFindings(known, record => (records[record].Set.Name, records[record].Line)))
            {
                sets.First(set => set.Name == finding.File).Findings.Add(finding);
            }

            return sets.SelectMany(set => set.Findings);
        }
    }
}

/// <summary>Options for applying changes to a ledger.</summary>
/// <param name="Source">The source of the changes, as shown by the snapshot.</param>
/// <param name="Trigger">What sent the changes, for the record that is written if a gate fires; null to record nothing.</param>
public sealed record ChangeOptions(string Source, LoadTrigger? Trigger = null)
{
    /// <summary>Whether findings alone create a snapshot, for senders that receive no response.</summary>
    public bool PublishesFindingsOnly { get; init; }

    /// <summary>The gates that do not stop the changes.</summary>
    public IReadOnlySet<string> AcceptedGates { get; init; } = new HashSet<string>();

    /// <summary>The user who accepted them; null if no gate was accepted.</summary>
    public string? AcceptedBy { get; init; }

    /// <summary>Creates the advice at the end of a gate's error message from the names of the gates.</summary>
    public Func<string, string>? Advice { get; init; }

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
