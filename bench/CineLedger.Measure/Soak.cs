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
/// Requests reports from a running server over many connections while a load publishes a snapshot every 20 seconds, which usually changes some of the movies and
/// sometimes all. Counts errors, responses that do not belong to exactly one snapshot, and steps back to an older snapshot, and records the memory of the
/// server's process. For bench/soak.sh.
/// </summary>
/// <param name="address">The server's address, without a trailing slash.</param>
/// <param name="process">The ID of the server's process.</param>
/// <param name="key">An administrator's key.</param>
/// <param name="sources">The dataset that is already loaded, a variant of it, and a different dataset.</param>
internal sealed class Soak(string address, int process, string key, string[] sources) : IDisposable
{
    private static readonly TimeSpan LoadEvery = TimeSpan.FromSeconds(20);

    /// <summary>The order in which the sources are loaded: four loads change some of the movies, two change all.</summary>
    private static readonly int[] Turns = [1, 0, 1, 0, 2, 0];

    /// <summary>The loads replace the dataset with another one, which the gates would stop.</summary>
    private static readonly string[] AcceptedGates = ["shrink", "coverage", "changed", "amounts", "names", "duplicates"];

    /// <summary>Requested in turn: small and large responses, CSV and pages of JSON.</summary>
    private static readonly string[] Reports =
    [
        "/api/v1/reports/genres", "/api/v1/reports/genres?from=1995&to=1999&format=csv", "/api/v1/reports/companies?limit=200",
        "/api/v1/query?by=year&measure=releases,revenue&totals=true", "/api/v1/movies?from=1995&to=1995&order=revenue:desc&limit=50",
    ];

    /// <summary>Every second connection accepts compressed responses.</summary>
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
            $"{connections} connections, {clock.Elapsed.TotalSeconds:0} s: {_responses:N0} responses, {_notModified:N0} of them 304, {_loads} snapshots published"));
        Console.WriteLine(FormattableString.Invariant($"errors, mixed snapshots and steps back to an older snapshot: {_faults.Count}"));
        Console.WriteLine("memory per minute:");
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
                    _faults.Add($"{report}: went back from snapshot {seen} to {snapshot}");
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
                    _faults.Add($"{report}: two different responses for snapshot {snapshot}");
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

    /// <summary>Returns the rows of a response, and checks that its metadata has the same snapshot as its header.</summary>
    private byte[] GetRows(byte[] body, int snapshot, string report)
    {
        using var response = JsonDocument.Parse(body);
        var of = response.RootElement.GetProperty("meta").GetProperty("snapshot").GetInt32();
        if (of != snapshot)
        {
            _faults.Add($"{report}: the header has snapshot {snapshot}, the body {of}");
        }

        return JsonSerializer.SerializeToUtf8Bytes(response.RootElement.GetProperty("data"));
    }

    /// <summary>
    /// Checks that snapshots of the same dataset give the same responses. Lists of movies are left out, because each row names the snapshot that
    /// last changed it.
    /// </summary>
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
                _faults.Add($"{report}: snapshot {snapshot} differs from snapshot {before.Snapshot}, which has the same dataset");
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
                    Content = JsonContent.Create(new { source, accept = AcceptedGates }),
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
            // The time is up.
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
