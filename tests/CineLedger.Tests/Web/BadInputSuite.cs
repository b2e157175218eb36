using System.Text;
using System.Text.Json;

namespace CineLedger.Tests.Web;

/// <summary>
/// Sends every kind of bad input to every operation in the OpenAPI document. Expects the right status, a problem document without internals,
/// and no server errors.
/// </summary>
public abstract class BadInputSuite(ServedLedger served)
{
    /// <summary>Texts that are attacks in some context. As values of text parameters they may be valid; then they match nothing.</summary>
    private static readonly string[] Hostile =
    [
        "'%20OR%201=1%20--", "';DROP%20TABLE%20movie;--", "%22%20OR%20%22%22=%22", "%5C", "%5C'", "$1", "%7B0%7D", "$%7Bjndi:ldap://x%7D", "%3Cscript%3Ealert(1)%3C/script%3E",
        "..%2F..%2Fetc%2Fpasswd", "%0D%0ASet-Cookie:%20a=b", "%01%02%1B%7F", "%E2%80%AE%EF%BB%BF", "%ED%A0%80", "%ff%fe%fd", "%zz", "%", "%F0%9F%98%80", "year=1995%20OR%201=1", "a:desc;b", "NaN", "null",
    ];

    private static readonly string[] NotIntegers = ["x", "1.5", "1e3", "0x10", "%D9%A1", "+", "--1", "1,000", "99999999999999999999", "-99999999999", "9223372036854775808", "%20", "1%00", "%ED%A0%80", "'1'", "1%20OR%201=1"];

    private static readonly string[] InvalidJson = ["", "{", "[]", "null", "\"x\"", "1", "{\"a\":", "{} {}", "<a/>", "{\"\0\":1}", new string('[', 20_000)];

    private readonly List<string> _errors = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An administrator's key, so that requests are not refused early. Null if there is none.</summary>
    protected virtual string? Key => null;

    /// <summary>False if the connection to the server accepts only well-formed addresses.</summary>
    protected virtual bool SendsRawAddresses => false;

    [Fact]
    public async Task Values_of_the_wrong_type_or_out_of_range_name_their_parameter()
    {
        foreach (var operation in await ApiOperation.ReadAsync(served))
        {
            foreach (var parameter in operation.Parameters.Where(parameter => !parameter.InPath))
            {
                string[] values = parameter.Type switch
                {
                    "integer" => NotIntegers,
                    "number" => ["x", "1e999", "NaN", "Infinity", "-1", "99999999999999999999999999999999"],
                    "boolean" => ["yes", "1", "TRUE", "%00"],
                    "word" => ["nothing", "NULL", "%00", "json%00", "'"],
                    _ => ["%00", "a%00b"],
                };
                foreach (var value in (string[])[.. values, "", new string('9', 10_000)])
                {
                    await AssertRefusedAsync(operation, operation.With($"{parameter.Name}={value}", parameter.Name), 400, parameter.Name);
                }

                if (!parameter.IsMany)
                {
                    await AssertRefusedAsync(operation, operation.With($"{parameter.Name}=1&{parameter.Name}=2", parameter.Name), 400, parameter.Name);
                }
                else
                {
                    await AssertRefusedAsync(operation, operation.With(string.Join('&', Enumerable.Range(0, 101).Select(i => $"{parameter.Name}=a{i}")), parameter.Name), 400, parameter.Name);
                }
            }
        }

        ReportErrors();
    }

