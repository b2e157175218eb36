using System.Data.Common;
using CineLedger.Loading;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Storage.Operations;

namespace CineLedger.Streaming;

/// <summary>Sets of changes that become one snapshot, with the decision of the quality gates and its record.</summary>
/// <param name="sets">The sets in order of arrival.</param>
/// <param name="options">The options of the changes.</param>
/// <param name="startedAt">When they began to be applied, UTC.</param>
internal sealed class ChangeBatch(IReadOnlyList<ChangeSet> sets, ChangeOptions options, DateTime startedAt)
{
    private const int NamedSets = 3;

    private readonly GateDecision _gates = new(new LoadOptions { IsMerge = true, AcceptedGates = options.AcceptedGates, AcceptedBy = options.AcceptedBy }, options.Advice);

    public IReadOnlyList<ChangeSet> Sets => sets;

    public ChangeOptions Options => options;

    public DateTime StartedAt => startedAt;

    private string Name => sets.Count <= NamedSets
        ? string.Join(", ", sets.Select(set => set.Name))
        : FormattableString.Invariant($"{string.Join(", ", sets.Take(NamedSets).Select(set => set.Name))} and {sets.Count - NamedSets} more");

    /// <summary>Checks the records before anything is written.</summary>
    /// <exception cref="QualityGateException">A gate stopped the batch.</exception>
    public void CheckRecords() => Decide(BatchGates.CheckRecords(
        Name, sets.Sum(set => set.Records), sets.Sum(set => set.Rejected), sets.SelectMany(set => set.Changes).Select(change => change.Movie).OfType<Movie>(), CollectExamples()));

    /// <exception cref="QualityGateException">A violation was not accepted.</exception>
    public void Decide(IEnumerable<GateViolation> violations) => _gates.Decide(violations);

    /// <summary>Records a batch that a gate stopped, as the ledger records a load.</summary>
    public async Task RecordStoppedAsync(DbConnection connection, QualityGateException error, CancellationToken cancellationToken)
    {
        error.Findings = CollectExamples().First;
        if (Begin() is not { } record)
        {
            return;
        }

        record = LoadRecorder.CreateFailed(record, error, DateTime.UtcNow);
        LedgerMetrics.RecordEnd(record);
        try
        {
            await LoadRows.RecordAsync(connection, record, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or IOException)
        {
            // The sender receives the gate's own error, which is more useful.
        }
    }

    /// <summary>Records a batch with violations that were accepted, in the transaction that publishes it. Returns null if there are none.</summary>
    public async Task<LoadRecord?> RecordAcceptedAsync(DbConnection connection, ChangeSummary summary, CancellationToken cancellationToken)
    {
        if (_gates.Accepted.Count == 0 || summary.Snapshot is not { } snapshot || Begin() is not { } started)
        {
            return null;
        }

        var records = sets.Sum(set => set.Records);
        var record = LoadRecorder.CreateSucceeded(
            started, snapshot, new LoadSummary(snapshot, summary.IsPublished, records, records, []) { Accepted = _gates.Accepted }, DateTime.UtcNow);
        await LoadRows.InsertEndedAsync(connection, record, cancellationToken).ConfigureAwait(false);
        return record;
    }

    private LoadRecord? Begin() => options.Trigger is { } trigger ? LoadRecord.Begin(trigger, Name, startedAt) : null;

    private FindingExamples CollectExamples()
    {
        var examples = new FindingExamples([.. sets.Select(set => set.Name)]);
        foreach (var finding in sets.SelectMany(set => set.Findings))
        {
            examples.Add(finding);
        }

        return examples;
    }
}
