using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace CineLedger.Measure;

/// <summary>
/// Many connections ask a running server for reports while a load publishes every 20 seconds, two datasets in turns: for bench/soak.sh.
/// Counts errors, answers that are of no snapshot or of two, steps back in time, and what the server's process holds in memory.
/// </summary>
internal sealed class Soak(string address, int process, string key, string[] sources) : IDisposable
{
    private static readonly TimeSpan LoadEvery = TimeSpan.FromSeconds(20);

    /// <summary>Asked for in turns: small and large, of text and of pages.</summary>
    private static readonly string[] Reports =
    [
        "/api/v1/reports/genres", "/api/v1/reports/genres?from=1995&to=1999&format=csv", "/api/v1/reports/companies?limit=200",
        "/api/v1/query?by=year&measure=releases,revenue&totals=true", "/api/v1/movies?from=1995&to=1995&order=revenue:desc&limit=50",
    ];

    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 });
    private readonly ConcurrentDictionary<(string Report, int Snapshot), string> _first = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private long _answers;
    private long _notModified;
    private int _loads;

    public static async Task<int> RunAsync(string[] args)
    {
        var seconds = int.Parse(args[5], CultureInfo.InvariantCulture);
        using var soak = new Soak(args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[2], [args[3], args[4]]);
        return await soak.RunAsync(connections: 64, TimeSpan.FromSeconds(seconds));
    }

    public void Dispose() => _client.Dispose();

    private async Task<int> RunAsync(int connections, TimeSpan time)
    {
        using var stop = new CancellationTokenSource(time);
        var memory = new List<long>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll([
            .. Enumerable.Range(0, connections).Select(worker => AskAsync(worker, stop.Token)),
            LoadAsync(stop.Token),
            WatchAsync(memory, stop.Token)]);

        Console.WriteLine(FormattableString.Invariant(
            $"{connections} connections, {clock.Elapsed.TotalSeconds:0} s: {_answers:N0} answers, {_notModified:N0} of them 304, {_loads} snapshots published meanwhile"));
        Console.WriteLine(FormattableString.Invariant($"errors, mixed snapshots and steps back: {_faults.Count}"));
        var minute = Math.Max(1, memory.Count / (int)Math.Max(1, time.TotalMinutes));
        Console.WriteLine("server's memory by the minute, MB: " + string.Join(
            " ", memory.Chunk(minute).Select(part => part.Max().ToString(CultureInfo.InvariantCulture))));
        foreach (var fault in _faults.Distinct().Take(10))
        {
            Console.WriteLine(fault);
        }

        return _faults.IsEmpty ? 0 : 1;
    }

    private async Task AskAsync(int worker, CancellationToken stop)
    {
        var seen = 0;
        var tags = new Dictionary<string, EntityTagHeaderValue>();
        for (var turn = worker; !stop.IsCancellationRequested; turn++)
        {
            var report = Reports[turn % Reports.Length];
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address + report);
                if (turn % 3 == 0 && tags.TryGetValue(report, out var tag))
                {
                    request.Headers.IfNoneMatch.Add(tag);
                }

                using var response = await _client.SendAsync(request, stop);
                Interlocked.Increment(ref _answers);
                var snapshot = int.Parse(response.Headers.GetValues("Ledger-Snapshot").Single(), CultureInfo.InvariantCulture);
                if (snapshot < seen)
                {
                    _faults.Enqueue($"{report}: back from snapshot {seen} to {snapshot}");
                }

                seen = snapshot;
                tags[report] = response.Headers.ETag!;
                if (response.StatusCode == System.Net.HttpStatusCode.NotModified)
                {
                    Interlocked.Increment(ref _notModified);
                    continue;
                }

                response.EnsureSuccessStatusCode();
                var body = await response.Content.ReadAsByteArrayAsync(stop);
                var content = response.Content.Headers.ContentType!.MediaType == "application/json" ? RowsOf(body, snapshot, report) : body;
                Check(report, snapshot, Convert.ToHexString(SHA256.HashData(content)));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                _faults.Enqueue($"{report}: {error.GetType().Name}: {error.Message}");
            }
        }
    }

    /// <summary>The rows of an answer; what is said of it must be of the snapshot that its header names.</summary>
    private byte[] RowsOf(byte[] body, int snapshot, string report)
    {
        using var answer = JsonDocument.Parse(body);
        var of = answer.RootElement.GetProperty("meta").GetProperty("snapshot").GetInt32();
        if (of != snapshot)
        {
            _faults.Enqueue($"{report}: header of snapshot {snapshot}, body of {of}");
        }

        return JsonSerializer.SerializeToUtf8Bytes(answer.RootElement.GetProperty("data"));
    }

    /// <summary>All answers of a snapshot are the same, and those of every second snapshot: there are two datasets.</summary>
    private void Check(string report, int snapshot, string content)
    {
        if (_first.GetOrAdd((report, snapshot), content) != content)
        {
            _faults.Enqueue($"{report}: two answers of snapshot {snapshot}");
        }

        // A film's row says in which snapshot it came to be so.
        if (!report.Contains("/movies", StringComparison.Ordinal) && _first.TryGetValue((report, snapshot - 2), out var before) && before != content)
        {
            _faults.Enqueue($"{report}: snapshot {snapshot} is not as snapshot {snapshot - 2}, which holds the same dataset");
        }
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        try
        {
            using var timer = new PeriodicTimer(LoadEvery);
            for (var turn = 0; await timer.WaitForNextTickAsync(stop); turn++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/api/v1/loads")
                {
                    Content = JsonContent.Create(new { source = sources[turn % 2], allowShrink = true }),
                };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
                using var response = await _client.SendAsync(request, stop);
                if (!response.IsSuccessStatusCode)
                {
                    _faults.Enqueue($"load: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(stop)}");
                    continue;
                }

                _loads++;
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }

    private async Task WatchAsync(List<long> memory, CancellationToken stop)
    {
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await timer.WaitForNextTickAsync(stop))
            {
                using var server = Process.GetProcessById(process);
                memory.Add(server.WorkingSet64 >> 20);
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }
}
