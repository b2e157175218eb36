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
public static class RunRecorder
{
    /// <summary>Runs a load, for which <paramref name="ledger"/> is open and locked, on record. What it throws is thrown on.</summary>
    /// <param name="ledger">Open for this load.</param>
    /// <param name="run">As it begins.</param>
    /// <param name="load">The load; no summary where nothing had to be read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears where the end cannot be written down.</param>
    /// <param name="cancellationToken">Ends it early, on record too.</param>
    public static async Task<(Snapshot Snapshot, LoadSummary? Summary)> RunAsync(
        Ledger ledger, RunRecord run, Func<Task<(Snapshot Snapshot, LoadSummary? Summary)>> load, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        await ledger.WriteAsync(
            async () =>
            {
                await RunRows.BeginAsync(ledger.Connection, run, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        var end = await FinishAsync(ledger, run, load, time, logger).ConfigureAwait(false);
        end.Failure?.Throw();
        return (end.Snapshot!, end.Summary);
    }

    /// <summary>The same where it is written down already that the load begins, and without a throw: what failed is in the result.</summary>
    public static async Task<RunEnd> FinishAsync(
        Ledger ledger, RunRecord run, Func<Task<(Snapshot Snapshot, LoadSummary? Summary)>> load, TimeProvider time, ILogger logger)
    {
        RunEnd end;
        try
        {
            var (snapshot, summary) = await load().ConfigureAwait(false);
            end = new(Succeeded(run, snapshot, summary, time.GetUtcNow().UtcDateTime), snapshot, summary, null);
        }
        catch (Exception error)
        {
            end = new(Failed(run, error, time.GetUtcNow().UtcDateTime), null, null, ExceptionDispatchInfo.Capture(error));
        }

        LedgerMetrics.Ended(end.Run);
        try
        {
            // Also where the load was cancelled.
            await RunRows.EndAsync(ledger.Connection, end.Run, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException or IOException)
        {
            // What the load itself failed of says it better, and comes to whoever began it; the next load puts this one down as lost.
            if (end.Failure is null)
            {
                logger.RunNotRecorded(run.Id, RunWords.Of(end.Run.State), error.Message);
            }
        }

        return end;
    }

    /// <summary>Puts a load on record that ended before it had the ledger.</summary>
    public static async Task RecordAsync(LedgerPool pool, RunRecord ended, ILogger logger)
    {
        LedgerMetrics.Ended(ended);
        try
        {
            var writer = await pool.RentWriterAsync(CancellationToken.None).ConfigureAwait(false);
            await using (writer.ConfigureAwait(false))
            {
                await RunRows.RecordAsync(writer.Connection, ended, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is LedgerException or DbException or IOException)
        {
            logger.RunNotRecorded(ended.Id, RunWords.Of(ended.State), error.Message);
        }
    }

    /// <summary>A load that went well.</summary>
    /// <param name="run">As it began.</param>
    /// <param name="snapshot">What it published, or found unchanged.</param>
    /// <param name="summary">Null where nothing had to be read.</param>
    /// <param name="now">Its end.</param>
    public static RunRecord Succeeded(RunRecord run, Snapshot snapshot, LoadSummary? summary, DateTime now)
    {
        var published = summary is { Published: true };
        return run with
        {
            State = published ? RunState.Published : RunState.Unchanged,
            EndedAt = now,
            SnapshotId = snapshot.Id,
            SourceVersion = snapshot.SourceVersion,
            Counts = summary is null
                ? null
                : new RunCounts(
                    summary.Records, snapshot.Movies, published ? snapshot.Added : 0, published ? snapshot.Changed : 0, published ? snapshot.Removed : 0,
                    [.. summary.Findings.Select(finding => new RunFinding(FindingWords.Of(finding.Kind), finding.Rule, finding.Count))]),
        };
    }

    /// <summary>A load that published nothing, and why.</summary>
    public static RunRecord Failed(RunRecord run, Exception error, DateTime now)
    {
        var (state, why) = error switch
        {
            OperationCanceledException => (RunState.Cancelled, "it was stopped before its end; nothing was published."),
            QualityGateException => (RunState.Gated, error.Message),
            LedgerBusyException => (RunState.Busy, error.Message),
            LedgerException => (RunState.Failed, error.Message),
            _ => (RunState.Failed, $"an error that nobody foresaw ({error.GetType().Name}); the log of {run.Node} says more."),
        };
        return run with { State = state, EndedAt = now, Error = why };
    }
}

/// <summary>How a load ended.</summary>
/// <param name="Run">As it is written down.</param>
/// <param name="Snapshot">What it published or found unchanged; null where it failed.</param>
/// <param name="Summary">Null where nothing had to be read.</param>
/// <param name="Failure">Null where all went well.</param>
public sealed record RunEnd(RunRecord Run, Snapshot? Snapshot, LoadSummary? Summary, ExceptionDispatchInfo? Failure);
