using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;

namespace CineLedger.SystemTests.Commands;

public sealed class OpenCommandTests(SearchedWorkspace searched) : IClassFixture<SearchedWorkspace>
{
    private readonly Workspace _workspace = searched.Workspace;

    /// <summary>The words after <c>open</c>, and the path of the page.</summary>
    public static TheoryData<string[], string> Pages => new()
    {
        { [], "/" },
        { ["report", "genres", "--from", "1970", "--to", "2010"], "/genres?from=1970&to=2010" },
        { ["report", "genres", "--genre", "Drama", "--aggregate", "avg"], "/genres/Drama?aggregate=avg" },
        { ["report", "companies", "--company", "Victoires Productions"], "/companies/Victoires%20Productions" },
        { ["report", "studios", "--dollars", "2017", "--snapshot", "1"], "/studios?dollars=2017&snapshot=1" },
        {
            ["report", "companies", "--genre", "Drama", "--from", "1950"],
            "/explore?by=year%2Ccompany&measure=releases%2Cbudget%2Crevenue%2Cprofit%2Cmatched_profit%2Cpopularity&where=genre%3DDrama&from=1950"
        },
        { ["report", "company-genres"], "/explore?by=year%2Ccompany%2Cgenre&measure=releases" },
        { ["query", "--by", "genre", "--measure", "revenue", "--where", "budget>=1M", "--order", "revenue:desc"], "/explore?by=genre&measure=revenue&where=budget%3E%3D1M&order=revenue%3Adesc" },
        { ["movies"], "/movies" },
        { ["movies", "star", "wars"], "/movies/11" },
        { ["movies", "--where", "genre=Drama", "--from", "1990"], "/movies?where=genre%3DDrama&from=1990" },
        { ["movies", "--studio", "Lucasfilm"], "/movies?where=studio%3DLucasfilm" },
        { ["companies", "victoires"], "/companies/Victoires%20Productions" },
        { ["studios", "lucas"], "/studios/Lucasfilm" },
        { ["studios"], "/studios" },
    };

    [Fact]
    public async Task The_address_of_a_result_is_that_of_its_page()
    {
        await using var served = await ServeProcess.StartAsync(_workspace, "--read-only");
        foreach (var row in Pages)
        {
            var (words, path) = row.Data;
            var printed = await _workspace.RunSuccessfullyAsync(["open", .. words, "--print", "--url", $"{served.Client.BaseAddress}"]);
            Assert.Equal($"{served.Client.BaseAddress}{path[1..]}\n", printed.Output);
            using var response = await served.Client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
            Assert.Equal(path.Split('?')[0], response.RequestMessage!.RequestUri!.AbsolutePath);
        }

        // Without a display, the address is printed.
        var environment = new Dictionary<string, string> { ["DISPLAY"] = "", ["WAYLAND_DISPLAY"] = "", ["BROWSER"] = "" };
        var opened = await _workspace.RunAsync(["open", "--url", $"{served.Client.BaseAddress}"], null, environment);
        Assert.Equal((0, $"{served.Client.BaseAddress}\n"), (opened.ExitCode, opened.Output));
    }

    [Fact]
    public async Task A_browser_is_started_with_the_address()
    {
        await using var served = await ServeProcess.StartAsync(_workspace, "--read-only");
        _workspace.Write("bin-xdg-open", "#!/bin/sh\necho \"$1\" > opened.txt\n");
        var opened = await _workspace.RunShellAsync(
            $"mkdir -p bin && mv bin-xdg-open bin/xdg-open && chmod +x bin/xdg-open && DISPLAY=:0 PATH=\"$PWD/bin:$PATH\" cineledger open studios --url {served.Client.BaseAddress} && until [ -s opened.txt ]; do sleep 0.1; done && cat opened.txt");
        Assert.Equal((0, $"{served.Client.BaseAddress}studios\n"), (opened.ExitCode, opened.Output));
    }

    [Fact]
    public async Task The_server_that_has_the_ledger_open_is_found()
    {
        await using (var served = await ServeProcess.StartAsync(_workspace))
        {
            var found = await _workspace.RunSuccessfullyAsync("open", "--print");
            Assert.Equal(($"{served.Client.BaseAddress}\n", ""), (found.Output, found.Error));
            await served.EndAsync();
        }

        var missing = await _workspace.RunSuccessfullyAsync("open", "--print");
        Assert.Equal("http://localhost:5080/\n", missing.Output);
        Assert.Contains("no server has cineledger.duckdb open", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_are_reported()
    {
        Assert.Contains("no server responds at http://localhost:9", Workspace.OneLine(await _workspace.RunAsync("open", "--url", "http://localhost:9"), 1), StringComparison.Ordinal);
        Assert.Contains("'localhost' is not an http(s) address", Workspace.OneLine(await _workspace.RunAsync("open", "--url", "localhost"), 2), StringComparison.Ordinal);
        Assert.Contains("did you mean revenue", Workspace.OneLine(await _workspace.RunAsync("open", "query", "--measure", "revenu", "--print"), 2), StringComparison.Ordinal);
    }
}
