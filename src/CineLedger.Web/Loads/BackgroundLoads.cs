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
    private readonly Lock _lock = new();
    private readonly RecentLoads _loads = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _stopping;
    private Task _running = Task.CompletedTask;

    /// <summary>True while a load of this server uses, or is about to use, the ledger.</summary>
    private bool _isRunning;

    /// <summary>Cancels the load that is queued or running; null when there is none.</summary>
    private LoadCancellation? _cancellation;

    public BackgroundLoads(
        LedgerPool pool, UploadStore uploads, WebOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<BackgroundLoads> logger)
    {
        (_pool, _uploads, _options, _time, _logger) = (pool, uploads, options, time, logger);

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
        var fetching = _options.Sources with { RequiresPublicHosts = !_options.AllowsPrivateTargets };
        lock (_lock)
        {
            if (DescribeRunning() is { } running)
            {
                throw Problems.Busy(running);
            }

            var now = _time.GetUtcNow().UtcDateTime;
            var run = LoadRecord.Begin(LoadTrigger.Request, source.DisplayName, now) with { DueAt = now };
            var record = LoadView.Create(run) with { State = LoadStatus.Queued, StartedAt = null, Upload = source.Upload?.Id, Options = options };
            var cancellation = AddRecord(record);
            _isRunning = true;
            source.Upload?.BeginUse();
            _running = Task.Run(
                () => isDryRun
                    ? RunDryAsync(run, cancellation, source, options, fetching)
                    : RunAsync(run, cancellation, source, ledger => LoadAsync(ledger, cancellation, source, options, fetching)),
                CancellationToken.None);
            return record;
        }
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
        var run = LoadRecord.Begin(LoadTrigger.Command, plan.DisplayName, _time.GetUtcNow().UtcDateTime);
        Task<LoadResult> running;
        LoadCancellation cancellation;
        lock (_lock)
        {
            if (DescribeRunning() is { } other)
            {
                throw new LedgerBusyException(other);
            }

            cancellation = AddRecord(LoadView.Create(run));
            _isRunning = true;
            _running = running = Task.Run(() => RunAsync(run, cancellation, new(run.Source, null), LoadAsync), CancellationToken.None);
        }

        await using var stopping = cancellationToken.Register(() => Cancel(run.Id, "its command"));
        var end = await running;
        end.Failure?.Throw();
        return (end.Snapshot!, end.Summary);

        Task<(Snapshot, LoadSummary?)> LoadAsync(Ledger ledger)
        {
            var progress = new LoadProgressReporter(value =>
            {
                _loads.Update(run.Id, record => record with { Progress = value });
                onProgress(value);
            });
            var work = plan with { Fetching = plan.Fetching with { Progress = progress, Logger = _logger } };
            return cancellation.RunAsync(stop => work.RunAsync(ledger, null, progress, onOriginalLoaded, stop));
        }
    }

    /// <summary>Describes the load that is running or about to run; null if there is none. The caller must hold the lock.</summary>
    private string? DescribeRunning() => !_isRunning ? null
        : Records is [{ HasEnded: false } under, ..] ? $"this server is loading {under.Source} (/api/v1/loads/{under.Id}): try again when that load has ended."
        : "this server is about to start a scheduled load: try again in a moment.";

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
        lock (_lock)
        {
            if (_cancellation?.Id != id)
            {
                return null;
            }

            _logger.LoadCancelRequested(id, caller);
            _cancellation.Cancel(caller);
            return _loads.Find(id);
        }
    }

    /// <summary>Runs a scheduled load that is due. Returns false when the ledger is busy or another node ran the load first.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="clock">The clock of the ledger.</param>
    public async Task<bool> TryRunAsync(LoadSchedule schedule, TimeProvider clock)
    {
        Task<bool> running;
        lock (_lock)
        {
            if (_isRunning)
            {
                return false;
            }

            _isRunning = true;
            _running = running = Task.Run(() => RunScheduledAsync(schedule, clock), CancellationToken.None);
        }

        return await running;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        Task running;
        lock (_lock)
        {
            running = _running;
        }

        // Wait until it ends, however long it takes, because the store is closed next.
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _stop.Dispose();
    }

    /// <summary>Runs a dry run, which is not recorded in the ledger and sends no webhook messages.</summary>
    private async Task RunDryAsync(LoadRecord run, LoadCancellation cancellation, LoadSource source, LoadOptions options, SourceOptions fetching)
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
        Release();
        var now = _time.GetUtcNow().UtcDateTime;
        _loads.Update(run.Id, record => end(record) with { EndedAt = now, Seconds = Math.Round((now - run.StartedAt).TotalSeconds, 3) });
        CollectGarbage();
    }

    private async Task<LoadResult> RunAsync(LoadRecord record, LoadCancellation cancellation, LoadSource source, Func<Ledger, Task<(Snapshot, LoadSummary?)>> load)
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
            source.Upload?.EndUse();
            if (source.Upload is { } upload && end is { Summary: not null })
            {
                await _uploads.DeleteAsync(upload);
            }

            Release();
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
                LoadCancellation cancellation;
                lock (_lock)
                {
                    cancellation = AddRecord(LoadView.Create(run));
                }

                _logger.ScheduledLoadStarted(run.DueAt!.Value, run.Attempt, schedule.GetNext(run.DueAt.Value));
                end = await FinishAsync(ledger, run, one => LoadAsync(one, cancellation, new(schedule.Source, null), schedule.Options, schedule.SourceOptions), clock);
            }
        }
        catch (LedgerBusyException) when (end is null)
        {
            return false;
        }
        finally
        {
            Release();
            NotifyEnded(end);
        }

        return end is not null;
    }

    private void Release()
    {
        lock (_lock)
        {
            _isRunning = false;
            _cancellation?.Dispose();
            _cancellation = null;
        }
    }

    private async Task<LoadResult> FinishAsync(
        Ledger ledger, LoadRecord loadRecord, Func<Ledger, Task<(Snapshot, LoadSummary?)>> load, TimeProvider clock)
    {
        _loads.Update(loadRecord.Id, record => record with { State = LoadStatus.Running, StartedAt = loadRecord.StartedAt });
        return await LoadRecorder.FinishAsync(ledger, loadRecord, () => load(ledger), clock, _logger);
    }

    private async Task<(Snapshot Snapshot, LoadSummary? Summary)> LoadAsync(
        Ledger ledger, LoadCancellation cancellation, LoadSource source, LoadOptions options, SourceOptions fetching)
    {
        var progress = CreateProgress(cancellation.Id);
        var keeping = options with { Archive = _options.Archive };
        fetching = fetching with { Progress = progress, Logger = _logger };
        return await cancellation.RunAsync(async stop =>
        {
            if (source.Upload is null)
            {
                return await SourceLoader.RunAsync(ledger, source.Address, keeping, force: false, fetching, progress, stop);
            }

            await using var dataset = await source.OpenAsync(fetching, stop);
            var summary = await SourceLoader.RunAsync(ledger, dataset, keeping, progress, stop);
            return (summary.Snapshot, summary);
        });
    }

    private LoadProgressReporter CreateProgress(string id) => new(value => _loads.Update(id, record => record with { Progress = value }));

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

    /// <summary>Adds the load that is about to run. The caller must hold the lock.</summary>
    private LoadCancellation AddRecord(LoadView record)
    {
        _loads.Add(record);
        return _cancellation = new LoadCancellation(record.Id, _stop.Token);
    }
}
