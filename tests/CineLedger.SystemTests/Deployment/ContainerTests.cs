using System.Net;
using System.Runtime.Versioning;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Deployment;

/// <summary>What the command has to be like to be run in a container: its port from outside, its health without a shell, nothing written but where it may.</summary>
public sealed class ContainerTests(Datasets datasets) : IDisposable
{
    private readonly Desk _desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_port_comes_from_the_environment_and_health_is_asked_there()
    {
        await _desk.GoodAsync("load", datasets.Clean);
        var port = new Dictionary<string, string> { ["PORT"] = $"{ProcessServer.FreePort()}" };
        Assert.Equal(1, (await _desk.RunAsync(["health"], null, port)).ExitCode);
        await using var serving = CineLedgerProcess.Start(_desk.Folder, ["serve", "--read-only"], null, port);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port["PORT"]}") };
        await ProcessServer.WaitAsync(client, serving);
        var health = await _desk.RunAsync(["health"], null, port);
        Assert.Equal((0, """{"status":"ready","snapshot":1}"""), (health.ExitCode, health.Output.Trim()));
        serving.Signal(CineLedgerProcess.Terminate);
        Assert.Equal(0, (await serving.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task An_option_is_worth_more_than_the_environment_and_a_port_that_is_none_is_said()
    {
        await _desk.GoodAsync("load", datasets.Clean);
        var port = new Dictionary<string, string> { ["PORT"] = "http" };
        Assert.Contains("$PORT: 'http' is no port", Desk.OneLine(await _desk.RunAsync(["serve"], null, port), 2), StringComparison.Ordinal);
        var address = $"http://127.0.0.1:{ProcessServer.FreePort()}";
        await using var serving = CineLedgerProcess.Start(_desk.Folder, ["serve", "--urls", address], null, port);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, serving);
        Assert.Equal(0, (await _desk.RunAsync(["health", "--url", address], null, port)).ExitCode);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task A_ledger_where_nothing_can_be_written_is_served_and_large_sorts_go_elsewhere()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "takes root, who gives its rights up");
        await _desk.GoodAsync("load", datasets.Large, "--store", "image.duckdb");
        var image = Directory.CreateDirectory(_desk.PathOf("image"));
        File.Move(_desk.PathOf("image.duckdb"), Path.Combine(image.FullName, "films.duckdb"));
        File.SetUnixFileMode(image.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var address = $"http://127.0.0.1:{ProcessServer.FreePort()}";

        // Root without the right to pass over permissions.
        await using var serving = CineLedgerProcess.StartOther(
            _desk.Folder, "setpriv", ["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search", "--", CineLedgerProcess.Executable, "serve", "--read-only", "--store", "image/films.duckdb", "--urls", address]);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, serving);
        using var answer = await client.GetAsync("/api/v1/movies?format=ndjson&order=title", Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True((await answer.Content.ReadAsStringAsync(Cancel)).Split('\n').Length > 20_000);
        Assert.Equal(["films.duckdb"], image.GetFileSystemInfos().Select(file => file.Name));
        serving.Signal(CineLedgerProcess.Terminate);
        Assert.Equal(0, (await serving.WaitAsync()).ExitCode);
        File.SetUnixFileMode(image.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Whatever_says_how_the_code_is_built_goes_into_the_build_of_the_image()
    {
        string[] says = [".editorconfig", "global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "nuget.config"];
        var there = says.Where(name => File.Exists(Repository.PathOf(name))).ToList();
        Assert.Contains(".editorconfig", there);
        var context = File.ReadAllLines(Repository.PathOf(".dockerignore"));
        var copied = File.ReadAllLines(DeployedFiles.PathOf("Dockerfile")).Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')).ToHashSet();
        Assert.All(there, name => Assert.True(context.Contains($"!{name}") && copied.Contains(name), $"{name} is not in the build of the image"));
    }

    [Fact]
    public void The_image_has_no_shell_no_root_and_asks_itself_how_it_is()
    {
        var lines = File.ReadAllLines(DeployedFiles.PathOf("Dockerfile"));
        var final = lines[Array.FindLastIndex(lines, line => line.StartsWith("FROM ", StringComparison.Ordinal))..];
        Assert.EndsWith("-chiseled", final[0], StringComparison.Ordinal);
        Assert.Contains("USER 1654", final);
        Assert.Contains("STOPSIGNAL SIGTERM", final);
        Assert.Contains("""ENTRYPOINT ["/app/cineledger"]""", final);
        Assert.Contains(final, line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal) && line.EndsWith("""CMD ["/app/cineledger", "health"]""", StringComparison.Ordinal));
        Assert.DoesNotContain(final, line => line.StartsWith("RUN ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_version_is_a_release_s_or_what_came_after_it() =>
        Assert.Matches(@"^\d+\.\d+\.\d+(-[a-z]+(\.\d+)+)?(\+[0-9a-f]+)?$", (await _desk.GoodAsync("--version")).Output.Trim());

    public void Dispose() => _desk.Dispose();
}
