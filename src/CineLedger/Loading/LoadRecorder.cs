using System.Data.Common;
using System.Runtime.ExceptionServices;
using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using Microsoft.Extensions.Logging;

namespace CineLedger.Loading;

/// <summary>
/// Keeps account of a load in the ledger: that it began, and what became of it. A small row each; where the second cannot be written, because
/// the store has failed, the next load finds the first and writes down that this one is lost.
/// </summary>
public static class LoadRecorder
{
    /// <summary>Runs a load, for which <paramref name="ledger"/> is open and locked, on record. What it throws is thrown on.</summary>
    /// <param name="ledger">Open for this load.</param>
    /// <param name="record">As it begins.</param>
    /// <param name="load">The load; no summary where nothing had to be read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears where the end cannot be written down.</param>
    /// <param name="cancellationToken">Ends it early, on record too.</param>
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

    /// <summary>The same where it is written down already that the load begins, and without a throw: what failed is in the result.</summary>
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
            // Also where the load was cancelled.
            await LoadRows.EndAsync(ledger.Connection, end.Record, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException or IOException)
        {
            // What the load itself failed of says it better, and comes to whoever began it; the next load puts this one down as lost.
            if (end.Failure is null)
            {
                logger.LoadNotRecorded(record.Id, LoadNames.Get(end.Record.State), error.Message);
            }
        }

        return end;
    }

    /// <summary>Puts a load on record that ended before it had the ledger.</summary>
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
            logger.LoadNotRecorded(load.Id, LoadNames.Get(load.State), error.Message);
        }
    }

    /// <summary>A load that went well.</summary>
    /// <param name="load">As it began.</param>
    /// <param name="snapshot">What it published, or found unchanged.</param>
    /// <param name="summary">Null where nothing had to be read.</param>
    /// <param name="now">Its end.</param>
    public static LoadRecord CreateSucceeded(LoadRecord load, Snapshot snapshot, LoadSummary? summary, DateTime now)
    {
        var published = summary is { IsPublished: true };
        return load with
        {
            State = published ? LoadState.Published : LoadState.Unchanged,
            EndedAt = now,
            SnapshotId = snapshot.Id,
            SourceVersion = snapshot.SourceVersion,
            Counts = summary is null
                ? null
                : new LoadCounts(
                    summary.Records, snapshot.Movies, published ? snapshot.Added : 0, published ? snapshot.Changed : 0, published ? snapshot.Removed : 0,
                    [.. summary.Findings.Select(finding => new LoadFindingCount(FindingKindNames.Get(finding.Kind), finding.Rule, finding.Count))]),
        };
    }

    /// <summary>A load that published nothing, and why.</summary>
    public static LoadRecord CreateFailed(LoadRecord load, Exception error, DateTime now)
    {
        var (state, reason) = error switch
        {
            OperationCanceledException => (LoadState.Cancelled, "it was stopped before its end; nothing was published."),
            QualityGateException => (LoadState.Gated, error.Message),
            LedgerBusyException => (LoadState.Busy, error.Message),
            LedgerException => (LoadState.Failed, error.Message),
            _ => (LoadState.Failed, $"an error that nobody foresaw ({error.GetType().Name}); the log of {load.Node} says more."),
        };
        return load with { State = state, EndedAt = now, Error = reason };
    }
}

/// <summary>How a load ended.</summary>
/// <param name="Record">As it is written down.</param>
/// <param name="Snapshot">What it published or found unchanged; null where it failed.</param>
/// <param name="Summary">Null where nothing had to be read.</param>
/// <param name="Failure">Null where all went well.</param>
public sealed record LoadResult(LoadRecord Record, Snapshot? Snapshot, LoadSummary? Summary, ExceptionDispatchInfo? Failure);
