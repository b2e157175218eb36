using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace CineLedger.SystemTests.Dashboard;

/// <summary>A page of another origin in a real browser, which tries to make a server of this machine do work.</summary>
public sealed class CrossSiteBrowserTests(Datasets datasets) : IAsyncLifetime
{
    /// <summary>Every kind of request that a page can send, to the address in <c>url</c>. Each promise ends when the browser has given up or succeeded.</summary>
    private const string Attack =
        """
        async url => {
            const settled = [];
            const event = (element, add) => new Promise(done => { element.onload = () => done("loaded"); element.onerror = () => done("failed"); add(element); setTimeout(() => done("silent"), 3000); });
            const append = element => document.body.append(element);
            const embed = (tag, set) => event(Object.assign(document.createElement(tag), set), append);
            settled.push(embed("img", { src: url }));
            settled.push(embed("script", { src: url }));
            settled.push(embed("script", { src: url, type: "module" }));
            settled.push(embed("iframe", { src: url }));
            settled.push(embed("object", { data: url }));
            settled.push(embed("embed", { src: url }));
            settled.push(embed("video", { src: url }));
            settled.push(embed("link", { rel: "stylesheet", href: url }));
            settled.push(embed("link", { rel: "prefetch", href: url }));
            settled.push(embed("link", { rel: "preload", as: "fetch", href: url }));
            for (const method of ["GET", "POST"]) {
                for (const mode of ["no-cors", "cors"]) {
                    for (const credentials of ["omit", "include"]) {
                        const body = method === "POST" ? "SELECT 424242" : undefined;
                        settled.push(fetch(url, { method, mode, credentials, body }).catch(() => "failed"));
                    }
                }
            }
            settled.push(fetch(url, { method: "POST", body: "SELECT 424242", headers: { "Content-Type": "application/sql" } }).catch(() => "failed"));
            settled.push(fetch(url, { method: "POST", mode: "no-cors", body: new Blob(["SELECT 424242"], { type: "application/sql" }) }).catch(() => "failed"));
            navigator.sendBeacon(url, "SELECT 424242");
            settled.push(new Promise(done => { const stream = new EventSource(url, { withCredentials: true }); stream.onerror = () => { stream.close(); done(); }; setTimeout(done, 3000); }));
            settled.push(new Promise(done => { const socket = new WebSocket(url.replace("http", "ws")); socket.onclose = done; socket.onopen = () => { document.title = "connected"; done(); }; }));
            for (const method of ["get", "post"]) {
                const frame = Object.assign(document.createElement("iframe"), { name: "frame" + method + settled.length });
                append(frame);
                const form = Object.assign(document.createElement("form"), { action: url, method, target: frame.name, enctype: "text/plain" });
                form.append(Object.assign(document.createElement("input"), { name: "sql", value: "SELECT 424242" }));
                append(form);
                form.submit();
                settled.push(new Promise(done => { frame.onload = done; setTimeout(done, 3000); }));
            }
            const rules = Object.assign(document.createElement("script"), { type: "speculationrules" });
            rules.textContent = JSON.stringify({ prefetch: [{ source: "list", urls: [url] }], prerender: [{ source: "list", urls: [url] }] });
            append(rules);
            await Promise.allSettled(settled);
        }
        """;

    private readonly Workspace _workspace = new();
    private WebApplication? _foreign;
    private ServeProcess? _served;
    private Browser? _browser;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        _served = await ServeProcess.StartAsync(_workspace, "--allow-sql", "--verbose");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _foreign = builder.Build();
        _foreign.MapGet("/", (string? to) => Results.Content($"<!doctype html><title>elsewhere</title><body><a href='{to}'>link</a>", "text/html"));
        _foreign.MapGet("/favicon.ico", () => Results.NoContent());
        await _foreign.StartAsync(Cancel);
        _browser = await Browser.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_foreign?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_served?.DisposeAsync() ?? ValueTask.CompletedTask);
        _workspace.Dispose();
    }

    [Fact]
    public async Task A_page_of_another_origin_makes_the_server_run_no_statement_and_no_query()
    {
        var key = (await _workspace.RunSuccessfullyAsync("keys", "create", "browser", "--administrator")).Output.Trim();
        var port = _served!.Client.BaseAddress!.Port;

        // The same machine under the name of the attacking page (same site, another port), and under another one (another site).
        foreach (var name in (string[])["127.0.0.1", "localhost"])
        {
            await using var window = await _browser!.OpenAsync(_foreign!.Urls.First(), new()
            {
                HttpCredentials = new() { Username = "any", Password = key, Send = HttpCredentialsSend.Always, Origin = $"http://{name}:{port}" },
            });
            await window.GoAsync("/");
            foreach (var path in (string[])
                ["/api/v1/sql?sql=SELECT%20424242", "/api/v1/query?measure=revenue&by=year&where=424242", "/mcp", "/explore?measure=revenue&by=genre&424242", "/api/v1/events", "/metrics"])
            {
                await window.Page.EvaluateAsync(Attack, $"http://{name}:{port}{path}");
            }

            Assert.Equal("elsewhere", await window.Page.TitleAsync());
        }

        // The server still works for its own page, which shows that the log would have shown the requests above.
        using var own = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sql") { Content = new StringContent("SELECT 717171", null, "application/sql") };
        Assert.True((await _served.Client.SendAsync(own, Cancel)).IsSuccessStatusCode);
        var log = (await _served.EndAsync()).ErrorLines;
        Assert.Contains(log, line => line.StartsWith("audit: ", StringComparison.Ordinal) && line.Contains("SELECT 717171", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("424242", StringComparison.Ordinal));
        var requests = log.Where(line => line.Contains(" in ", StringComparison.Ordinal) && line.Contains(" ms, ", StringComparison.Ordinal)
            && (line.Contains("/api/v1/query", StringComparison.Ordinal) || line.Contains("/mcp", StringComparison.Ordinal) || line.Contains("/explore", StringComparison.Ordinal)
                || line.Contains("/metrics", StringComparison.Ordinal) || line.Contains("/api/v1/events", StringComparison.Ordinal))).ToList();
        Assert.True(requests.Count > 40, $"only {requests.Count} requests arrived");
        Assert.All(requests, line => Assert.Contains(" 403 in ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_on_a_page_of_another_origin_opens_the_dashboard()
    {
        await using var window = await _browser!.OpenAsync(_foreign!.Urls.First());
        await window.GoAsync($"/?to={Uri.EscapeDataString($"http://localhost:{_served!.Client.BaseAddress!.Port}/companies")}");
        await window.Page.ClickAsync("a");
        await window.Page.WaitForSelectorAsync("main table");
        window.AssertNoErrors();
    }
}
