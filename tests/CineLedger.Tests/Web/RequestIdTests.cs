using System.Collections.Concurrent;
using System.Net;
using CineLedger.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace CineLedger.Tests.Web;

public sealed class RequestIdTests(RequestIdTests.LoggedServer served) : IClassFixture<RequestIdTests.LoggedServer>
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Theory]
    [InlineData("/api/v1/reports/genres")]
    [InlineData("/health/live")]
    [InlineData("/nothing")]
    public async Task A_response_has_the_ID_of_its_request(string address)
    {
        using var response = await served.SendAsync(address, ("X-Request-Id", "load-balancer/7:1"));
        Assert.Equal("load-balancer/7:1", Assert.Single(response.Headers.GetValues("X-Request-Id")));
    }

    [Fact]
    public async Task A_problem_names_its_request_and_the_trace_that_it_belongs_to()
    {
        var (_, problem) = await served.ProblemAsync("/api/v1/reports/genres?from=never", ("X-Request-Id", "r-1"), ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"));
        Assert.Equal(("r-1", Trace), (problem.GetProperty("requestId").GetString(), problem.GetProperty("traceId").GetString()));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("<script>")]
    [InlineData("x,y")]
    public async Task An_id_that_is_unsafe_to_log_is_replaced_by_the_trace_id(string id)
    {
        var (_, problem) = await served.ProblemAsync("/nothing", ("X-Request-Id", id), ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"));
        Assert.Equal(Trace, problem.GetProperty("requestId").GetString());
    }

    [Fact]
    public async Task An_id_that_is_too_long_is_replaced()
    {
        using var response = await served.SendAsync("/health/live", ("X-Request-Id", new string('a', 129)));
        Assert.Equal(32, Assert.Single(response.Headers.GetValues("X-Request-Id")).Length);
    }

    [Fact]
    public async Task A_request_is_a_line_in_the_log_without_anything_that_may_be_secret()
    {
        var (_, key) = await served.CreateKeyAsync();
        using var good = await served.SendAsync("/api/v1/reports/genres?from=2000", ("X-Request-Id", "seen-1"), ("Authorization", $"Bearer {key}"), ("X-Api-Key", "sesame-2"), ("Cookie", "key=sesame-3"));
        using var bad = await served.SendAsync("/api/v1/reports/genres?key=sesame-4", ("X-Request-Id", "seen-2"), ("Authorization", "Basic sesame-5"));
        using var odd = await served.SendAsync("/no%0Athing?sesame=6", ("X-Request-Id", "seen-3"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (good.StatusCode, bad.StatusCode));
        Assert.Matches(@"^GET /api/v1/reports/genres 200 in [\d.]+ ms, \d+ bytes, snapshot 2, request seen-1$", served.LineWith("seen-1"));
        Assert.Matches(@"^GET /api/v1/reports/genres 400 in .* request seen-2$", served.LineWith("seen-2"));
        Assert.Matches(@"^GET /no%0Athing 404 in .* request seen-3$", served.LineWith("seen-3"));
        Assert.DoesNotContain(served.Lines, line => line.Contains("sesame", StringComparison.OrdinalIgnoreCase) || line.Contains(key, StringComparison.Ordinal));
    }

    /// <summary>A server with verbose logging, whose log is checked.</summary>
    public sealed class LoggedServer : InProcessServer, ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        protected override WebOptions Options => base.Options with { IsVerbose = true };

        public string LineWith(string id) => Assert.Single(Lines, line => line.EndsWith($"request {id}", StringComparison.Ordinal));

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        void IDisposable.Dispose()
        {
            // Nothing to dispose.
        }

        protected override void Configure(WebApplicationBuilder builder) => builder.Logging.AddProvider(this);
    }
}
