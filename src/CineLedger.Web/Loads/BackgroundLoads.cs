using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Web.Answers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CineLedger.Web.Loads;

/// <summary>
/// Loads that this server runs, one at a time, whoever asked for them still being there or not; readers are served meanwhile. The end of
/// the server ends them, and nothing of theirs is published then.
/// </summary>
internal sealed class BackgroundLoads : IHostedService, IDisposable
{
    /// <summary>Loads that are remembered.</summary>
    private const int Kept = 100;

    private readonly LedgerPool _pool;
    private readonly WebOptions _options;
    private readonly ILogger<BackgroundLoads> _logger;
    private readonly Lock _lock = new();
    private readonly List<LoadRecord> _records = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _stopping;
    private Task _running = Task.CompletedTask;

    public BackgroundLoads(LedgerPool pool, WebOptions options, IHostApplicationLifetime lifetime, ILogger<BackgroundLoads> logger)
    {
        (_pool, _options, _logger) = (pool, options, logger);

        // At once: requests under way are waited for, and a load must not go on as long as they do.
        _stopping = lifetime.ApplicationStopping.Register(_stop.Cancel);
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<LoadRecord> Records
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
    public LoadRecord Start(string source, LoadOptions options)
    {
        lock (_lock)
        {
            if (_records is [{ HasEnded: false } under, ..])
            {
                throw Problems.Busy($"this server is loading {under.Source} (/api/v1/loads/{under.Id}): ask again when that has ended.");
            }

            var record = new LoadRecord(Guid.CreateVersion7().ToString("N"), SourceAddress.Parse(source).Shown, LoadState.Queued, DateTime.UtcNow);
            _records.Insert(0, record);
            _records.RemoveRange(Math.Min(Kept, _records.Count), Math.Max(0, _records.Count - Kept));
            _running = Task.Run(() => RunAsync(record.Id, source, options, _stop.Token), CancellationToken.None);
            return record;
        }
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
        await running;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(string id, string source, LoadOptions options, CancellationToken cancellationToken)
    {
        Change(id, record => record with { State = LoadState.Running, StartedAt = DateTime.UtcNow });
        LoadRecord ended;
        try
        {
            var (snapshot, summary) = await LoadAsync(id, source, options, cancellationToken);
            ended = Change(id, record => record with
            {
                State = summary is { Published: true } ? LoadState.Published : LoadState.Unchanged,
                Snapshot = snapshot.Id,
                Summary = summary is null ? null : LoadSummaryRecord.Of(summary),
            });
        }
        catch (Exception error)
        {
            var (state, why) = error switch
            {
                OperationCanceledException => (LoadState.Cancelled, "the server ended before the load did; nothing was published."),
                QualityGateException => (LoadState.Gated, error.Message),
                LedgerBusyException => (LoadState.Busy, error.Message),
                LedgerException => (LoadState.Failed, error.Message),
                _ => (LoadState.Failed, $"the load failed; the server's log says why, under {id}."),
            };
            ended = Change(id, record => record with { State = state, Error = why });
            _logger.LoadEndedBadly(id, ended.Source, why, error is LedgerException or OperationCanceledException ? null : error);
        }

        Change(id, record => record with { EndedAt = DateTime.UtcNow });
        TidyUp();
        _logger.LoadEnded(id, ended.Source, ended.State, ended.Snapshot);
    }

    /// <summary>
    /// A load leaves large arrays that the collector would find long after: a server that reads for a month until the next one gives them back to the
    /// system. It costs a pause of some hundredths of a second.
    /// </summary>
    private static void TidyUp() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private async Task<(Snapshot Snapshot, LoadSummary? Summary)> LoadAsync(string id, string source, LoadOptions options, CancellationToken cancellationToken)
    {
        await using var ledger = await _pool.OpenForLoadAsync(wait: false, cancellationToken);
        var progress = new Progress(value => Change(id, record => record with { Progress = value }));
        var fetching = SourceOptions.Default with { PublicHostsOnly = !_options.AllowPrivateTargets, Progress = progress, Logger = _logger };
        return await SourceLoad.RunAsync(ledger, source, options, force: false, fetching, progress, cancellationToken);
    }

    private LoadRecord Change(string id, Func<LoadRecord, LoadRecord> change)
    {
        lock (_lock)
        {
            var at = _records.FindIndex(record => record.Id == id);
            return _records[at] = change(_records[at]);
        }
    }

    /// <summary>Not of the framework's kind, which would tell it later, and out of order.</summary>
    private sealed class Progress(Action<LoadProgressRecord> tell) : IProgress<LoadProgress>, IProgress<SourceProgress>
    {
        public void Report(LoadProgress value) => tell(new("loading", value.File, value.Records, value.BytesRead, value.BytesTotal));

        public void Report(SourceProgress value) => tell(new("fetching", null, 0, value.Bytes, value.Total));
    }
}
