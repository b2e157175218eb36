using CineLedger.Loading;
using CineLedger.Loading.Schedules;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Storage;
using CineLedger.Storage.Operations;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests the record of loads.</summary>
public abstract partial class LedgerStoreSuite
{
    private static readonly DateTime Noon = new(2024, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_load_is_recorded_when_it_begins_and_when_it_ends()
    {
        var run = LoadRecord.Begin(LoadTrigger.Command, "memory", DateTime.UtcNow);
        await LoadRecorder.RunAsync(Ledger, run, LoadTwoAsync, TimeProvider.System, NullLogger.Instance, Cancel);
        var written = Assert.Single(await LoadHistory.ListAsync(Connection, new(), Cancel));
        Assert.Equal((run.Id, LoadState.Published, 1, LoadTrigger.Command, LoadRecord.CurrentNode), (written.Id, written.State, written.SnapshotId, written.Trigger, written.Node));
        Assert.Equal((3, 2, 2, 0, 0), (written.Counts!.Records, written.Counts.Movies, written.Counts.Added, written.Counts.Changed, written.Counts.Removed));
        Assert.Equal([new LoadFindingCount("reject", "invalid-id", 1)], written.Counts.Findings);
        Assert.InRange(written.Duration!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));

        async Task<(Snapshot, LoadSummary?)> LoadTwoAsync()
        {
            Assert.Equal(LoadState.Running, (await LoadHistory.FindAsync(Connection, run.Id, Cancel))!.State);
            var summary = await LoadAsync(new LoadOptions { MaxRejects = 1, AcceptedGates = Accept.Content }, Full(1), Full(2), Full(3, ("id", "x")));
            return (summary.Snapshot, summary);
        }
    }

    [Theory]
    [InlineData(LoadState.Failed)]
    [InlineData(LoadState.Gated)]
    [InlineData(LoadState.Cancelled)]
    public async Task A_load_that_throws_is_recorded_with_its_reason_and_the_exception_is_rethrown(LoadState state)
    {
        Exception error = state switch
        {
            LoadState.Failed => new LedgerException("the source is gone."),
            LoadState.Gated => new QualityGateException([new GateViolation(QualityGates.Shrink, null, "too few movies")]),
            _ => new OperationCanceledException(),
        };
        var run = LoadRecord.Begin(LoadTrigger.Command, "memory", DateTime.UtcNow);
        Assert.Same(error, await Assert.ThrowsAnyAsync<Exception>(() => LoadRecorder.RunAsync(Ledger, run, () => throw error, TimeProvider.System, NullLogger.Instance, Cancel)));
        var written = (await LoadHistory.FindAsync(Connection, run.Id, Cancel))!;
        Assert.Equal(state, written.State);
        Assert.Contains(state == LoadState.Cancelled ? "canceled" : error.Message, written.Error, StringComparison.Ordinal);
        Assert.Null(written.Counts);
    }

    [Fact]
    public async Task A_load_whose_process_died_is_recorded_as_lost_by_the_next_one()
    {
        var dead = LoadRecord.Begin(LoadTrigger.Command, "memory", Noon);
        await LoadRows.BeginAsync(Ledger.Connection, dead, Cancel);
        var next = LoadRecord.Begin(LoadTrigger.Command, "memory", Noon.AddMinutes(1));
        await LoadRows.BeginAsync(Ledger.Connection, next, Cancel);
        Assert.Equal([LoadState.Running, LoadState.Lost], (await LoadHistory.ListAsync(Connection, new(), Cancel)).Select(run => run.State));
        Assert.Equal(Noon.AddMinutes(1), (await LoadHistory.FindAsync(Connection, dead.Id, Cancel))!.EndedAt);
    }

    [Fact]
    public async Task Loads_are_listed_newest_first_with_filters_and_pagination()
    {
        await LoadAsync(Full(1));
        for (var i = 0; i < 5; i++)
        {
            await EndedAsync(i % 2 == 0 ? LoadState.Failed : LoadState.Gated, Noon.AddMinutes(i));
        }

        var all = await LoadHistory.ListAsync(Connection, new(), Cancel);
        Assert.Equal(6, all.Count);
        Assert.Equal("snapshot-1", all[0].Id);
        Assert.Equal(all.OrderByDescending(run => run.StartedAt).Select(run => run.Id), all.Select(run => run.Id));
        Assert.Equal(2, (await LoadHistory.ListAsync(Connection, new() { State = "gated" }, Cancel)).Count);
        Assert.Equal(all.Skip(3).Take(2).Select(run => run.Id),
            (await LoadHistory.ListAsync(Connection, new() { Before = (all[2].StartedAt, all[2].Id), Limit = 2 }, Cancel)).Select(run => run.Id));
        await using var list = await LoadList.OpenAsync(Connection, new() { Trigger = "schedule", Limit = 1 }, Cancel);
        Assert.True(await list.Rows.ReadAsync(Cancel));
        Assert.Equal("failed", list.Rows.GetString(2));
        Assert.Equal(1.5, list.Rows.GetDouble(9));
    }

