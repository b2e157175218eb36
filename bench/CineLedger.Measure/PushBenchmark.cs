using System.Buffers;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using CineLedger.Cleaning;
using CineLedger.Model;

namespace CineLedger.Measure;

/// <summary>
/// Pushes a thousand changed movies at a time to a server from two clients, while another client sends uncached requests. Measures movies a second, and the
/// duration of the requests compared with their duration without pushes. For bench/stream.sh.
/// </summary>
internal static class PushBenchmark
{
    private const int MoviesPerPush = 1_000;
    private const int Pushers = 2;

    /// <summary>Movies a second when the pushes are paced.</summary>
    private const int Paced = 2_000;

    public static async Task<int> RunAsync(string address, string key, string store, int seconds)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var movies = await StoredMovies.ReadAsync(store);
        await ReadAsync(client, TimeSpan.FromSeconds(2));
        var quiet = await ReadAsync(client, TimeSpan.FromSeconds(seconds));

        Console.WriteLine(FormattableString.Invariant($"an uncached request takes {Median(quiet):0.0} ms without pushes ({quiet.Count:N0} requests)"));
        foreach (var every in (TimeSpan[])[TimeSpan.FromSeconds(Pushers * MoviesPerPush / (double)Paced), TimeSpan.Zero])
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
            var clock = Stopwatch.StartNew();
            var pushing = Enumerable.Range(0, Pushers).Select(pusher => PushAsync(client, movies, pusher, every, stop.Token)).ToList();
            var busy = await ReadAsync(client, TimeSpan.FromSeconds(seconds));
            var pushed = (await Task.WhenAll(pushing)).Sum();
            Console.WriteLine(FormattableString.Invariant(
                $"  {(every == TimeSpan.Zero ? "at full speed" : "paced")}, {pushed / clock.Elapsed.TotalSeconds:N0} movies a second in pushes of {MoviesPerPush:N0}: {Median(busy):0.0} ms ({busy.Count:N0}), {Median(busy) / Median(quiet):0.00} times"));
        }

        return 0;
    }

    /// <summary>Returns the duration of each request in milliseconds. The requests are random and rarely repeat.</summary>
    private static async Task<List<double>> ReadAsync(HttpClient client, TimeSpan time)
    {
        var taken = new List<double>();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
        {
            var from = Random.Shared.Next(1900, 2010);
            var start = Stopwatch.GetTimestamp();
            await client.GetByteArrayAsync($"/api/v1/reports/genres?from={from}&to={from + Random.Shared.Next(10)}&popularity={(taken.Count % 2 == 0 ? "popularity" : "vote_average")}");
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(20);
        }

        return taken;
    }

    private static async Task<long> PushAsync(HttpClient client, IReadOnlyList<Movie> movies, int pusher, TimeSpan every, CancellationToken stop)
    {
        var pushed = 0L;
        var body = new ArrayBufferWriter<byte>(1 << 20);
        for (var turn = pusher; !stop.IsCancellationRequested; turn += Pushers)
        {
            var started = Stopwatch.GetTimestamp();
            body.ResetWrittenCount();
            for (var i = 0; i < MoviesPerPush; i++)
            {
                using (var json = new Utf8JsonWriter(body, TmdbJson.Options))
                {
                    TmdbJson.Write(json, movies[((turn * MoviesPerPush) + i) % movies.Count] with { Revenue = 1_000_000 + turn });
                }

                body.Write("\n"u8);
            }

            using var content = new ByteArrayContent(body.WrittenSpan.ToArray()) { Headers = { ContentType = new("application/x-ndjson") } };
            using var response = await client.PostAsync(new Uri("/api/v1/movies", UriKind.Relative), content, CancellationToken.None);
            if (!response.IsSuccessStatusCode)
            {
                throw new InvalidOperationException(await response.Content.ReadAsStringAsync(CancellationToken.None));
            }

            pushed += MoviesPerPush;
            if (every - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return pushed;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
