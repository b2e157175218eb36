using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Web.Observability;

/// <summary>
/// Something that is looked at when somebody collects, a few seconds apart at the least. A collector may not be kept waiting: it gets what is
/// known, and starts the next look.
/// </summary>
/// <param name="probe">Says what it saw; may fail, and then what was known before holds.</param>
/// <param name="first">What is known before the first look.</param>
internal sealed class CachedProbe<T>(Func<Task<T>> probe, T first)
{
    /// <summary>Several that watch do not make it several looks.</summary>
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

    /// <summary>Waits until it has been looked at.</summary>
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
            // A store that does not answer, or a server that ends: the other metrics are wanted most just then.
        }
    }
}
