using System.Buffers;
using System.Diagnostics;
using CineLedger.Kafka;
using CineLedger.Model;
using CineLedger.SystemTests.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineLedger.Measure;

/// <summary>
/// Measures <c>cineledger consume</c>, running in other processes, against Kafka's mock cluster in this process. For bench/stream.sh.
/// </summary>
internal static class StreamBenchmark
{
    private const string Topic = "movies";

    /// <summary>The mock cluster keeps only five megabytes per partition.</summary>
    private const int Partitions = 64;

    /// <summary>Measures messages a second, from the start of the process to its end.</summary>
    public static async Task<int> RateAsync(string movies, string command, string store)
    {
        using var kafka = NewCluster();
        var sent = await ProduceAsync(kafka, await StoredMovies.ReadAsync(movies), rounds: 3);
        var clock = Stopwatch.StartNew();
        using var process = Consume(command, kafka, store, "--until-end");
        await process.WaitForExitAsync();
        Console.WriteLine(FormattableString.Invariant(
            $"{sent:N0} messages in {clock.Elapsed.TotalSeconds:0.0} s, {sent / clock.Elapsed.TotalSeconds:N0} a second, exit {process.ExitCode}"));
        return process.ExitCode;
    }

    /// <summary>Produces one message a second and measures how long it takes until a report of a server shows it.</summary>
    public static async Task<int> LatencyAsync(string movies, string command, string store, string address)
    {
        using var kafka = NewCluster();
        using var writer = new TopicWriter(new BrokerOptions(kafka.Bootstrap), Topic, NullLogger.Instance);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        using var process = Consume(command, kafka, store);
        var movie = (await StoredMovies.ReadAsync(movies))[0] with { ReleaseDate = new DateOnly(1875, 1, 1), Genres = [new Genre("Latency", null)] };
        var taken = new List<double>();
        for (var turn = 1; turn <= 30; turn++)
        {
            var start = Stopwatch.GetTimestamp();
            await writer.WriteAsync([TopicPublisher.CreateMessage(movie with { Revenue = 1_000_000 + turn }, new ArrayBufferWriter<byte>())], default);
            while (!(await client.GetStringAsync("/api/v1/reports/genres?from=1875&to=1875&format=csv")).Contains($"{1_000_000 + turn}", StringComparison.Ordinal))
            {
                await Task.Delay(10);
            }

            taken.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            var rest = TimeSpan.FromSeconds(1) - Stopwatch.GetElapsedTime(start);
            await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        }

        process.Kill();
        var after = taken.Skip(1).Order().ToList();
        Console.WriteLine(FormattableString.Invariant($"from produced to reported: median {after[after.Count / 2]:0.00} s, at most {after[^1]:0.00} s; the first, including the consumer's start, {taken[0]:0.00} s"));
        return 0;
    }

    /// <summary>Produces half a million messages and kills the consumer twenty times while it processes them.</summary>
    public static async Task<int> KillsAsync(string movies, string command, string store)
    {
        using var kafka = NewCluster();
        var sent = await ProduceAsync(kafka, await StoredMovies.ReadAsync(movies), rounds: 11);
        var random = new Random(11);
        for (var killed = 0; killed < 20; killed++)
        {
            using var process = Consume(command, kafka, store);
            await Task.Delay(random.Next(1_500, 4_000));
            process.Kill();
            await process.WaitForExitAsync();
        }

        using var last = Consume(command, kafka, store, "--until-end");
        await last.WaitForExitAsync();
        Console.WriteLine(FormattableString.Invariant($"{sent:N0} messages, 20 kills, exit {last.ExitCode}"));
        return last.ExitCode;
    }

    private static MockCluster NewCluster()
    {
        var kafka = new MockCluster();
        kafka.CreateTopic(Topic, Partitions);
        return kafka;
    }

    /// <summary>Produces all movies several times, with different amounts each time and unchanged in the last round.</summary>
    private static async Task<long> ProduceAsync(MockCluster kafka, IReadOnlyList<Movie> movies, int rounds)
    {
        using var writer = new TopicWriter(new BrokerOptions(kafka.Bootstrap), Topic, NullLogger.Instance);
        var json = new ArrayBufferWriter<byte>(4096);
        for (var round = rounds - 1; round >= 0; round--)
        {
            foreach (var movie in movies)
            {
                var said = round == 0 ? movie : movie with { Revenue = 1_000_000 + round, Overview = null };
                await writer.WriteAsync(TopicPublisher.CreateMessage(said, json), default);
            }
        }

        await writer.FlushAsync(default);
        return (long)movies.Count * rounds;
    }

    private static Process Consume(string command, MockCluster kafka, string store, params string[] options)
    {
        var start = new ProcessStartInfo(command) { RedirectStandardError = false };
        foreach (var argument in (string[])[
            "consume", "--brokers", kafka.Bootstrap, "--topic", Topic, "--store", store, "--kafka-option", "session.timeout.ms=1000", "--kafka-option", "heartbeat.interval.ms=300", .. options])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
