using System.Runtime.ExceptionServices;
using CineLedger.Loading;
using CineLedger.Loading.Schedules;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Web.Errors;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Loads;

/// <summary>
/// Loads that this server runs, one at a time, whoever asked for them still being there or not; readers are served meanwhile. The ledger
/// keeps what became of them. The end of the server ends them, and nothing of theirs is published then.
/// </summary>
internal sealed class BackgroundLoads : IHostedService, IDisposable
{
    /// <summary>Loads whose progress is remembered.</summary>
    private const int MaxRecords = 100;

    private readonly LedgerPool _pool;
    private readonly WebOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<BackgroundLoads> _logger;
    private readonly Lock _lock = new();
    private readonly List<LoadView> _records = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _stopping;
    private Task _running = Task.CompletedTask;

    /// <summary>A load has, or is about to have, the ledger here: till it is given back.</summary>
    private bool _isRunning;

    public BackgroundLoads(LedgerPool pool, WebOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<BackgroundLoads> logger)
    {
        (_pool, _options, _time, _logger) = (pool, options, time, logger);

        // At once: requests under way are waited for, and a load must not go on as long as they do.
        _stopping = lifetime.ApplicationStopping.Register(_stop.Cancel);
    }

    /// <summary>Raised when a load has ended, badly or well. Handlers must be quick and not throw.</summary>
    public event Action? Ended;

    /// <summary>Those of this process, the newest first.</summary>
    public IReadOnlyList<LoadView> Records
    {
        get
        {
            lock (_lock)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>Begins a load. Throws a <see cref="ProblemException"/> while another one runs here.</summary>
    /// <param name="source">What to open.</param>
    /// <param name="options">How.</param>
    public LoadView Start(string source, LoadOptions options)
    {
        var fetching = SourceOptions.Default with { RequiresPublicHosts = !_options.AllowsPrivateTargets };
        lock (_lock)
        {
            if (_isRunning)
            {
                throw _records is [{ HasEnded: false } under, ..]
                    ? Problems.Busy($"this server is loading {under.Source} (/api/v1/loads/{under.Id}): ask again when that has ended.")
                    : Problems.Busy("this server is about to load what is due by its schedule: ask again in a moment.");
            }

            var now = _time.GetUtcNow().UtcDateTime;
            var run = LoadRecord.Begin(LoadTrigger.Request, SourceAddress.Parse(source).DisplayName, now) with { DueAt = now };
            var record = LoadView.Create(run) with { State = LoadStatus.Queued, StartedAt = null };
            Remember(record);
            _isRunning = true;
            _running = Task.Run(() => RunAsync(run, ledger => LoadAsync(ledger, run.Id, source, options, fetching)), CancellationToken.None);
            return record;
        }
    }

    /// <summary>Runs the load that a schedule has due, to its end; false where something else loads the ledger, or another node was quicker.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="clock">The ledger's.</param>
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

        // To its end, however long: the store is closed next.
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(LoadRecord record, Func<Ledger, Task<(Snapshot, LoadSummary?)>> load)
    {
        LoadResult? end = null;
        try
        {
            await using var ledger = await _pool.OpenForLoadAsync(wait: false, _stop.Token);
            await LoadRows.BeginAsync(ledger.Connection, record, _stop.Token);
            end = await FinishAsync(ledger, record, load, _time);
        }
        catch (Exception error) when (end is null)
        {
            // It never had the ledger, or could not even write down that it began.
            var ended = LoadRecorder.CreateFailed(record, error, _time.GetUtcNow().UtcDateTime);
            await LoadRecorder.RecordAsync(_pool, ended, _logger);
            end = new(ended, null, null, ExceptionDispatchInfo.Capture(error));
        }
        finally
        {
            // Told also where the ledger could not be given back: what became of the load is known.
            Release();
            NotifyEnded(end);
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
                lock (_lock)
                {
                    Remember(LoadView.Create(run));
                }

                _logger.ScheduledLoadStarted(run.DueAt!.Value, run.Attempt, schedule.GetNext(run.DueAt.Value));
                end = await FinishAsync(ledger, run, one => LoadAsync(one, run.Id, schedule.Source, schedule.Options, schedule.Fetching), clock);
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
        }
    }

    private async Task<LoadResult> FinishAsync(Ledger ledger, LoadRecord loadRecord, Func<Ledger, Task<(Snapshot, LoadSummary?)>> load, TimeProvider clock)
    {
        UpdateRecord(loadRecord.Id, record => record with { State = LoadStatus.Running, StartedAt = loadRecord.StartedAt });
        return await LoadRecorder.FinishAsync(ledger, loadRecord, () => load(ledger), clock, _logger);
    }

    private async Task<(Snapshot Snapshot, LoadSummary? Summary)> LoadAsync(Ledger ledger, string id, string source, LoadOptions options, SourceOptions fetching)
    {
        var progress = new LoadProgressReporter(value => UpdateRecord(id, record => record with { Progress = value }));
        var keeping = options with { Archive = _options.Archive };
        return await SourceLoader.RunAsync(ledger, source, keeping, force: false, fetching with { Progress = progress, Logger = _logger }, progress, _stop.Token);
    }

    /// <summary>After the ledger is given back: who sees that a load has ended may begin the next.</summary>
    private void NotifyEnded(LoadResult? end)
    {
        if (end is null)
        {
            return;
        }

        var (ended, error) = (end.Record, end.Failure?.SourceException);
        var record = UpdateRecord(ended.Id, record => LoadView.Create(ended) with { Progress = record.Progress });
        if (error is not null)
        {
            _logger.LoadFailed(ended.Id, ended.Source, ended.Error!, error is LedgerException or OperationCanceledException ? null : error);
        }

        CollectGarbage();
        _logger.LoadEnded(ended.Id, ended.Source, record.State, ended.SnapshotId);
        Ended?.Invoke();
    }

    /// <summary>
    /// A load leaves large arrays that the collector would find long after: a server that reads for a month until the next one gives them back to the
    /// system. It costs a pause of some hundredths of a second.
    /// </summary>
    private static void CollectGarbage() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>The caller has the lock.</summary>
    private void Remember(LoadView record)
    {
        _records.Insert(0, record);
        _records.RemoveRange(Math.Min(MaxRecords, _records.Count), Math.Max(0, _records.Count - MaxRecords));
    }

    private LoadView UpdateRecord(string id, Func<LoadView, LoadView> change)
    {
        lock (_lock)
        {
            var at = _records.FindIndex(record => record.Id == id);
            return _records[at] = change(_records[at]);
        }
    }

    /// <summary>Not of the framework's kind, which would tell it later, and out of order.</summary>
    private sealed class LoadProgressReporter(Action<LoadProgressView> report) : IProgress<LoadProgress>, IProgress<SourceProgress>
    {
        public void Report(LoadProgress value) => report(new("loading", value.File, value.Records, value.BytesRead, value.BytesTotal));

        public void Report(SourceProgress value) => report(new("fetching", null, 0, value.Bytes, value.Total));
    }
}
