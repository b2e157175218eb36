using System.Data.Common;
using CineLedger.Model;

namespace CineLedger.Web.Observability;

/// <summary>
/// Something that is looked at when somebody collects, a few seconds apart at the least. A collector may not be kept waiting: it gets what is
/// known, and starts the next look.
/// </summary>
/// <param name="look">Says what it saw; may fail, and then what was known before holds.</param>
/// <param name="first">What is known before the first look.</param>
internal sealed class Glance<T>(Func<Task<T>> look, T first)
{
    /// <summary>Several that watch do not make it several looks.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly Lock _looking = new();
    private Task _look = Task.CompletedTask;
    private long _lookedAt = long.MinValue / 2;
    private volatile object? _known = first;

    public T Known
    {
        get
        {
            _ = Look();
            return (T)_known!;
        }
    }

    /// <summary>Waits until it has been looked at.</summary>
    public Task ReadAsync(CancellationToken cancellationToken) => Look().WaitAsync(cancellationToken);

    private Task Look()
    {
        lock (_looking)
        {
            if (_look.IsCompleted && Environment.TickCount64 - _lookedAt >= Rest.TotalMilliseconds)
            {
                _lookedAt = Environment.TickCount64;
                _look = Task.Run(LookAsync);
            }

            return _look;
        }
    }

    private async Task LookAsync()
    {
        try
        {
            _known = await look();
        }
        catch (Exception error) when (error is LedgerException or DbException or OperationCanceledException or ObjectDisposedException)
        {
            // A store that does not answer, or a server that ends: the other metrics are wanted most just then.
        }
    }
}
