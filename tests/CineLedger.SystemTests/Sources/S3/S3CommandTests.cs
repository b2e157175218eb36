using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Interruptions;
using CineLedger.Tests.Support;

namespace CineLedger.SystemTests.Sources.S3;

/// <summary>S3 as the command uses it: endpoint, keys and profile come from the environment, as in AWS's own tools.</summary>
public sealed class S3CommandTests(Datasets datasets) : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_private_bucket_is_read_with_keys_from_the_environment_or_a_profile()
    {
        await using var server = await NewServerAsync();
        var keys = Environment(server, ("AWS_ACCESS_KEY_ID", S3Server.Key), ("AWS_SECRET_ACCESS_KEY", S3Server.Secret));
        var first = await _workspace.RunAsync(["load", "s3://movies/monthly/movies.zip"], null, keys);
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("Snapshot   1 published", first.Error, StringComparison.Ordinal);

        _workspace.Write("credentials", $"[press]\naws_access_key_id = {S3Server.Key}\naws_secret_access_key = {S3Server.Secret}\n");
        var profile = Environment(server, ("AWS_SHARED_CREDENTIALS_FILE", _workspace.GetPath("credentials")));
        var second = await _workspace.RunAsync(["load", "s3://movies/monthly/movies.zip", "--s3-profile", "press"], null, profile);
        Assert.Contains("the source has not changed", second.Error, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
        Assert.EndsWith($"If-None-Match: {S3Server.ComputeETag(server.Objects["monthly/movies.zip"])}", server.Requests[1], StringComparison.Ordinal);

        var anonymous = await _workspace.RunAsync(["load", "s3://movies/monthly/movies.zip", "--s3-profile", "nobody"], null, profile);
        Assert.Contains("There is no AWS profile 'nobody'", Workspace.OneLine(anonymous, 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_keys_give_a_one_line_error_that_shows_no_secret()
    {
        await using var server = await NewServerAsync();
        var wrong = Environment(server, ("AWS_ACCESS_KEY_ID", S3Server.Key), ("AWS_SECRET_ACCESS_KEY", "s3cret"));
        var line = Workspace.OneLine(await _workspace.RunAsync(["load", "s3://movies/monthly/movies.zip", "--force"], null, wrong), 1);
        Assert.Contains("the secret key does not match the access key (request sent with the keys from the environment)", line, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", line, StringComparison.Ordinal);
        var denied = Workspace.OneLine(await _workspace.RunAsync(["load", "s3://movies/monthly/movies.zip", "--s3-anonymous"], null, wrong), 1);
        Assert.Contains("access denied (request sent without credentials)", denied, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loading_from_other_sources_does_not_load_the_AWS_client()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "requires /proc, which lists the libraries of a process");
        await using var server = await NewServerAsync();
        server.Faults.Enqueue(_ => Wait.ForeverAsync(Cancel));
        Assert.DoesNotContain("AWSSDK", await LibrariesAsync(["load", "-"], Environment(server), libraries => libraries.Contains("DuckDB.NET", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("AWSSDK.S3", await LibrariesAsync(
            ["load", "s3://movies/monthly/movies.zip"], Environment(server), libraries => libraries.Contains("AWSSDK.S3", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<S3Server> NewServerAsync()
    {
        var server = new S3Server { IsPublic = false };
        server.Objects["monthly/movies.zip"] = await File.ReadAllBytesAsync(datasets.Clean, Cancel);
        return server;
    }

    /// <summary>Returns an environment without the machine's own keys.</summary>
    private Dictionary<string, string> Environment(S3Server server, params (string Name, string Value)[] more) => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = server.Endpoint,
        ["AWS_ACCESS_KEY_ID"] = "",
        ["AWS_PROFILE"] = "",
        ["AWS_SHARED_CREDENTIALS_FILE"] = _workspace.GetPath("none"),
        ["AWS_CONFIG_FILE"] = _workspace.GetPath("none"),
    }.Concat(more.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))).GroupBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Last().Value);

    /// <summary>Returns a process's memory map once the expected libraries are loaded.</summary>
    private async Task<string> LibrariesAsync(string[] arguments, Dictionary<string, string> environment, Func<string, bool> isThere)
    {
        using var input = new BlockingStream([]);
        await using var process = CineLedgerProcess.Start(_workspace.Folder, arguments, input, environment);
        var maps = "";
        await Wait.UntilAsync("the process has loaded its libraries", async () =>
        {
            maps = await File.ReadAllTextAsync($"/proc/{process.Id}/maps", Cancel);
            return isThere(maps) || process.HasExited;
        });

        input.Release();
        return maps;
    }
}
