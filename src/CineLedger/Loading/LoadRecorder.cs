using System.Data.Common;
using System.Runtime.ExceptionServices;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using Microsoft.Extensions.Logging;

namespace CineLedger.Loading;

/// <summary>
/// Records the start and the result of a load in the ledger. When the result cannot be written because the store has failed, the next load finds the
/// start and marks this load as lost.
/// </summary>
public static class LoadRecorder
{
    /// <summary>Runs and records a load, for which <paramref name="ledger"/> is open and locked. Rethrows its exception.</summary>
    /// <param name="ledger">The ledger, open for this load.</param>
    /// <param name="record">The record of the load's start.</param>
    /// <param name="load">The load; returns no summary when nothing had to be read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The logger for a result that cannot be recorded.</param>
    /// <param name="cancellationToken">A token to cancel the load, which is recorded too.</param>
    public static async Task<(Snapshot Snapshot, LoadSummary? Summary)> RunAsync(
        Ledger ledger, LoadRecord record, Func<Task<(Snapshot Snapshot, LoadSummary? Summary)>> load, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        await ledger.WriteAsync(
            async () =>
            {
                await LoadRows.BeginAsync(ledger.Connection, record, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        var end = await FinishAsync(ledger, record, load, time, logger).ConfigureAwait(false);
        end.Failure?.Throw();
        return (end.Snapshot!, end.Summary);
    }

    /// <summary>Runs a load whose start is already recorded. Does not throw: a failure is in the result.</summary>
    public static async Task<LoadResult> FinishAsync(
        Ledger ledger, LoadRecord record, Func<Task<(Snapshot Snapshot, LoadSummary? Summary)>> load, TimeProvider time, ILogger logger)
    {
        LoadResult end;
        try
        {
            var (snapshot, summary) = await load().ConfigureAwait(false);
            end = new(CreateSucceeded(record, snapshot, summary, time.GetUtcNow().UtcDateTime), snapshot, summary, null);
        }
        catch (Exception error)
        {
            end = new(CreateFailed(record, error, time.GetUtcNow().UtcDateTime), null, null, ExceptionDispatchInfo.Capture(error));
        }

        LedgerMetrics.RecordEnd(end.Record);
        try
        {
            // Recorded even when the load was canceled.
            await LoadRows.EndAsync(ledger.Connection, end.Record, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException or IOException)
        {
            // The caller receives the load's own error, which is more useful. The next load marks this one as lost.
            if (end.Failure is null)
            {
                logger.LoadNotRecorded(record.Id, LoadNames.GetName(end.Record.State), error.Message);
            }
        }

        return end;
    }

    /// <summary>Records a load that ended before it could lock the ledger.</summary>
    public static async Task RecordAsync(LedgerPool pool, LoadRecord load, ILogger logger)
    {
        LedgerMetrics.RecordEnd(load);
        try
        {
            var writer = await pool.RentWriterAsync(CancellationToken.None).ConfigureAwait(false);
            await using (writer.ConfigureAwait(false))
            {
                await LoadRows.RecordAsync(writer.Connection, load, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is LedgerException or DbException or IOException)
        {
            logger.LoadNotRecorded(load.Id, LoadNames.GetName(load.State), error.Message);
        }
    }

    /// <summary>Creates the record of a successful load.</summary>
    /// <param name="load">The record of the load's start.</param>
    /// <param name="snapshot">The published or unchanged snapshot.</param>
    /// <param name="summary">The summary; null when nothing had to be read.</param>
    /// <param name="now">The end of the load.</param>
    public static LoadRecord CreateSucceeded(LoadRecord load, Snapshot snapshot, LoadSummary? summary, DateTime now)
    {
        var published = summary is { IsPublished: true };
        return load with
        {
            State = published ? LoadState.Published : LoadState.Unchanged,
            EndedAt = now,
            SnapshotId = snapshot.Id,
            SourceVersion = snapshot.SourceVersion,
            Violations = summary?.Accepted ?? [],
            Counts = summary is null
                ? null
                : new LoadCounts(
                    summary.Records, snapshot.Movies, published ? snapshot.Added : 0, published ? snapshot.Changed : 0, published ? snapshot.Removed : 0,
                    [.. summary.Findings.Select(finding => new LoadFindingCount(FindingKindNames.GetName(finding.Kind), finding.Rule, finding.Count))]),
        };
    }

    /// <summary>Creates the record of a load that published nothing, with the reason.</summary>
    public static LoadRecord CreateFailed(LoadRecord load, Exception error, DateTime now)
    {
        var (state, reason) = error switch
        {
            OperationCanceledException => (LoadState.Cancelled, LoadRecord.DescribeCancellation((error as LoadCanceledException)?.Caller)),
            QualityGateException => (LoadState.Gated, error.Message),
            LedgerBusyException => (LoadState.Busy, error.Message),
            LedgerException => (LoadState.Failed, error.Message),
            _ => (LoadState.Failed, $"unexpected error ({error.GetType().Name}); see the log of {load.Node}."),
        };
        var gates = error as QualityGateException;
        return load with
        {
            State = state,
            EndedAt = now,
            Error = reason,
            Violations = gates?.Violations ?? [],
            Findings = gates?.Findings ?? [],
        };
    }
}

/// <summary>The end of a load.</summary>
/// <param name="Record">The record of the load.</param>
/// <param name="Snapshot">The published or unchanged snapshot; null when the load failed.</param>
/// <param name="Summary">The summary; null when nothing had to be read.</param>
/// <param name="Failure">The error; null on success.</param>
public sealed record LoadResult(LoadRecord Record, Snapshot? Snapshot, LoadSummary? Summary, ExceptionDispatchInfo? Failure);
