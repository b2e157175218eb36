using System.Diagnostics;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Deployment;

/// <summary>A few users who ask one question after another, each another one, until they are told to end. Every answer is counted.</summary>
internal sealed class LoadGenerator : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _failures = [];
    private readonly List<double> _milliseconds = [];
    private readonly Task[] _workers;
    private readonly HttpClient _client;

    /// <param name="address">Who is asked.</param>
    /// <param name="callers">How many ask at once.</param>
    public LoadGenerator(Uri address, int callers)
    {
        _client = new HttpClient { BaseAddress = address };
        _workers = [.. Enumerable.Range(0, callers).Select(RunWorkerAsync)];
    }

    /// <summary>What went wrong: a status, or an error.</summary>
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

    /// <summary>Waits until they have so many more answers.</summary>
    public Task WaitForResponsesAsync(int answers)
    {
        var target = Responses + answers;
        return Wait.UntilAsync($"{answers} more answers", () => Responses >= target);
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
                // Not ended in the middle: every request that was begun is to be answered.
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
