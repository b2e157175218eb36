using System.Text.Json;
using CineLedger.Loading;
using CineLedger.Loading.Schedules;
using CineLedger.Sources;
using CineLedger.Tests.Support;
using CineLedger.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Tests.Web;

/// <summary>A server that loads at 6:00 on the first day of every month, with a clock that the test advances. It starts in the middle of May 2024.</summary>
internal sealed class ScheduledServer : InProcessServer
{
    public static readonly DateTimeOffset Start = new(2024, 5, 15, 12, 0, 0, TimeSpan.Zero);

    public ScheduleClock Time { get; } = new(Start);

    public string Cron { get; set; } = "0 6 1 * *";

    /// <summary>The file that the server loads. Set before the server starts.</summary>
    public string Source { get => field ??= Path.Combine(Folder, "monthly.csv"); set; }

    protected override bool IsAdministratorClient => true;

    protected override WebOptions Options => base.Options with
    {
        AllowsPrivateTargets = true,
        Schedule = LoadSchedule.Parse(Cron, null, TimeSpan.Zero, Source, new LoadOptions { MaxRejects = 1 }, Start.UtcDateTime, SourceOptions.Default with { Attempts = 1 }),
    };

    public void Write(MovieRow[] movies) => File.WriteAllText(Source, MovieFile.Text(movies));

    public async Task<JsonElement[]> LoadsAsync(string query = "?trigger=schedule") =>
        [.. (await JsonAsync($"/api/v1/loads{query}")).GetProperty("data").EnumerateArray()];

    /// <summary>Advances the clock in steps. The schedule checks the clock after each step.</summary>
    public async Task AdvanceAsync(TimeSpan time, TimeSpan step)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            await WaitForScheduleAsync();
            Time.Advance(step);
        }

        await WaitForScheduleAsync();
    }

    /// <summary>Advances the clock from one timer of the schedule to the next until a condition holds.</summary>
    public async Task AdvanceUntilAsync(string expectation, Func<Task<bool>> condition)
    {
        await Wait.UntilAsync(expectation, async () =>
        {
            if (await condition())
            {
                return true;
            }

            Time.AdvanceToTimer();
            return false;
        });
    }

    /// <summary>Advances the clock until a number of scheduled loads has ended. Returns them, newest first.</summary>
    public async Task<JsonElement[]> AdvanceUntilEndedAsync(int count)
    {
        JsonElement[] ended = [];
        await AdvanceUntilAsync($"{count} loads have ended", async () =>
        {
            ended = [.. (await LoadsAsync()).Where(load => load.GetProperty("endedAt").ValueKind != JsonValueKind.Null)];
            return ended.Length >= count;
        });
        return ended;
    }

    /// <summary>Waits until the schedule has checked the clock and set its next timer.</summary>
    public Task WaitForScheduleAsync() => Wait.UntilAsync("the schedule waits for its next time", () => Time.IsAwaited);

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(Time);
}