    [Fact]
    public async Task An_unknown_parameter_is_an_error_that_names_the_nearest()
    {
        foreach (var operation in (await ApiOperation.ReadAsync(served)).Where(operation => operation.Path.StartsWith("/api/", StringComparison.Ordinal)))
        {
            foreach (var name in (string[])["", "zzzzzzzzzzzz", "sqlmap'--", "%00", new string('n', 10_000), "Limit", "limit[]"])
            {
                await AssertRefusedAsync(operation, operation.With($"{name}=1"), 400);
            }

            foreach (var parameter in operation.Parameters.Where(parameter => parameter is { InPath: false, Name.Length: > 2 }))
            {
                var problem = await AssertRefusedAsync(operation, operation.With($"{parameter.Name}x=1"), 400, $"{parameter.Name}x");
                if (problem is { } message && message.GetProperty("status").GetInt32() == 400 && !message.GetProperty("detail").GetString()!.Contains($"did you mean {parameter.Name}", StringComparison.Ordinal))
                {
                    _errors.Add($"{operation} {parameter.Name}x: {message.GetProperty("detail")}");
                }
            }
        }

        ReportErrors();
    }

    [Fact]
    public async Task Hostile_texts_find_nothing_and_break_nothing()
    {
        var before = await served.TextAsync("/api/v1/movies?order=movie_id&format=csv");
        foreach (var operation in (await ApiOperation.ReadAsync(served)).Where(operation => operation.Method == "GET"))
        {
            foreach (var parameter in operation.Parameters.Where(parameter => parameter is { Type: "string", InPath: false }))
            {
                foreach (var value in Hostile)
                {
                    await AssertSafeAsync(operation, operation.With($"{parameter.Name}={value}", parameter.Name));
                }

                await AssertSafeAsync(operation, operation.With($"{parameter.Name}={string.Join(',', Enumerable.Repeat("year", 350))}", parameter.Name));
                await AssertSafeAsync(operation, operation.With($"{parameter.Name}=genre={string.Join('|', Enumerable.Range(0, 250).Select(i => $"g{i}"))}", parameter.Name));
                if (parameter.IsMany)
                {
                    await AssertSafeAsync(operation, operation.With(string.Join('&', Enumerable.Range(0, 100).Select(i => $"{parameter.Name}={new string('g', 100)}{i}")), parameter.Name));
                }
            }
        }

        Assert.Equal(before, await served.TextAsync("/api/v1/movies?order=movie_id&format=csv"));
        ReportErrors();
    }

    [Fact]
    public async Task IDs_that_are_not_numbers_and_tricks_with_paths_lead_nowhere()
    {
        foreach (var operation in (await ApiOperation.ReadAsync(served)).Where(operation => operation.Path.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var value in (string[])["x", "0", "-1", "1.5", "99999999999999999999", "%00", "1%00", "%27%20OR%201=1", "%ED%A0%80", "%2e%2e", "..%2F..%2Fetc", "1%2Fhistory", new string('9', 3_000), "%zz", "null"])
            {
                if (!CanSend(value))
                {
                    continue;
                }

                // Dots can lead to the path of a table with an extension, which only supports GET.
                await AssertRefusedAsync(operation, System.Text.RegularExpressions.Regex.Replace(operation.Path, @"\{\w+\}",
                    value.Replace("$", "$$", StringComparison.Ordinal)), 400, null, 404, 405, 414);
            }
        }

        foreach (var path in (string[])
        [
            "/", "//", "/api", "/api/v1/", "/api/v2/movies", "//api/v1/movies", "/api//v1/movies", "/api/v1/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd", "/api/v1/movies/..%2f..%2f", "/api%2fv1%2fmovies",
            "/api/v1/reports/%2e%2e/movies/0", "/api/v1/reports/nothing", "/api/v1/reports/genres/", "/openapi/v2.json", "/openapi/%2e%2e%2fv1.json", "/.git/config", "/.env", "/cineledger.duckdb", "/movies.duckdb.keys",
            "/api/v1/movies;id=1", "/api/v1/movies%3Flimit=1", "/%5C..%5C", "/api/v1/movies%20", "/API/V1/NOTHING", "/%ED%A0%80", "/%ff", "/%zz", "/api/v1/reports/genres%00", $"/{new string('a', 5_000)}",
        ])
        {
            if (CanSend(path))
            {
                await AssertSafeAsync(null, path);
            }
        }

        ReportErrors();
    }

