using System.Text.Json;
using CineLedger.Loading;
using CineLedger.Loading.Schedules;
using CineLedger.Tests.Support;
using CineLedger.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CineLedger.Tests.Web;

/// <summary>A server that loads at six on the first of every month, and whose clock the test moves. It begins in the middle of May 2024.</summary>
internal sealed class ScheduledServer : InProcessServer
{
    public static readonly DateTimeOffset Start = new(2024, 5, 15, 12, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Time { get; } = new(Start);

    public string Cron { get; set; } = "0 6 1 * *";

    /// <summary>What it loads, and where to; set before it begins.</summary>
    public string Source { get => field ??= Path.Combine(Folder, "monthly.csv"); set; }

    protected override bool AsksAsAdministrator => true;

    protected override WebOptions Options => base.Options with
    {
        AllowPrivateTargets = true,
        Schedule = LoadSchedule.Parse(Cron, null, TimeSpan.Zero, Source, new LoadOptions { MaxRejects = 1 }, Start.UtcDateTime),
    };

    public void Write(MovieRow[] films) => File.WriteAllText(Source, MovieFile.Text(films));

    public async Task<JsonElement[]> LoadsAsync(string query = "?trigger=schedule") =>
        [.. (await JsonAsync($"/api/v1/loads{query}")).GetProperty("data").EnumerateArray()];

    /// <summary>Lets so much time pass, in steps, each seen by the schedule.</summary>
    public async Task PassAsync(TimeSpan time, TimeSpan step)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            Time.Advance(step);
            await Task.Delay(10);
        }
    }

    /// <summary>Lets time pass, a minute after the other, till so many scheduled loads have ended; gives them, the newest first.</summary>
    public async Task<JsonElement[]> EndedAsync(int count)
    {
        for (var i = 0; i < 3_000; i++)
        {
            var ended = (await LoadsAsync()).Where(load => load.GetProperty("endedAt").ValueKind != JsonValueKind.Null).ToArray();
            if (ended.Length >= count)
                return ended;
            Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(10);
        }

        throw new TimeoutException($"{count} loads did not end");
    }

    /// <summary>Waits until the server has looked up how its schedule stands.</summary>
    public async Task ScheduleIsKnownAsync()
    {
        while (!(await TextAsync("/metrics")).Contains("cineledger_schedule_lag_seconds", StringComparison.Ordinal))
            await Task.Delay(10);
    }

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(Time);
}
