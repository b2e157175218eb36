using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using CineLedger.Storage.Keys;
using CineLedger.Tests.Support;
using CineLedger.Web;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CineLedger.Tests.Web;

/// <summary>Tests the log of changes, SQL statements and rejected keys, at the default log level.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private readonly AuditedServer _served = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    [Fact]
    public async Task Every_change_is_logged_with_caller_address_target_and_outcome()
    {
        var (id, key) = await _served.CreateKeyAsync(isAdministrator: true);
        var load = new { source = "https://ann:sesame@127.0.0.1:1/movies.zip?token=sesame" };
        await SendAsync(HttpMethod.Post, "/api/v1/loads", key, JsonContent.Create(load), HttpStatusCode.Accepted);
        await SendAsync(HttpMethod.Delete, "/api/v1/loads/unknown", key, null, HttpStatusCode.NotFound);
        var webhook = new { url = "http://127.0.0.1:1/hook/sesame", secret = "whsec_" + Convert.ToBase64String(new byte[24]) };
        await SendAsync(HttpMethod.Post, "/api/v1/webhooks", key, JsonContent.Create(webhook), HttpStatusCode.Created);
        await SendAsync(HttpMethod.Post, "/api/v1/movies", key, new StringContent("{}", null, "application/x-ndjson"), null);

        var lines = _served.Lines;
        var caller = $"^analyst \\(key {id}\\) at 192.0.2.7: ";
        Assert.Matches($"{caller}POST /api/v1/loads 202 in [0-9.]+ ms, request [^ ]+: https://127.0.0.1:1/movies.zip\\?…$", lines[0]);
        Assert.Matches($"{caller}DELETE /api/v1/loads/{{id}} 404 in .*: /api/v1/loads/unknown$", lines[1]);
        Assert.Matches($"{caller}POST /api/v1/webhooks 201 in .*: [0-9a-f]{{32}} http://127.0.0.1:1$", lines[2]);
        Assert.Matches($"{caller}POST /api/v1/movies [0-9]+ in .*: push/[0-9a-f]{{32}}$", lines[3]);
        Assert.Equal(4, lines.Count);
        AssertNoSecret(key);
    }

    [Fact]
    public async Task Every_statement_is_logged_with_its_text_in_one_line()
    {
        await SendAsync(HttpMethod.Post, "/api/v1/sql", null, Sql("SELECT 1\n-- \u001b[31mred\u202e"), HttpStatusCode.OK);
        await SendAsync(HttpMethod.Post, "/api/v1/sql", null, Sql("SELECT nothing" + new string(' ', 600)), HttpStatusCode.BadRequest);
        Assert.Matches("^public \\(key none\\) at 192.0.2.7: POST /api/v1/sql 200 in .*: SELECT 1\\\\u000a-- \\\\u001b\\[31mred\\\\u202e$", _served.Lines[0]);
        Assert.Matches("POST /api/v1/sql 400 in .*: SELECT nothing {486}…$", _served.Lines[1]);
    }

    [Fact]
    public async Task A_key_without_the_scope_is_logged_and_a_request_without_a_key_is_not()
    {
        var (_, key) = await _served.CreateKeyAsync();
        await SendAsync(HttpMethod.Delete, "/api/v1/webhooks/1", key, null, HttpStatusCode.Forbidden);
        await SendAsync(HttpMethod.Delete, "/api/v1/webhooks/1", null, null, HttpStatusCode.Unauthorized);
        await _served.TextAsync("/api/v1/reports/genres");
        Assert.Contains("DELETE /api/v1/webhooks/{id} 403", Assert.Single(_served.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_keys_are_logged_in_part_and_at_most_once_a_minute_and_address()
    {
        var expiry = DateTime.UtcNow.AddSeconds(1);
        var (_, expired) = await _served.CreateKeyAsync(KeyScopes.Read, expiry);
        await Wait.UntilAsync("the key has expired", () => DateTime.UtcNow > expiry);
        for (var i = 0; i < 30; i++)
        {
            await SendAsync(HttpMethod.Get, "/api/v1/reports/genres", expired, null, HttpStatusCode.Unauthorized);
        }

        await SendAsync(HttpMethod.Get, "/api/v1/reports/genres", "cineledger_pass\u001bword-sesame-sesame-sesame", null, HttpStatusCode.Unauthorized, "192.0.2.8");
        await SendAsync(HttpMethod.Get, "/api/v1/reports/genres", "sesame", null, HttpStatusCode.Unauthorized, "2001:db8::1");
        Assert.Equal(
            [
                $"Key {expired[..15]}… of 192.0.2.7 was rejected: GET /api/v1/reports/genres",
                "Key malformed of 192.0.2.8 was rejected: GET /api/v1/reports/genres",
                "Key malformed of 2001:db8:: was rejected: GET /api/v1/reports/genres",
            ],
            _served.Lines);
        _served.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("29 more keys of 192.0.2.7 were rejected within a minute", _served.Lines[^1]);
        AssertNoSecret(expired);
    }

    [Fact]
    public async Task An_attacker_with_many_addresses_cannot_fill_the_log()
    {
        for (var i = 0; i < 500; i++)
        {
            await SendAsync(HttpMethod.Get, "/api/v1/reports/genres", "wrong", null, HttpStatusCode.Unauthorized, $"10.0.{i / 250}.{i % 250}");
        }

        _served.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((101, "400 more keys of other addresses were rejected within a minute"), (_served.Lines.Count, _served.Lines[^1]));
    }

    [Theory]
    [InlineData("plain text 'ü' 映画", "plain text 'ü' 映画")]
    [InlineData("a\r\nb\tc\0\u0085\u2028\u2029\u200b\ufeff\u202e", "a\\u000d\\u000ab\\u0009c\\u0000\\u0085\\u2028\\u2029\\u200b\\ufeff\\u202e")]
    public void Characters_that_break_hide_or_reorder_a_line_are_escaped(string text, string expected) => Assert.Equal(expected, AuditMiddleware.Escape(text));

    private static StringContent Sql(string text) => new(text, null, "application/sql");

    private async Task SendAsync(HttpMethod method, string address, string? key, HttpContent? content, HttpStatusCode? status, string from = "192.0.2.7")
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Add("Test-From", from);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Api-Key", key);
        }

        using var response = await _served.Client.SendAsync(request, Cancel);
        Assert.True(status is null || response.StatusCode == status, $"{method} {address}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancel)}");
    }

    private void AssertNoSecret(string key) => Assert.All(_served.Lines, line =>
    {
        Assert.DoesNotContain("sesame", line, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", line, StringComparison.Ordinal);
        Assert.DoesNotContain(key[20..], line, StringComparison.Ordinal);
    });

    /// <summary>A public server with SQL, whose audit log is checked.</summary>
    private sealed class AuditedServer : InProcessServer
    {
        private readonly AuditLog _log = new();

        public FakeTimeProvider Time { get; } = new();

        public IReadOnlyList<string> Lines => [.. _log.Lines];

        protected override WebOptions Options => base.Options with { IsPublic = true, AllowsSql = true, AllowsPrivateTargets = true, RatePerMinute = 0 };

        protected override void Configure(WebApplicationBuilder builder)
        {
            builder.Logging.AddProvider(_log);
            builder.Services.AddSingleton(provider => new RejectedKeyLog(provider.GetRequiredService<ILoggerFactory>(), Time));
        }
    }

    /// <summary>Keeps the lines of the audit category that are logged at the levels of the server.</summary>
    private sealed class AuditLog : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

        public void Dispose()
        {
            // Nothing to dispose.
        }

        private sealed class Category(AuditLog log, string name) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (name == AuditMiddleware.Category)
                {
                    log.Lines.Enqueue(formatter(state, exception));
                }
            }
        }
    }
}
