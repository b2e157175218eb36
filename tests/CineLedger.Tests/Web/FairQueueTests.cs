using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CsCheck;

namespace CineLedger.Tests.Web;

/// <summary>Tests the limits and the order of <see cref="FairQueue"/>.</summary>
public sealed class FairQueueTests
{
    private static readonly FairQueueLimits Limits = new("queries", Max: 4, MaxPerCaller: 2, MaxWaiting: 6, MaxWaitingPerCaller: 3, Timeout.InfiniteTimeSpan);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_take_turns_and_the_operations_of_a_caller_keep_their_order()
    {
        var queue = Create(Limits with { Max = 1, MaxPerCaller = 1 });
        var running = await queue.EnterAsync("first", Cancel);
        var order = new List<string>();
        var waiting = new[] { "a", "a", "a", "b", "c", "b" }.Select((caller, i) => RecordAsync(caller + i)).ToArray();
        running.Dispose();
        await Task.WhenAll(waiting);
        Assert.Equal(["a0", "b3", "c4", "a1", "b5", "a2"], order);
        Assert.Equal((0, 0), (queue.Running, queue.Waiting));

        async Task RecordAsync(string name)
        {
            using (await queue.EnterAsync(name[..1], Cancel))
            {
                order.Add(name);
            }
        }
    }

    [Fact]
    public async Task A_caller_at_its_limit_waits_while_another_one_is_admitted()
    {
        var queue = Create(Limits);
        var slots = new[] { await queue.EnterAsync("a", Cancel), await queue.EnterAsync("a", Cancel) };
        var third = queue.EnterAsync("a", Cancel).AsTask();
        Assert.True(queue.EnterAsync("b", Cancel).AsTask().IsCompletedSuccessfully);
        Assert.Equal((3, 1), (queue.Running, queue.Waiting));
        slots[0].Dispose();
        slots[0].Dispose();
        (await third).Dispose();
        Assert.Equal((2, 0), (queue.Running, queue.Waiting));
    }

    [Fact]
    public async Task A_suspended_operation_lets_another_caller_run_but_still_counts_for_its_own()
    {
        var queue = Create(Limits with { Max = 2 });
        var slots = new[] { await queue.EnterAsync("a", Cancel), await queue.EnterAsync("a", Cancel) };
        var (own, other) = (queue.EnterAsync("a", Cancel).AsTask(), queue.EnterAsync("b", Cancel).AsTask());
        queue.Suspend(slots[0]);
        queue.Suspend(slots[0]);
        (await other).Dispose();
        Assert.Equal((1, 1, false), (queue.Running, queue.Waiting, own.IsCompleted));
        slots[0].Dispose();
        (await own).Dispose();
        slots[1].Dispose();
        Assert.Equal((0, 0), (queue.Running, queue.Waiting));
    }

    [Fact]
    public async Task A_full_queue_refuses_a_caller_with_a_time_to_retry_and_still_accepts_others()
    {
        var queue = Create(Limits with { Max = 2 });
        for (var i = 0; i < 5; i++)
        {
            _ = queue.EnterAsync("a", Cancel).AsTask();
        }

        var problem = (await Assert.ThrowsAsync<ProblemException>(async () => await queue.EnterAsync("a", Cancel))).Problem;
        Assert.Equal((503, "/problems/busy", Limits.RetryAfter), (problem.Status, problem.Type, problem.RetryAfter));
        for (var i = 0; i < 3; i++)
        {
            _ = queue.EnterAsync("b", Cancel).AsTask();
        }

        await Assert.ThrowsAsync<ProblemException>(async () => await queue.EnterAsync("c", Cancel));
        Assert.Equal((2, 6), (queue.Running, queue.Waiting));
    }

    [Fact]
    public async Task A_wait_beyond_the_limit_ends_with_a_problem_and_leaves_no_trace()
    {
        var queue = Create(Limits with { Max = 1, MaxWait = TimeSpan.Zero });
        var slot = await queue.EnterAsync("a", Cancel);
        Assert.Equal(503, (await Assert.ThrowsAsync<ProblemException>(async () => await queue.EnterAsync("b", Cancel))).Problem.Status);
        Assert.Equal((1, 0), (queue.Running, queue.Waiting));
        slot.Dispose();
        Assert.True(queue.EnterAsync("b", Cancel).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public void Limits_hold_and_no_slot_stays_free_in_any_order_of_events() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 9]).Array[1, 60].Sample(
            events =>
            {
                var queue = Create(Limits);
                var operations = new List<Operation>();
                foreach (var (caller, kind, index) in events)
                {
                    Apply(queue, operations, caller, kind, index);
                    SettleAndCheck(queue, operations);
                }

                while (operations.Count > 0)
                {
                    Apply(queue, operations, 0, kind: 1, index: 0);
                    SettleAndCheck(queue, operations);
                }

                Assert.Equal((0, 0), (queue.Running, queue.Waiting));
            },
            iter: 300,
            threads: 1);

    private static FairQueue Create(FairQueueLimits limits) => new(limits, TimeProvider.System);

    /// <summary>Starts an operation, or ends or cancels one.</summary>
    private static void Apply(FairQueue queue, List<Operation> operations, int caller, int kind, int index)
    {
        var chosen = operations.Where(operation => operation.Task.IsCompleted == (kind == 1)).ToList();
        if (kind == 0)
        {
            var end = new CancellationTokenSource();
            var (all, own) = (operations.Count(operation => !operation.Task.IsCompleted), operations.Count(operation => operation.Caller == caller && !operation.Task.IsCompleted));
            try
            {
                operations.Add(new(caller, queue.EnterAsync($"caller {caller}", end.Token).AsTask(), end));
            }
            catch (ProblemException)
            {
                Assert.True(all == Limits.MaxWaiting || own == Limits.MaxWaitingPerCaller);
            }
        }
        else if (chosen.Count > 0)
        {
            var operation = chosen[index % chosen.Count];
            operations.Remove(operation);
            if (kind == 1)
            {
                operation.Task.Result.Dispose();
            }
            else
            {
                operation.End.Cancel();
                Assert.Throws<TaskCanceledException>(() => operation.Task.GetAwaiter().GetResult());
            }
        }
    }

    /// <summary>Waits until the admitted operations know it, and checks the limits.</summary>
    private static void SettleAndCheck(FairQueue queue, List<Operation> operations)
    {
        Assert.True(SpinWait.SpinUntil(() => operations.Count(operation => operation.Task.IsCompleted) == queue.Running, TimeSpan.FromMinutes(1)));
        Assert.Equal(operations.Count - queue.Running, queue.Waiting);
        Assert.InRange(queue.Running, 0, Limits.Max);
        foreach (var own in operations.GroupBy(operation => operation.Caller))
        {
            var running = own.Count(operation => operation.Task.IsCompleted);
            Assert.InRange(running, 0, Limits.MaxPerCaller);
            Assert.True(running == own.Count() || running == Limits.MaxPerCaller || queue.Running == Limits.Max, "an operation waits although it could run");
            Assert.Equal(own.OrderByDescending(operation => operation.Task.IsCompleted), own);
        }
    }

    private sealed record Operation(int Caller, Task<IDisposable> Task, CancellationTokenSource End);
}