    [Fact]
    public async Task An_unsupported_method_is_answered_with_Allow()
    {
        var operations = await ApiOperation.ReadAsync(served);
        foreach (var path in operations.GroupBy(operation => operation.Address))
        {
            foreach (var method in ((string[])["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]).Except(path.Select(operation => operation.Method)))
            {
                using var response = await SendAsync(method, path.Key, null);
                if (response.Content.Headers.Allow.Count == 0)
                {
                    _errors.Add($"{method} {path.Key}: no Allow header");
                }

                await AssertResponseAsync($"{method} {path.Key}", response, [405], null);
            }
        }

        ReportErrors();
    }

    [Fact]
    public async Task Bodies_that_are_of_another_type_or_cannot_be_read_are_refused()
    {
        foreach (var operation in (await ApiOperation.ReadAsync(served)).Where(operation => operation.BodyTypes.Count > 0))
        {
            foreach (var type in (string[])["image/png", "text/html", "application/xml", "application/octet-stream", "x", "multipart/form-data; boundary=a"])
            {
                if (!operation.BodyTypes.Contains(type))
                {
                    await AssertBodyRefusedAsync(operation, Encoding.UTF8.GetBytes("{}"), type, 415, 403);
                }
            }

            foreach (var type in operation.BodyTypes.Where(type => type is "application/json" or "application/sql" or "application/x-ndjson"))
            {
                foreach (var body in InvalidJson)
                {
                    await AssertBodyRefusedAsync(operation, Encoding.UTF8.GetBytes(body), type, 400, 403, 404, 422);
                }

                await AssertBodyRefusedAsync(operation, [0xff, 0xfe, 0x00, 0xd8], type, 400, 403, 404);
            }
        }

        ReportErrors();
    }

    [Fact]
    public async Task Truncated_changed_or_foreign_cursors_are_refused()
    {
        var others = (await served.JsonAsync("/api/v1/movies?limit=1&order=title")).GetProperty("meta").GetProperty("next").GetString()!;
        foreach (var operation in (await ApiOperation.ReadAsync(served)).Where(operation => operation.Method == "GET" && operation.Parameters.Any(parameter => parameter.Name == "cursor")))
        {
            var own = (await served.JsonAsync(operation.With("limit=1"))).GetProperty("meta").GetProperty("next").GetString() ?? others;
            var bad = new List<string> { "x", "AAAA", "%3D%3D%3D", others, own + "A", own + own, own.ToUpperInvariant(), new string('A', 1_000), "%00", "'%20OR%201=1" };
            bad.AddRange(Enumerable.Range(0, own.Length).Select(i => own[..i]).Where(cut => cut.Length > 0));
            bad.AddRange(Enumerable.Range(0, own.Length).Select(i => $"{own[..i]}{(own[i] == 'A' ? 'B' : 'A')}{own[(i + 1)..]}"));
            foreach (var cursor in bad.Where(cursor => cursor != own))
            {
                await AssertRefusedAsync(operation, operation.With($"limit=1&cursor={cursor}"), 400, "cursor");
            }
        }

        ReportErrors();
    }

    [Fact]
    public async Task Invalid_headers_are_ignored_or_refused()
    {
        foreach (var operation in (await ApiOperation.ReadAsync(served)).Where(operation => operation.Method == "GET"))
        {
            foreach (var (name, value) in new[]
            {
                ("Accept", ";;;,"), ("Accept", new string('a', 5_000)), ("Accept", "*/*;q=x"), ("Accept", "text/csv;q=9999"), ("If-None-Match", "W/\"99999999999999-zz\""), ("If-None-Match", new string('"', 999)),
                ("If-None-Match", "W/\"-1-\", \"\", ,"), ("If-Modified-Since", "yesterday"), ("Range", "bytes=5-1"), ("Content-Type", "nonsense"), ("X-Forwarded-For", "'"), ("Authorization", "Basic !!!"),
                ("Authorization", "Bearer"), ("Authorization", "Bearer  "), ("Authorization", "Negotiate"), ("Expect", "200-maybe"), ("Last-Event-ID", "x"), ("Cookie", "a=b; a=c"),
            })
            {
                using var response = await SendAsync("GET", operation.With(""), null, (name, value));
                await AssertResponseAsync($"{operation} {name}: {value[..Math.Min(value.Length, 30)]}", response, null, null);
            }
        }

        ReportErrors();
    }

    private bool CanSend(string path) => SendsRawAddresses || !path.Contains("%00", StringComparison.Ordinal);

    private async Task AssertBodyRefusedAsync(ApiOperation operation, byte[] body, string type, params int[] statuses)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await SendAsync(operation.Method, operation.With(""), content);
        await AssertResponseAsync($"{operation} {type} '{Encoding.UTF8.GetString(body[..Math.Min(body.Length, 20)])}'", response, statuses, null);
    }

    /// <summary>Checks that a request is either refused or harmless.</summary>
    private async Task AssertSafeAsync(ApiOperation? operation, string address)
    {
        using var response = await SendAsync(operation?.Method ?? "GET", address, null);
        await AssertResponseAsync(address, response, null, null);
    }

    private async Task<JsonElement?> AssertRefusedAsync(ApiOperation operation, string address, int status, string? parameter = null, params int[] others)
    {
        using var content = operation.BodyTypes.Count == 0 ? null : new StringContent("SELECT 1");
        if (content is not null)
        {
            content.Headers.ContentType = new(operation.BodyTypes[0]);
        }

        using var response = await SendAsync(operation.Method, address, content);

        // If SQL is disabled, its endpoint returns 403 before it reads the request.
        return await AssertResponseAsync($"{operation.Method} {address}", response, operation.Path == "/api/v1/sql" ? [status, 403, .. others] : [status, .. others], parameter);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(
            served.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = SendsRawAddresses }))
        { Content = content };
        if (Key is { } key && headers.All(header => header.Name != "Authorization"))
        {
            request.Headers.Add("X-Api-Key", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        // Event streams never end, so the bodies of successful responses are not read.
        return await served.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    private async Task<JsonElement?> AssertResponseAsync(string what, HttpResponseMessage response, int[]? statuses, string? parameter)
    {
        what = what.Length > 200 ? what[..200] + "…" : what;
        var status = (int)response.StatusCode;
        if (statuses is null ? status is < 200 or >= 500 : !statuses.Contains(status))
        {
            _errors.Add($"{what}: {status} {(status >= 400 ? await response.Content.ReadAsStringAsync(Cancel) : "")}");
            return null;
        }

        if (status < 400)
        {
            return null;
        }

        var text = await response.Content.ReadAsStringAsync(Cancel);
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            _errors.Add($"{what}: {status} {response.Content.Headers.ContentType} {text}");
            return null;
        }

        var problem = JsonDocument.Parse(text).RootElement;
        var complete = problem.GetProperty("type").GetString()!.StartsWith("/problems/", StringComparison.Ordinal) && problem.GetProperty("title").GetString()!.Length > 5
            && problem.GetProperty("status").GetInt32() == status && problem.GetProperty("detail").GetString()!.Length > 10;
        var inside = text.Contains("   at ", StringComparison.Ordinal) || text.Contains("Exception", StringComparison.Ordinal) || text.Contains("CineLedger.", StringComparison.Ordinal);
        var named = status != 400 || parameter is null || (problem.TryGetProperty("parameter", out var blamed) && blamed.GetString() == parameter);
        if (!complete || inside || !named)
        {
            _errors.Add($"{what}: {text}");
        }

        return problem;
    }

    private void ReportErrors() => Assert.True(_errors.Count == 0, $"{_errors.Count} errors:\n{string.Join('\n', _errors.Take(15))}");
}
