namespace CineLedger.Web.Loads;

/// <summary>The newest loads of this server, with their progress. Thread-safe.</summary>
internal sealed class RecentLoads
{
    /// <summary>The number of loads that are kept.</summary>
    private const int MaxLoads = 100;

    private readonly Lock _lock = new();
    private readonly List<LoadView> _loads = [];

    /// <summary>Returns all loads, the newest first.</summary>
    public IReadOnlyList<LoadView> GetAll()
    {
        lock (_lock)
        {
            return [.. _loads];
        }
    }

    /// <summary>Returns a load; null if it is not kept.</summary>
    public LoadView? Find(string id)
    {
        lock (_lock)
        {
            return _loads.Find(load => load.Id == id);
        }
    }

    /// <summary>Adds a load, which may replace the oldest one.</summary>
    public void Add(LoadView load)
    {
        lock (_lock)
        {
            _loads.Insert(0, load);
            _loads.RemoveRange(Math.Min(MaxLoads, _loads.Count), Math.Max(0, _loads.Count - MaxLoads));
        }
    }

    /// <summary>Changes a load that is kept, and returns the result.</summary>
    public LoadView Update(string id, Func<LoadView, LoadView> change)
    {
        lock (_lock)
        {
            var index = _loads.FindIndex(load => load.Id == id);
            return _loads[index] = change(_loads[index]);
        }
    }
}
