using System.Net;
using System.Runtime.Versioning;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Deployment;

/// <summary>What a container requires of the command: a port from the environment, a health check without a shell, no writes to read-only storage.</summary>
public sealed class ContainerTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_port_comes_from_the_environment_for_serve_and_health()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        var port = new Dictionary<string, string> { ["PORT"] = $"{ProcessServer.FindFreePort()}" };
        Assert.Equal(1, (await _workspace.RunAsync(["health"], null, port)).ExitCode);
        await using var serving = CineLedgerProcess.Start(_workspace.Folder, ["serve", "--read-only"], null, port);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port["PORT"]}") };
        await ProcessServer.WaitAsync(client, serving);
        var health = await _workspace.RunAsync(["health"], null, port);
        Assert.Equal((0, """{"status":"ready","snapshot":1}"""), (health.ExitCode, health.Output.Trim()));
        serving.Signal(CineLedgerProcess.Terminate);
        Assert.Equal(0, (await serving.WaitAsync()).ExitCode);
    }

    [Theory]
    [InlineData("PORT", "5080", HttpStatusCode.Unauthorized)]
    [InlineData("DOTNET_RUNNING_IN_CONTAINER", "true", HttpStatusCode.Unauthorized)]
    [InlineData("CINELEDGER_REQUIRE_KEY", "true", HttpStatusCode.Unauthorized)]
    [InlineData("CINELEDGER_REQUIRE_KEY", "false", HttpStatusCode.OK)]
    [InlineData("PORT", "5080", HttpStatusCode.OK, "--require-key", "false")]
    [InlineData("CINELEDGER_REQUIRE_KEY", "false", HttpStatusCode.Unauthorized, "--require-key")]
    public async Task Where_requests_are_forwarded_none_is_local_unless_an_option_says_so(string variable, string value, HttpStatusCode status, params string[] options)
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        var address = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";
        await using var serving = CineLedgerProcess.Start(
            _workspace.Folder, ["serve", "--urls", address, .. options], null, new Dictionary<string, string> { [variable] = value });
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, serving);
        using var response = await client.GetAsync("/api/v1/reports/genres", Cancel);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task An_option_overrides_the_environment_and_an_invalid_port_is_reported()
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean);
        var port = new Dictionary<string, string> { ["PORT"] = "http" };
        Assert.Contains("$PORT: 'http' is not a port", Workspace.OneLine(await _workspace.RunAsync(["serve"], null, port), 2), StringComparison.Ordinal);
        var address = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";
        await using var serving = CineLedgerProcess.Start(_workspace.Folder, ["serve", "--urls", address], null, port);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, serving);
        Assert.Equal(0, (await _workspace.RunAsync(["health", "--url", address], null, port)).ExitCode);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task A_ledger_on_read_only_storage_is_served_and_large_sorts_use_the_fallback_folder()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "requires root, which then drops its capabilities");
        await _workspace.RunSuccessfullyAsync("load", datasets.Large, "--store", "image.duckdb");
        var image = Directory.CreateDirectory(_workspace.GetPath("image"));
        File.Move(_workspace.GetPath("image.duckdb"), Path.Combine(image.FullName, "movies.duckdb"));
        File.SetUnixFileMode(image.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var address = $"http://127.0.0.1:{ProcessServer.FindFreePort()}";

        // Root without the capabilities to bypass file permissions.
        await using var serving = CineLedgerProcess.StartOther(
            _workspace.Folder, "setpriv", ["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search", "--", CineLedgerProcess.Executable, "serve", "--read-only", "--store", "image/movies.duckdb", "--urls", address]);
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        await ProcessServer.WaitAsync(client, serving);
        using var response = await client.GetAsync("/api/v1/movies?format=ndjson&order=title", Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True((await response.Content.ReadAsStringAsync(Cancel)).Split('\n').Length > 20_000);
        Assert.Equal(["movies.duckdb"], image.GetFileSystemInfos().Select(file => file.Name));
        serving.Signal(CineLedgerProcess.Terminate);
        Assert.Equal(0, (await serving.WaitAsync()).ExitCode);
        File.SetUnixFileMode(image.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void All_build_configuration_is_copied_into_the_image_build()
    {
        string[] says = [".editorconfig", "global.json", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "nuget.config"];
        var there = says.Where(name => File.Exists(Repository.GetPath(name))).ToList();
        Assert.Contains(".editorconfig", there);
        var context = File.ReadAllLines(Repository.GetPath(".dockerignore"));
        var copied = File.ReadAllLines(DeployedFiles.GetPath("Dockerfile")).Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')).ToHashSet();
        Assert.All(there, name => Assert.True(context.Contains($"!{name}") && copied.Contains(name), $"{name} is not copied into the image build"));
    }

    [Fact]
    public void The_image_has_no_shell_and_no_root_and_checks_its_own_health()
    {
        var lines = File.ReadAllLines(DeployedFiles.GetPath("Dockerfile"));
        var final = lines[Array.FindLastIndex(lines, line => line.StartsWith("FROM ", StringComparison.Ordinal))..];
        Assert.Matches("-chiseled(@sha256:[0-9a-f]{64})?$", final[0]);
        Assert.Contains(final, line => line.Contains("DOTNET_EnableDiagnostics=0", StringComparison.Ordinal));
        Assert.Contains("USER 1654", final);
        Assert.Contains("STOPSIGNAL SIGTERM", final);
        Assert.Contains("""ENTRYPOINT ["/app/cineledger"]""", final);
        Assert.Contains(final, line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal) && line.EndsWith("""CMD ["/app/cineledger", "health"]""", StringComparison.Ordinal));
        Assert.DoesNotContain(final, line => line.StartsWith("RUN ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_version_is_a_release_or_follows_one() =>
        Assert.Matches(@"^\d+\.\d+\.\d+(-[a-z]+(\.\d+)+)?(\+[0-9a-f]+)?$", (await _workspace.RunSuccessfullyAsync("--version")).Output.Trim());

    public void Dispose() => _workspace.Dispose();
}
