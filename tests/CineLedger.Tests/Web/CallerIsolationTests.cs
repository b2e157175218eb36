using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;
using CineLedger.Web;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace CineLedger.Tests.Web;

/// <summary>Tests that one caller cannot use what others need.</summary>
public sealed class CallerIsolationTests : IAsyncLifetime
{
    /// <summary>The addresses of two callers without a key.</summary>
    private const string Busy = "192.0.2.1", Other = "192.0.2.2";

    private readonly PublicServer _served = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private LedgerReaders Readers => _served.Service<LedgerReaders>();

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task Requests_pages_and_tools_of_a_caller_with_half_of_the_readers_wait_and_others_do_not()
    {
        var release = new TaskCompletionSource();
        var held = HoldReaders(_served.Pool.MaxReaders, release.Task);
        await Wait.UntilAsync("half of the queries run", () => Readers.Waiting == held.Count / 2 && _served.Pool.Rented == held.Count / 2);
        Func<string, Task<HttpResponseMessage>>[] requests =
        [
            from => _served.SendAsync("/api/v1/reports/genres?from=1999", ("Test-From", from)),
            from => _served.SendAsync("/", ("Test-From", from), ("Accept", "text/html")),
            from => CallToolAsync(from),
        ];
        var waiting = new List<Task<HttpResponseMessage>>();
        foreach (var request in requests)
        {
            waiting.Add(request(Busy));
            await Wait.UntilAsync("the request waits", () => Readers.Waiting == (held.Count / 2) + waiting.Count);
            using var response = await request(Other);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.DoesNotContain("\"isError\":true", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(waiting, request => request.IsCompleted);
        release.SetResult();
        await Task.WhenAll(held);
        Assert.All(await Task.WhenAll(waiting), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
    }

    [Fact]
    public async Task Cached_responses_and_probes_need_no_reader()
    {
        await _served.TextAsync("/api/v1/reports/genres");
        var rented = new List<RentedConnection>();
        for (var i = 0; i < _served.Pool.MaxReaders + DuckDbPool.ReservedReaders; i++)
        {
            rented.Add(await _served.Pool.RentAsync(null, Cancel));
        }

        await _served.TextAsync("/api/v1/reports/genres");
        await _served.TextAsync("/health/live");
        Assert.Equal(2, (await _served.JsonAsync("/health/ready")).GetProperty("snapshot").GetInt32());
        foreach (var connection in rented)
        {
            await connection.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("postgres://reader@db.example/movies", 16)]
    [InlineData("postgres://reader@db.example,db2.example/movies?Maximum Pool Size=50", 40)]
    public async Task Requests_leave_a_fifth_of_the_connections_to_PostgreSQL_to_the_server_itself(string store, int expected)
    {
        await using var pool = LedgerPool.Create(store, null, readOnly: false, NullLogger.Instance);
        Assert.Equal(expected, pool.MaxReaders);
    }

    [Fact]
    public async Task Probes_are_exempt_from_the_rate_limit_of_their_address()
    {
        await using var strict = new StrictServer();
        await strict.InitializeAsync();
        for (var i = 0; i < 20; i++)
        {
            using var response = await strict.SendAsync("/api/v1/reports/genres", ("Test-From", Busy));
            using var live = await strict.SendAsync("/health/live", ("Test-From", Busy));
            using var ready = await strict.SendAsync("/health/ready", ("Test-From", Busy));
            Assert.Equal(i < 5 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, response.StatusCode);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (live.StatusCode, ready.StatusCode));
        }
    }

    [Fact]
    public async Task Requests_in_progress_are_limited_per_caller_except_probes()
    {
        var release = new TaskCompletionSource();
        var held = HoldReaders(_served.Pool.MaxReaders, release.Task);
        var running = Enumerable.Range(0, PublicServer.MaxRequests).Select(i => _served.SendAsync($"/api/v1/reports/genres?limit={i + 1}", ("Test-From", Busy))).ToList();
        await Wait.UntilAsync("the requests wait", () => Readers.Waiting == (held.Count / 2) + running.Count);
        using var refused = await _served.SendAsync("/api/v1/reports/genres?limit=99", ("Test-From", Busy));
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), (refused.StatusCode, refused.Headers.RetryAfter!.Delta));
        using var ready = await _served.SendAsync("/health/ready", ("Test-From", Busy));
        using var other = await _served.SendAsync("/api/v1/reports/genres?limit=99", ("Test-From", Other));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (ready.StatusCode, other.StatusCode));
        release.SetResult();
        await Task.WhenAll(held);
        Assert.All(await Task.WhenAll(running), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
    }

    [Fact]
    public async Task Event_streams_are_limited_per_caller()
    {
        var streams = new List<HttpResponseMessage>();
        for (var i = 0; i < PublicServer.MaxListeners; i++)
        {
            streams.Add(await ListenAsync(Busy));
        }

        using var refused = await ListenAsync(Busy);
        using var other = await ListenAsync(Other);
        Assert.All(streams, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (refused.StatusCode, other.StatusCode));
        Assert.Contains("/problems/too-many-listeners", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        streams.ForEach(stream => stream.Dispose());
        await Wait.UntilAsync("the caller may listen again", async () => (await ListenAsync(Busy)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_query_that_ran_out_of_memory_is_repeated()
    {
        var runs = 0;
        var result = await Readers.RunAsync(null, async connection => ++runs == 1 ? await UseTooMuchMemoryAsync(connection) : runs, () => true, Cancel);
        Assert.Equal((2L, 2), (result, runs));
    }

    [Fact]
    public async Task A_query_that_always_runs_out_of_memory_is_a_problem_that_says_what_to_narrow()
    {
        var runs = 0;
        var error = await Assert.ThrowsAnyAsync<DbException>(() => Readers.RunAsync(
            null,
            connection =>
            {
                runs++;
                return UseTooMuchMemoryAsync(connection);
            },
            () => true,
            Cancel));
        var problem = Problems.Create(error);
        Assert.Equal((422, "/problems/too-heavy"), (problem.Status, problem.Type));
        Assert.Contains("narrow it", problem.Detail, StringComparison.Ordinal);
        Assert.InRange(runs, 3, 6);
        Assert.Equal((0, 0), (Readers.Waiting, _served.Pool.Rented));
    }

    [Fact]
    public async Task A_query_whose_rows_were_sent_is_not_repeated()
    {
        var runs = 0;
        await Assert.ThrowsAnyAsync<DbException>(() => Readers.RunAsync(
            null,
            connection =>
            {
                runs++;
                return UseTooMuchMemoryAsync(connection);
            },
            () => false,
            Cancel));
        Assert.Equal(1, runs);
    }

    private static async Task<long> UseTooMuchMemoryAsync(DbConnection connection) =>
        (long)(await connection.ExecuteScalarAsync("SELECT len(list(i)) FROM range(60000000) AS numbers(i)", Cancel))!;

    /// <summary>Starts queries of the busy caller that end with the given task.</summary>
    private List<Task> HoldReaders(int count, Task end)
    {
        var queries = Enumerable.Range(0, count).Select(_ =>
        {
            var caller = new CurrentCaller(async _ => await Readers.RunAsync<int>(
                null,
                async _ =>
                {
                    await end;
                    return 0;
                },
                () => false,
                Cancel));
            var http = new DefaultHttpContext { User = ApiCaller.Public };
            http.Connection.RemoteIpAddress = IPAddress.Parse(Busy);
            return caller.InvokeAsync(http);
        });
        return [.. queries];
    }

    private async Task<HttpResponseMessage> CallToolAsync(string from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = JsonContent.Create(new { jsonrpc = "2.0", id = 1, method = "tools/call", @params = new { name = "find_genres", arguments = new { q = "D" } } }),
        };
        request.Headers.Add("Test-From", from);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        return await _served.Client.SendAsync(request, Cancel);
    }

    private async Task<HttpResponseMessage> ListenAsync(string from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Add("Test-From", from);
        return await _served.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    private sealed class PublicServer : InProcessServer
    {
        public const int MaxListeners = 2, MaxRequests = 3;

        protected override WebOptions Options => base.Options with { IsPublic = true, MaxListenersPerCaller = MaxListeners, MaxRequestsPerCaller = MaxRequests };
    }
}
