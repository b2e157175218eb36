using System.Runtime.ExceptionServices;
using CineLedger.Loading;
using CineLedger.Loading.Schedules;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Web.Errors;
using CineLedger.Web.Uploads;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Loads;

/// <summary>
/// Runs the loads of this server, one at a time, independently of the requests that started them. Readers are served meanwhile. The ledger records the
/// results. When the server stops or a caller cancels it, a running load publishes nothing.
/// </summary>
internal sealed class BackgroundLoads : IHostedService, IDisposable
{
    private readonly LedgerPool _pool;
    private readonly UploadStore _uploads;
    private readonly WebOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<BackgroundLoads> _logger;
    private readonly RecentLoads _loads = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _stopping;
    private readonly LoadSlot _slot;

    public BackgroundLoads(
        LedgerPool pool, UploadStore uploads, WebOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<BackgroundLoads> logger)
    {
        (_pool, _uploads, _options, _time, _logger) = (pool, uploads, options, time, logger);
        _slot = new LoadSlot(_loads, _stop.Token);

        // Cancel immediately: the server waits for running requests, and a load must not continue that long.
        _stopping = lifetime.ApplicationStopping.Register(_stop.Cancel);
    }

    /// <summary>Raised when a load has ended, successfully or not. Handlers must be fast and must not throw.</summary>
    public event Action? Ended;

    /// <summary>The loads of this process, the newest first.</summary>
    public IReadOnlyList<LoadView> Records => _loads.GetAll();

    /// <summary>Starts a load. Throws a <see cref="ProblemException"/> while another load of this server runs.</summary>
    /// <param name="source">The source.</param>
    /// <param name="options">The options of the load.</param>
    /// <param name="isDryRun">Whether to report only what the load would do.</param>
    public LoadView Start(LoadSource source, LoadOptions options, bool isDryRun = false)
    {
        if (_slot.Claim() is { } busy)
        {
            throw Problems.Busy(busy);
        }

        var plan = new LoadPlan([source.Address], options) { Fetching = _options.Sources with { RequiresPublicHosts = !_options.AllowsPrivateTargets } };
        var now = _time.GetUtcNow().UtcDateTime;
        var run = LoadRecord.Begin(LoadTrigger.Request, source.DisplayName, now) with { DueAt = now };
        var record = LoadView.Create(run) with { State = LoadStatus.Queued, StartedAt = null, Upload = source.Upload?.Id, Options = options };
        var cancellation = _slot.Add(record);
        source.Upload?.BeginUse();
        if (isDryRun)
        {
            _ = _slot.Run(() => RunDryAsync(run, cancellation, source, options, plan.Fetching));
        }
        else
        {
            _ = _slot.Run(() => RunAsync(run, cancellation, source.Upload, ledger => LoadAsync(ledger, cancellation, plan, source.Upload)));
        }

        return record;
    }

    /// <summary>Runs a load for a command, which waits for it and cancels it when it is stopped.</summary>
    /// <param name="plan">The load.</param>
    /// <param name="onProgress">Called with the progress.</param>
    /// <param name="onOriginalLoaded">Called after each original, when the load has several.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <exception cref="LedgerBusyException">Another load of this server runs.</exception>
    public async Task<(Snapshot Snapshot, LoadSummary? Summary)> RunAsync(
        LoadPlan plan, Action<LoadProgressView> onProgress, Func<LoadSummary, Task> onOriginalLoaded, CancellationToken cancellationToken)
    {
        plan.Options.Validate();
        if (_slot.Claim() is { } busy)
        {
            throw new LedgerBusyException(busy);
        }

        var run = LoadRecord.Begin(LoadTrigger.Command, plan.DisplayName, _time.GetUtcNow().UtcDateTime);
        var cancellation = _slot.Add(LoadView.Create(run));
        var running = _slot.Run(() => RunAsync(run, cancellation, null, ledger => LoadAsync(ledger, cancellation, plan, null, onProgress, onOriginalLoaded)));
        await using var stopping = cancellationToken.Register(() => Cancel(run.Id, "its command"));
        var end = await running;
        end.Failure?.Throw();
        return (end.Snapshot!, end.Summary);
    }

