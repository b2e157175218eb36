using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace CineLedger.Measure;

/// <summary>
/// Many connections ask a running server for reports while a load publishes every 20 seconds: mostly a part of the films changes, now and
/// then all of them. For bench/soak.sh. Counts errors, answers that are of no snapshot or of two, steps back in time, and what the server's
/// process holds in memory.
/// </summary>
/// <param name="address">The server's, without a slash at the end.</param>
/// <param name="process">Its id.</param>
/// <param name="key">An administrator's.</param>
/// <param name="sources">A dataset that is loaded already, the same with a part changed, and another one.</param>
internal sealed class Soak(string address, int process, string key, string[] sources) : IDisposable
{
    private static readonly TimeSpan LoadEvery = TimeSpan.FromSeconds(20);

    /// <summary>Which of the sources is loaded, in turns: a part of the films changes four times, all of them twice.</summary>
    private static readonly int[] Turns = [1, 0, 1, 0, 2, 0];

    /// <summary>Asked for in turns: small and large, of text and of pages.</summary>
    private static readonly string[] Reports =
    [
        "/api/v1/reports/genres", "/api/v1/reports/genres?from=1995&to=1999&format=csv", "/api/v1/reports/companies?limit=200",
        "/api/v1/query?by=year&measure=releases,revenue&totals=true", "/api/v1/movies?from=1995&to=1995&order=revenue:desc&limit=50",
    ];

    /// <summary>Every second connection takes compressed answers.</summary>
    private readonly HttpClient[] _clients =
    [
        new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }),
        new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, AutomaticDecompression = DecompressionMethods.All }),
    ];

    private readonly ConcurrentDictionary<(string Report, int Snapshot), string> _first = new();
    private readonly ConcurrentDictionary<int, string> _datasets = new();
    private readonly SoakErrors _faults = new();
    private long _responses;
    private long _notModified;
    private int _loads;

    public static async Task<int> RunAsync(string[] args)
    {
        using var soak = new Soak(args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[2], args[4..]);
        return await soak.RunAsync(connections: 64, TimeSpan.FromSeconds(int.Parse(args[3], CultureInfo.InvariantCulture)));
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }

    private async Task<int> RunAsync(int connections, TimeSpan time)
    {
        using var stop = new CancellationTokenSource(time);
        var memory = new SoakMemory(_clients[0], address, process);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll([
            .. Enumerable.Range(0, connections).Select(worker => SendRequestsAsync(worker, stop.Token)),
            LoadAsync(stop.Token),
            memory.WatchAsync(stop.Token)]);

        CompareSnapshots();
        Console.WriteLine(FormattableString.Invariant(
            $"{connections} connections, {clock.Elapsed.TotalSeconds:0} s: {_responses:N0} answers, {_notModified:N0} of them 304, {_loads} snapshots published meanwhile"));
        Console.WriteLine(FormattableString.Invariant($"errors, mixed snapshots and steps back: {_faults.Count}"));
        Console.WriteLine("memory by the minute:");
        foreach (var line in memory.Lines().Concat(_faults.Lines()))
        {
            Console.WriteLine(line);
        }

        return _faults.Count == 0 ? 0 : 1;
    }

    private async Task SendRequestsAsync(int worker, CancellationToken stop)
    {
        var client = _clients[worker % _clients.Length];
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

                using var response = await client.SendAsync(request, stop);
                Interlocked.Increment(ref _responses);
                if (response.StatusCode != HttpStatusCode.NotModified && !response.IsSuccessStatusCode)
                {
                    _faults.Add($"{report}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(stop)}");
                    continue;
                }

                var snapshot = int.Parse(response.Headers.GetValues("Ledger-Snapshot").Single(), CultureInfo.InvariantCulture);
                if (snapshot < seen)
                {
                    _faults.Add($"{report}: back from snapshot {seen} to {snapshot}");
                }

                seen = snapshot;
                tags[report] = response.Headers.ETag!;
                if (response.StatusCode == HttpStatusCode.NotModified)
                {
                    Interlocked.Increment(ref _notModified);
                    continue;
                }

                var body = await response.Content.ReadAsByteArrayAsync(stop);
                var content = response.Content.Headers.ContentType!.MediaType == "application/json" ? GetRows(body, snapshot, report) : body;
                var hash = Convert.ToHexString(SHA256.HashData(content));
                if (_first.GetOrAdd((report, snapshot), hash) != hash)
                {
                    _faults.Add($"{report}: two answers of snapshot {snapshot}");
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                _faults.Add(report, error);
            }
        }
    }

    /// <summary>The rows of an answer; what is said of it must be of the snapshot that its header names.</summary>
    private byte[] GetRows(byte[] body, int snapshot, string report)
    {
        using var response = JsonDocument.Parse(body);
        var of = response.RootElement.GetProperty("meta").GetProperty("snapshot").GetInt32();
        if (of != snapshot)
        {
            _faults.Add($"{report}: header of snapshot {snapshot}, body of {of}");
        }

        return JsonSerializer.SerializeToUtf8Bytes(response.RootElement.GetProperty("data"));
    }

    /// <summary>Snapshots of the same dataset have the same answers; but a film's row says in which snapshot it came to be so.</summary>
    private void CompareSnapshots()
    {
        var answers = new Dictionary<(string Report, string Dataset), (int Snapshot, string Content)>();
        foreach (var ((report, snapshot), content) in _first.OrderBy(response => response.Key.Snapshot))
        {
            if (report.Contains("/movies", StringComparison.Ordinal) || !_datasets.TryGetValue(snapshot, out var dataset))
            {
                continue;
            }

            if (!answers.TryAdd((report, dataset), (snapshot, content)) && answers[(report, dataset)] is var before && before.Content != content)
            {
                _faults.Add($"{report}: snapshot {snapshot} is not as snapshot {before.Snapshot}, which holds the same dataset");
            }
        }
    }

    private async Task LoadAsync(CancellationToken stop)
    {
        try
        {
            using var timer = new PeriodicTimer(LoadEvery);
            for (var turn = 0; await timer.WaitForNextTickAsync(stop); turn++)
            {
                var source = sources[Turns[turn % Turns.Length]];
                using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}/api/v1/loads")
                {
                    Content = JsonContent.Create(new { source, allowShrink = true }),
                };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
                using var response = await _clients[0].SendAsync(request, stop);
                if (!response.IsSuccessStatusCode)
                {
                    _faults.Add($"load: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(stop)}");
                    continue;
                }

                await FollowAsync(source, new Uri(address + response.Headers.Location), stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }
    }

    private async Task FollowAsync(string source, Uri load, CancellationToken stop)
    {
        while (true)
        {
            var text = await _clients[0].GetStringAsync(load, stop);
            using var response = JsonDocument.Parse(text);
            var data = response.RootElement.GetProperty("data");
            switch (data.GetProperty("state").GetString())
            {
                case "queued" or "running":
                    await Task.Delay(100, stop);
                    break;
                case "published":
                    _datasets[data.GetProperty("snapshot").GetInt32()] = source;
                    _loads++;
                    return;
                default:
                    _faults.Add($"load: {text}");
                    return;
            }
        }
    }
}
