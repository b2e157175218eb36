using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Web.Observability;

/// <summary>
/// A value that is probed when metrics are collected, at most every few seconds. A collector must not wait: it gets the latest value and starts the
/// next probe.
/// </summary>
/// <param name="probe">Reads the value. When it fails, the previous value is kept.</param>
/// <param name="first">The value before the first probe.</param>
internal sealed class CachedProbe<T>(Func<Task<T>> probe, T first)
{
    /// <summary>The shortest time between two probes, so that several collectors share one.</summary>
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task _probe = Task.CompletedTask;
    private long _probedAt = long.MinValue / 2;
    private volatile object? _latest = first;

    public T Latest
    {
        get
        {
            _ = StartProbe();
            return (T)_latest!;
        }
    }

    /// <summary>Waits for the current probe to end.</summary>
    public Task ReadAsync(CancellationToken cancellationToken) => StartProbe().WaitAsync(cancellationToken);

    private Task StartProbe()
    {
        lock (_lock)
        {
            if (_probe.IsCompleted && Environment.TickCount64 - _probedAt >= MinInterval.TotalMilliseconds)
            {
                _probedAt = Environment.TickCount64;
                _probe = Task.Run(ProbeAsync);
            }

            return _probe;
        }
    }

    private async Task ProbeAsync()
    {
        try
        {
            _latest = await probe();
        }
        catch (Exception error) when (error is LedgerException or DbException or OperationCanceledException or ObjectDisposedException)
        {
            // The store is unavailable or the server is stopping. The other metrics must still be exported, because they matter most then.
        }
    }
}