    /// <summary>Adds a dry run that failed because its source was refused while it arrived.</summary>
    public LoadView AddRefused(string source, LedgerException error)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var record = LoadView.Create(LoadRecorder.CreateFailed(LoadRecord.Begin(LoadTrigger.Request, source, now) with { DueAt = now }, error, now));
        _loads.Add(record);
        return record;
    }

    /// <summary>Cancels a load of this server that is queued or running, at any stage. Returns null when there is no such load.</summary>
    /// <param name="id">The ID of the load.</param>
    /// <param name="caller">Who cancels it, for the load's record.</param>
    public LoadView? Cancel(string id, string caller)
    {
        if (!_slot.Cancel(id, caller))
        {
            return null;
        }

        _logger.LoadCancelRequested(id, caller);
        return _loads.Find(id);
    }

    /// <summary>Runs a scheduled load that is due. Returns false when the ledger is busy or another node ran the load first.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="clock">The clock of the ledger.</param>
    public async Task<bool> TryRunAsync(LoadSchedule schedule, TimeProvider clock) =>
        _slot.Claim() is null && await _slot.Run(() => RunScheduledAsync(schedule, clock));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();

        // Wait until it ends, however long it takes, because the store is closed next.
        await _slot.Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _slot.Dispose();
        _stop.Dispose();
    }

    /// <summary>Runs a dry run, which is not recorded in the ledger and sends no webhook messages.</summary>
    private async Task<LoadView> RunDryAsync(LoadRecord run, LoadCancellation cancellation, LoadSource source, LoadOptions options, SourceOptions fetching)
    {
        Func<LoadView, LoadView> end;
        try
        {
            _loads.Update(run.Id, record => record with { State = LoadStatus.Running, StartedAt = run.StartedAt });
            var progress = CreateProgress(run.Id);
            var result = await cancellation.RunAsync(async stop =>
            {
                await using var dataset = await source.OpenAsync(fetching with { Progress = progress, Logger = _logger }, stop);
                return await DryRunner.RunAsync(dataset, async cancel => await _pool.OpenForReadingAsync(cancel), options, progress, stop);
            });
            end = record => record with { State = LoadStatus.Checked, DryRun = result, Violations = result.Violations };
        }
        catch (Exception error)
        {
            var failed = LoadRecorder.CreateFailed(run, error, _time.GetUtcNow().UtcDateTime);
            _logger.LoadFailed(run.Id, run.Source, failed.Error!, error is LedgerException or OperationCanceledException ? null : error);
            end = record => LoadView.Create(failed) with { Progress = record.Progress, Upload = record.Upload, Options = record.Options };
        }

        source.Upload?.EndUse();
        _slot.Release();
        var now = _time.GetUtcNow().UtcDateTime;
        var ended = _loads.Update(run.Id, record => end(record) with { EndedAt = now, Seconds = Math.Round((now - run.StartedAt).TotalSeconds, 3) });
        CollectGarbage();
        return ended;
    }

    private async Task<LoadResult> RunAsync(LoadRecord record, LoadCancellation cancellation, Upload? upload, Func<Ledger, Task<(Snapshot, LoadSummary?)>> load)
    {
        LoadResult? end = null;
        try
        {
            await using var ledger = await cancellation.RunAsync(stop => OpenAsync(record, stop));
            end = await FinishAsync(ledger, record, load, _time);
        }
        catch (Exception error) when (end is null)
        {
            // The load could not open the ledger or record its start.
            var ended = LoadRecorder.CreateFailed(record, error, _time.GetUtcNow().UtcDateTime);
            await LoadRecorder.RecordAsync(_pool, ended, _logger);
            end = new(ended, null, null, ExceptionDispatchInfo.Capture(error));
        }
        finally
        {
            // Notify even if closing the ledger failed, because the result of the load is known.
            upload?.EndUse();
            if (upload is not null && end is { Summary: not null })
            {
                await _uploads.DeleteAsync(upload);
            }

            _slot.Release();
            NotifyEnded(end);
        }

        return end;
    }

    /// <summary>Opens the ledger for a load and records its start.</summary>
    private async Task<Ledger> OpenAsync(LoadRecord record, CancellationToken cancellationToken)
    {
        var ledger = await _pool.OpenForLoadAsync(wait: false, cancellationToken);
        try
        {
            await LoadRows.BeginAsync(ledger.Connection, record, cancellationToken);
            return ledger;
        }
        catch
        {
            await ledger.DisposeAsync();
            throw;
        }
    }

    private async Task<bool> RunScheduledAsync(LoadSchedule schedule, TimeProvider clock)
    {
        LoadResult? end = null;
        try
        {
            await using var ledger = await _pool.OpenForLoadAsync(wait: false, _stop.Token);
            if (await ScheduledLoad.ClaimAsync(ledger, schedule, clock, _stop.Token) is { } run)
            {
                var cancellation = _slot.Add(LoadView.Create(run));
                var plan = new LoadPlan([schedule.Source], schedule.Options) { Fetching = schedule.SourceOptions };
                _logger.ScheduledLoadStarted(run.DueAt!.Value, run.Attempt, schedule.GetNext(run.DueAt.Value));
                end = await FinishAsync(ledger, run, one => LoadAsync(one, cancellation, plan, null), clock);
            }
        }
        catch (LedgerBusyException) when (end is null)
        {
            return false;
        }
        finally
        {
            _slot.Release();
            NotifyEnded(end);
        }

        return end is not null;
    }

    private async Task<LoadResult> FinishAsync(
        Ledger ledger, LoadRecord loadRecord, Func<Ledger, Task<(Snapshot, LoadSummary?)>> load, TimeProvider clock)
    {
        _loads.Update(loadRecord.Id, record => record with { State = LoadStatus.Running, StartedAt = loadRecord.StartedAt });
        return await LoadRecorder.FinishAsync(ledger, loadRecord, () => load(ledger), clock, _logger);
    }

    private Task<(Snapshot Snapshot, LoadSummary? Summary)> LoadAsync(
        Ledger ledger, LoadCancellation cancellation, LoadPlan plan, Upload? upload, Action<LoadProgressView>? onProgress = null, Func<LoadSummary, Task>? onOriginalLoaded = null)
    {
        var progress = CreateProgress(cancellation.Id, onProgress);
        plan = plan with
        {
            Options = plan.Options with { Archive = plan.Options.Archive ?? _options.Archive },
            Fetching = plan.Fetching with { Progress = progress, Logger = _logger },
        };
        return cancellation.RunAsync(async stop =>
        {
            if (upload is null)
            {
                return await plan.RunAsync(ledger, null, progress, onOriginalLoaded ?? (_ => Task.CompletedTask), stop);
            }

            await using var dataset = await upload.Copy.OpenAsync(plan.Fetching, stop);
            var summary = await SourceLoader.RunAsync(ledger, dataset, plan.Options, progress, stop);
            return (summary.Snapshot, (LoadSummary?)summary);
        });
    }

    private LoadProgressReporter CreateProgress(string id, Action<LoadProgressView>? onProgress = null) => new(value =>
    {
        _loads.Update(id, record => record with { Progress = value });
        onProgress?.Invoke(value);
    });

    /// <summary>Reports the end of a load. Called after the ledger is released, so that a client that sees the end can start the next load.</summary>
    private void NotifyEnded(LoadResult? end)
    {
        if (end is null)
        {
            return;
        }

        var (ended, error) = (end.Record, end.Failure?.SourceException);
        var record = _loads.Update(ended.Id, record => LoadView.Create(ended) with { Progress = record.Progress, Upload = record.Upload, Options = record.Options });
        if (error is not null)
        {
            _logger.LoadFailed(ended.Id, ended.Source, ended.Error!, error is LedgerException or OperationCanceledException ? null : error);
        }

        CollectGarbage();
        _logger.LoadEnded(ended.Id, ended.Source, record.State, ended.SnapshotId);
        Ended?.Invoke();
    }

    /// <summary>
    /// Returns the large arrays of a load to the system, because a server that only reads until the next load would keep them for a long time. It pauses
    /// the server for some hundredths of a second.
    /// </summary>
    private static void CollectGarbage() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
