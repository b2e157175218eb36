using System.Diagnostics;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Deployment;

/// <summary>A few clients, each of which sends different requests one after another until stopped. Every response is counted.</summary>
internal sealed class LoadGenerator : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _failures = [];
    private readonly List<double> _milliseconds = [];
    private readonly Task[] _workers;
    private readonly HttpClient _client;

    /// <param name="address">The address of the server.</param>
    /// <param name="callers">The number of concurrent clients.</param>
    public LoadGenerator(Uri address, int callers)
    {
        _client = new HttpClient { BaseAddress = address };
        _workers = [.. Enumerable.Range(0, callers).Select(RunWorkerAsync)];
    }

    /// <summary>The failed requests: status and body, or an error.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_failures)
            {
                return [.. _failures];
            }
        }
    }

    public int Responses
    {
        get
        {
            lock (_milliseconds)
            {
                return _milliseconds.Count;
            }
        }
    }

    public double Slowest
    {
        get
        {
            lock (_milliseconds)
            {
                return _milliseconds.DefaultIfEmpty().Max();
            }
        }
    }

    /// <summary>Waits for this many more responses.</summary>
    public Task WaitForResponsesAsync(int answers)
    {
        var target = Responses + answers;
        return Wait.UntilAsync($"{answers} more responses", () => Responses >= target);
    }

    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_workers);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _client.Dispose();
        _end.Dispose();
    }

    private async Task RunWorkerAsync(int caller)
    {
        for (var round = 0; !_end.IsCancellationRequested; round++)
        {
            var clock = Stopwatch.GetTimestamp();
            try
            {
                // Not canceled: every request that was sent must get a response.
                using var response = await _client.GetAsync($"/api/v1/reports/genres?from={1900 + (((round * 7) + caller) % 100)}&limit={5 + caller}", CancellationToken.None);
                var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
                if (!response.IsSuccessStatusCode)
                {
                    Fail($"{(int)response.StatusCode}: {text}");
                }
            }
            catch (HttpRequestException error)
            {
                Fail(error.Message);
            }

            lock (_milliseconds)
            {
                _milliseconds.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }
        }
    }

    private void Fail(string reason)
    {
        lock (_failures)
        {
            _failures.Add(reason);
        }
    }
}
