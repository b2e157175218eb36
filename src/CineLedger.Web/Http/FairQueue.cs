using CineLedger.Web.Errors;

namespace CineLedger.Web.Http;

/// <summary>
/// Admits a bounded number of operations at once, and fewer of a single caller. Further operations wait: callers take turns, and those of one caller run
/// in their order. ASP.NET Core's concurrency limiter has one queue for all callers, so a caller with many operations delays everyone else.
/// </summary>
/// <param name="limits">The limits of the queue.</param>
/// <param name="time">The clock for <see cref="FairQueueLimits.MaxWait"/>.</param>
internal sealed class FairQueue(FairQueueLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    /// <summary>The callers with waiting operations. The first one that is below its limit is next.</summary>
    private readonly LinkedList<Lane> _turns = [];

    private int _running;
    private int _waiting;

    /// <summary>The number of admitted operations.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>The number of waiting operations.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Waits until the operation may run. Dispose the result when it has ended.</summary>
    /// <param name="caller">The caller's name, see <see cref="Security.CallerPartition"/>.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ProblemException">Too many operations are waiting, or the wait took too long.</exception>
    public ValueTask<IDisposable> EnterAsync(string caller, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_lanes.TryGetValue(caller, out var lane))
            {
                _lanes.Add(caller, lane = new Lane(caller));
            }

            // No waiting operation could run instead: a release admits all that can.
            if (_running < limits.Max && lane.Running < limits.MaxPerCaller)
            {
                return new(Admit(lane));
            }

            if (_waiting >= limits.MaxWaiting || lane.Waiting.Count >= limits.MaxWaitingPerCaller)
            {
                RemoveIfUnused(lane);
                throw Problems.QueueFull(limits.Name, limits.RetryAfter);
            }

            if (lane.Waiting.Count == 0)
            {
                _turns.AddLast(lane.Turn);
            }

            _waiting++;
            return new(WaitAsync(lane, lane.Waiting.AddLast(NewSlot()), cancellationToken));
        }
    }

    /// <summary>Lets another operation run in the place of this one, which still counts for its caller until it is disposed.</summary>
    /// <param name="slot">The result of <see cref="EnterAsync"/>.</param>
    public void Suspend(IDisposable slot)
    {
        lock (_lock)
        {
            ((Slot)slot).Suspend();
            AdmitWaiting();
        }
    }

    private static TaskCompletionSource<IDisposable> NewSlot() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<IDisposable> WaitAsync(Lane lane, LinkedListNode<TaskCompletionSource<IDisposable>> node, CancellationToken cancellationToken)
    {
        try
        {
            return await node.Value.Task.WaitAsync(limits.MaxWait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            Abandon(lane, node);
            throw Problems.QueueFull(limits.Name, limits.RetryAfter);
        }
        catch (OperationCanceledException)
        {
            Abandon(lane, node);
            throw;
        }
    }

    /// <summary>Removes a waiting operation, or releases it when it was admitted just now.</summary>
    private void Abandon(Lane lane, LinkedListNode<TaskCompletionSource<IDisposable>> node)
    {
        lock (_lock)
        {
            if (node.List is not null)
            {
                RemoveWaiting(lane, node);
                RemoveIfUnused(lane);
                return;
            }
        }

        node.Value.Task.Result.Dispose();
    }

    private Slot Admit(Lane lane)
    {
        _running++;
        lane.Running++;
        return new Slot(this, lane);
    }

    private void AdmitWaiting()
    {
        for (var turn = _turns.First; turn is not null && _running < limits.Max;)
        {
            var (next, following) = (turn.Value, turn.Next);
            if (next.Running < limits.MaxPerCaller)
            {
                var first = next.Waiting.First!;
                RemoveWaiting(next, first);
                if (next.Waiting.Count > 0)
                {
                    _turns.Remove(turn);
                    _turns.AddLast(turn);
                    following ??= turn;
                }

                first.Value.SetResult(Admit(next));
            }

            turn = following;
        }
    }

    private void RemoveWaiting(Lane lane, LinkedListNode<TaskCompletionSource<IDisposable>> node)
    {
        lane.Waiting.Remove(node);
        _waiting--;
        if (lane.Waiting.Count == 0)
        {
            _turns.Remove(lane.Turn);
        }
    }

    private void RemoveIfUnused(Lane lane)
    {
        if (lane.Running == 0 && lane.Waiting.Count == 0)
        {
            _lanes.Remove(lane.Caller);
        }
    }

    /// <summary>The operations of one caller.</summary>
    private sealed class Lane
    {
        public Lane(string caller) => (Caller, Turn) = (caller, new(this));

        public string Caller { get; }

        public LinkedListNode<Lane> Turn { get; }

        public int Running { get; set; }

        public LinkedList<TaskCompletionSource<IDisposable>> Waiting { get; } = [];
    }

    private sealed class Slot(FairQueue queue, Lane lane) : IDisposable
    {
        private bool _isSuspended;
        private bool _isReleased;

        public void Suspend()
        {
            if (!_isSuspended && !_isReleased)
            {
                _isSuspended = true;
                queue._running--;
            }
        }

        public void Dispose()
        {
            lock (queue._lock)
            {
                if (!_isReleased)
                {
                    Suspend();
                    _isReleased = true;
                    lane.Running--;
                    queue.AdmitWaiting();
                    queue.RemoveIfUnused(lane);
                }
            }
        }
    }
}

/// <summary>The limits of a <see cref="FairQueue"/>.</summary>
/// <param name="Name">What runs, in the plural, for messages: <c>queries</c>.</param>
/// <param name="Max">The operations that run at once.</param>
/// <param name="MaxPerCaller">The operations of one caller that run at once.</param>
/// <param name="MaxWaiting">The operations that wait.</param>
/// <param name="MaxWaitingPerCaller">The operations of one caller that wait.</param>
/// <param name="MaxWait">The longest wait of an operation.</param>
internal sealed record FairQueueLimits(string Name, int Max, int MaxPerCaller, int MaxWaiting, int MaxWaitingPerCaller, TimeSpan MaxWait)
{
    /// <summary>The seconds after which a refused caller should try again.</summary>
    public int RetryAfter { get; init; } = 5;
}
