namespace CineLedger.Web.Security;

/// <summary>Counts what callers use at the same time: connections, requests or event streams.</summary>
internal sealed class CallerCounter
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts one more until the result is disposed. Returns null when the caller has reached its limit.</summary>
    /// <param name="caller">See <see cref="CallerPartition"/>.</param>
    /// <param name="max">The limit; 0 for none.</param>
    public IDisposable? TryEnter(string caller, int max)
    {
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(caller);
            if (max > 0 && count >= max)
            {
                return null;
            }

            _counts[caller] = count + 1;
        }

        return new Use(this, caller);
    }

    private void Leave(string caller)
    {
        lock (_lock)
        {
            if (--_counts[caller] == 0)
            {
                _counts.Remove(caller);
            }
        }
    }

    private sealed class Use(CallerCounter counter, string caller) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                counter.Leave(caller);
            }
        }
    }
}