    [Fact]
    public async Task The_oldest_loads_of_a_trigger_are_forgotten_and_those_of_others_stay()
    {
        await EndedAsync(LoadState.Failed, Noon, LoadTrigger.Command);
        await Ledger.RunInTransactionAsync(
            async () =>
            {
                for (var i = 0; i < LoadRows.MaxKept + 2; i++)
                {
                    await LoadRows.InsertAsync(Ledger.Connection, Ended(LoadState.Unchanged, Noon.AddMinutes(i), LoadTrigger.Schedule), Cancel);
                }
            },
            Cancel);

        // Old loads are deleted at the end of one load in sixteen.
        var last = Ended(LoadState.Published, Noon.AddYears(2), LoadTrigger.Schedule);
        await LoadRows.RecordAsync(Ledger.Connection, last with { Id = $"{last.Id[..^1]}0" }, Cancel);
        Assert.Equal((long)LoadRows.MaxKept, Convert.ToInt64(await Connection.ExecuteScalarAsync("SELECT COUNT(*) FROM load_run WHERE trigger = 'schedule'", Cancel), null));
        Assert.Single(await LoadHistory.ListAsync(Connection, new() { Trigger = "command" }, Cancel));
    }

    [Fact]
    public async Task A_scheduled_time_is_claimed_once_and_retried_as_another_attempt()
    {
        var schedule = LoadSchedule.Parse("0 6 1 * *", null, default, "memory", new(), Noon);
        var clock = new FixedClock(new(2024, 5, 15, 0, 0, 0, TimeSpan.Zero));
        await LoadAsync(Full(1));
        Assert.Null(await ScheduledLoad.ClaimAsync(Ledger, schedule, clock, Cancel));
        clock.Now = new(2024, 8, 2, 0, 0, 0, TimeSpan.Zero);
        var run = (await ScheduledLoad.ClaimAsync(Ledger, schedule, clock, Cancel))!;
        Assert.Equal((new DateTime(2024, 8, 1, 6, 0, 0, DateTimeKind.Utc), 1, LoadTrigger.Schedule), (run.DueAt, run.Attempt, run.Trigger));
        Assert.False(await ScheduleRows.ClaimAsync(Ledger.Connection, run with { Id = "other" }, Cancel));

        // The process of the load has died: the next process that gets the lock retries after a minute.
        Assert.Null(await ScheduledLoad.ClaimAsync(Ledger, schedule, clock, Cancel));
        Assert.Equal(LoadState.Lost, (await LoadHistory.FindAsync(Connection, run.Id, Cancel))!.State);
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal((run.DueAt, 2), ((await ScheduledLoad.ClaimAsync(Ledger, schedule, clock, Cancel)) is { } again ? (again.DueAt, again.Attempt) : default));
    }

    [Fact]
    public async Task Failed_loads_are_queued_for_subscribed_webhooks()
    {
        foreach (var (id, events) in ((string, string[])[])[("all", [.. WebhookEvents.All]), ("gated", [WebhookEvents.LoadGated]), ("old", [WebhookEvents.Published])])
        {
            await WebhookRows.InsertAsync(Ledger.Connection, new(id, "http://a", "s", Noon, 0) { Events = events }, Cancel);
        }

        await EndedAsync(LoadState.Failed, Noon);
        await EndedAsync(LoadState.Gated, Noon.AddMinutes(1));
        await EndedAsync(LoadState.Cancelled, Noon.AddMinutes(2));
        await LoadAsync(Full(1));
        foreach (var webhook in await WebhookRows.ListAsync(Ledger.Connection, Cancel))
        {
            await DeliveryRows.QueueAsync(Ledger.Connection, webhook, 1, Noon, Cancel);
        }

        Assert.Equal(3, (await DeliveryRows.ReadRecentAsync(Ledger.Connection, "all", 10, Cancel)).Count);
        Assert.Single(await DeliveryRows.ReadRecentAsync(Ledger.Connection, "gated", 10, Cancel), delivery => delivery.LoadId.Length > 0);
        Assert.Equal("", Assert.Single(await DeliveryRows.ReadRecentAsync(Ledger.Connection, "old", 10, Cancel)).LoadId);

        // Each webhook gets one delivery at a time, the oldest first.
        var due = await DeliveryRows.ReadDueAsync(Ledger.Connection, Noon.AddHours(1), Cancel);
        Assert.Equal(3, due.Count);
        var claimed = await DeliveryRows.ClaimAsync(Ledger.Connection, due.First(one => one.Webhook.Id == "all").Delivery, Noon.AddHours(2), Cancel);
        await DeliveryRows.RecordAsync(Ledger.Connection, claimed! with { State = DeliveryState.Delivered, NextAttemptAt = null, EndedAt = Noon }, Cancel);
        Assert.Single(await DeliveryRows.ReadRecentAsync(Ledger.Connection, "all", 10, Cancel), delivery => delivery.State == DeliveryState.Delivered);
    }

    [Fact]
    public async Task Pruning_keeps_the_record_of_loads()
    {
        await LoadAsync(Full(1));
        await EndedAsync(LoadState.Published, Noon);
        await LoadAsync(Full(1, ("title", "Other")));
        await SnapshotPrune.RunAsync(Ledger, 1, Cancel);
        Assert.Equal(["snapshot-2", "published"], (await LoadHistory.ListAsync(Connection, new(), Cancel)).Select(run => run.Trigger is null ? run.Id : LoadNames.GetName(run.State)));
    }

    private async Task EndedAsync(LoadState state, DateTime at, LoadTrigger trigger = LoadTrigger.Schedule)
    {
        var run = Ended(state, at, trigger);
        await LoadRows.BeginAsync(Ledger.Connection, run with { State = LoadState.Running, EndedAt = null }, Cancel);
        await LoadRows.EndAsync(Ledger.Connection, run, Cancel);
    }

    private static LoadRecord Ended(LoadState state, DateTime at, LoadTrigger trigger) =>
        LoadRecord.Begin(trigger, "memory", at) with { State = state, EndedAt = at.AddSeconds(1.5), Error = state == LoadState.Failed ? "no." : null };

    /// <summary>A clock that a test sets.</summary>
    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
