namespace CineLedger.Web.Loads;

/// <summary>The place for the one load that a server runs at a time. Thread-safe.</summary>
/// <param name="loads">The loads of this server.</param>
/// <param name="serverStop">Canceled when the server stops.</param>
internal sealed class LoadSlot(RecentLoads loads, CancellationToken serverStop) : IDisposable
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private bool _isTaken;

    /// <summary>Cancels the load that is queued or running; null when there is none.</summary>
    private LoadCancellation? _cancellation;

    /// <summary>The load that took the slot last, which may have ended.</summary>
    public Task Running
    {
        get
        {
            lock (_lock)
            {
                return _running;
            }
        }
    }

    /// <summary>Claims the slot for a load. Returns null, or a description of the load that has it.</summary>
    public string? Claim()
    {
        lock (_lock)
        {
            if (_isTaken)
            {
                return loads.GetAll() is [{ HasEnded: false } under, ..]
                    ? $"this server is loading {under.Source} (/api/v1/loads/{under.Id}): try again when that load has ended."
                    : "this server is about to start a load: try again in a moment.";
            }

            _isTaken = true;
            return null;
        }
    }

    /// <summary>Adds the load for which the slot was claimed to the loads of this server.</summary>
    public LoadCancellation Add(LoadView record)
    {
        lock (_lock)
        {
            loads.Add(record);
            return _cancellation = new LoadCancellation(record.Id, serverStop);
        }
    }

    /// <summary>Runs the load for which the slot was claimed, independently of the caller. The work calls <see cref="Release"/>.</summary>
    public Task<T> Run<T>(Func<Task<T>> work)
    {
        lock (_lock)
        {
            var running = Task.Run(work, CancellationToken.None);
            _running = running;
            return running;
        }
    }

    /// <summary>Cancels a load that is queued or running. Returns false when there is no such load.</summary>
    public bool Cancel(string id, string caller)
    {
        lock (_lock)
        {
            if (_cancellation?.Id != id)
            {
                return false;
            }

            _cancellation.Cancel(caller);
            return true;
        }
    }

    /// <summary>Makes room for the next load.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _isTaken = false;
            _cancellation?.Dispose();
            _cancellation = null;
        }
    }

    public void Dispose() => Release();
}
