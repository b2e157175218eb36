using Microsoft.Extensions.Time.Testing;

namespace CineLedger.Tests.Web;

/// <summary>A clock that a test advances. It reports whether the schedule, its only user, is waiting for a timer.</summary>
internal sealed class ScheduleClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock _lock = new();
    private Timer? _timer;

    /// <summary>Whether there is a timer that has not fired.</summary>
    public bool IsAwaited
    {
        get
        {
            lock (_lock)
            {
                return _timer is not null;
            }
        }
    }

    /// <summary>Advances the clock to the pending timer, if any.</summary>
    public void AdvanceToTimer()
    {
        Timer? timer;
        lock (_lock)
        {
            timer = _timer;
        }

        if (timer is not null && timer.Due > GetUtcNow())
        {
            SetUtcNow(timer.Due);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, GetUtcNow() + dueTime);
        lock (_lock)
        {
            _timer = timer;
        }

        timer.Inner = base.CreateTimer(
            given =>
            {
                timer.End();
                callback(given);
            },
            state,
            dueTime,
            period);
        return timer;
    }

    private sealed class Timer(ScheduleClock clock, DateTimeOffset due) : ITimer
    {
        public DateTimeOffset Due => due;

        public ITimer? Inner { get; set; }

        public void End()
        {
            lock (clock._lock)
            {
                if (clock._timer == this)
                {
                    clock._timer = null;
                }
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Inner!.Change(dueTime, period);

        public void Dispose()
        {
            End();
            Inner?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            End();
            return Inner?.DisposeAsync() ?? ValueTask.CompletedTask;
        }
    }
}
