using System.Globalization;
using System.Text;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;
using Confluent.Kafka;

namespace CineLedger.SystemTests.Kafka;

/// <summary>The changes between a ledger's snapshots, published for other programs by <c>serve --publish-changes</c>.</summary>
public sealed class ChangeFeedTests(Datasets datasets, SharedServer server) : IDisposable
{
    private const string Topic = "changes";
    private const int Partitions = 4;

    private readonly MockCluster _kafka = new();
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _kafka.Dispose();
        _workspace.Dispose();
    }

    [Fact]
    public async Task Each_snapshots_changes_are_published_movie_by_movie()
    {
        _kafka.CreateTopic(Topic, Partitions);
        await LoadAsync(1, 2, 3);
        await using (var served = await ServeAsync())
        {
            Assert.Equal(["1 added 1", "1 added 2", "1 added 3"], await ReadChangesAsync(3));
            await served.LoadAsync(new { source = Write(Movie(1), Movie(2, revenue: 7), Movie(4)), accept = Workspace.AnyContent.Split(',') });
            Assert.Equal(["2 added 4", "2 changed 2", "2 removed 3"], (await ReadChangesAsync(6))[3..]);
            var metrics = await served.Client.GetStringAsync("/metrics", Cancel);
            Assert.Contains("cineledger_changes_published_total{topic=\"changes\"} ", metrics, StringComparison.Ordinal);
            Assert.Contains("cineledger_changes_behind{topic=\"changes\"} 0", metrics, StringComparison.Ordinal);
            Assert.Equal(0, (await served.EndAsync()).ExitCode);
        }

        // Changes while no server runs, including a revert.
        await LoadAsync(1);
        await LoadAsync(1, 5);
        await _workspace.RunSuccessfullyAsync("snapshots", "revert", "3");
        await using (await ServeAsync())
        {
            Assert.Equal(["3 removed 2", "3 removed 4", "4 added 5", "5 removed 5"], (await ReadChangesAsync(10))[6..]);
        }

        Assert.All(await TopicMessages.ReadAsync(_kafka, Topic, Partitions, 10), message => Assert.Equal(
            DateTime.UtcNow, DateTime.Parse(TopicMessages.Header(message, "cineledger-published-at"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task Another_ledger_that_consumes_them_gives_the_same_reports()
    {
        _kafka.CreateTopic(Topic, Partitions);
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--only", "movies");
        await using var served = await ServeAsync("--load-from", Path.GetDirectoryName(datasets.Clean)!);
        await FollowAsync(served);
        await served.LoadAsync(new { source = Path.GetFileName(datasets.Clean), accept = Workspace.AnyContent.Split(','), only = new[] { "movies" } });
        await FollowAsync(served);
    }

    [Fact]
    public async Task A_server_killed_while_publishing_omits_no_change()
    {
        _kafka.CreateTopic(Topic, Partitions);
        await LoadAsync([.. Enumerable.Range(1, 12_000)]);
        await using (var dies = await ServeAsync())
        {
            await Wait.UntilAsync("some changes are published", async () => await PublishedAsync(dies) > 0);
            dies.Process.Signal(CineLedgerProcess.Kill);
            await dies.Process.WaitAsync();
        }

        await _workspace.RunSuccessfullyAsync("load", Write([.. Enumerable.Range(1, 12_000).Where(i => i % 3 != 0).Select(i => Movie(i, revenue: i % 2))]), "--accept", Workspace.AnyContent);
        await using var served = await ServeAsync();
        await FollowAsync(served);
    }

    [Fact]
    public async Task Changes_pruned_before_publication_are_restored_by_comparing_the_topic()
    {
        _kafka.CreateTopic(Topic, Partitions);
        await LoadAsync(1, 2, 3);
        await using (var served = await ServeAsync())
        {
            Assert.Equal(3, (await ReadChangesAsync(3)).Count);
            await served.EndAsync();
        }

        await LoadAsync(1, 2);
        await LoadAsync(1, 2, 4);
        await _workspace.RunSuccessfullyAsync("snapshots", "prune", "--keep", "1");
        await using (await ServeAsync())
        {
            Assert.Equal(["3 added 4", "3 removed 3"], (await ReadChangesAsync(5))[3..]);
        }
    }

    [Fact]
    public async Task One_of_two_servers_publishes_and_the_other_takes_over_when_it_stops()
    {
        _kafka.CreateTopic(Topic, Partitions);
        var store = await server.CreateDatabaseAsync();
        await LoadAsync(["--store", store], 1, 2);
        await using var first = await ServeAsync("--store", store);
        await using var second = await ServeAsync("--store", store);
        Assert.Equal(["1 added 1", "1 added 2"], await ReadChangesAsync(2));
        await LoadAsync(["--store", store], 1, 2, 3);
        Assert.Equal("2 added 3", (await ReadChangesAsync(3))[^1]);
        await first.EndAsync();
        await LoadAsync(["--store", store], 1, 2, 3, 4);
        Assert.Equal("3 added 4", (await ReadChangesAsync(4))[^1]);
    }

    [Fact]
    public async Task Without_topic_or_brokers_a_server_responds_and_logs_the_problem_once()
    {
        await LoadAsync(1);
        await using var served = await ServeAsync();
        await served.Process.WaitForOutputAsync("the topic does not exist");
        await served.JsonAsync("/api/v1/reports/genres");
        var ended = await served.EndAsync();
        Assert.Equal(0, ended.ExitCode);
        Assert.Single(
            ended.ErrorLines,
            line => line.Contains("Changes cannot be published at the moment", StringComparison.Ordinal) && line.Contains("the topic does not exist", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contradictory_options_are_a_one_line_error_before_the_server_starts()
    {
        await LoadAsync(1);
        foreach (var (options, line) in (IEnumerable<(string[], string)>)
        [
            (["--publish-changes", "a b", "--brokers", "127.0.0.1:1"], "is not a valid Kafka name"),
            (["--publish-changes", "changes"], "--brokers: name at least one"),
            (["--brokers", "127.0.0.1:1"], "require --publish-changes"),
            (["--publish-changes", "changes", "--brokers", "127.0.0.1:1", "--read-only"], "cannot be combined with --read-only"),
            (["--publish-changes", "changes", "--brokers", "127.0.0.1:1", "--kafka-option", "no.such=1"], "no.such"),
        ])
        {
            Assert.Contains(line, Workspace.OneLine(await _workspace.RunAsync(["serve", "--urls", "http://127.0.0.1:0", .. options]), 2), StringComparison.Ordinal);
        }
    }

    private Task<ServeProcess> ServeAsync(params string[] options) =>
        ServeProcess.StartAsync(_workspace, ["--publish-changes", Topic, "--brokers", _kafka.Bootstrap, .. options.Contains("--load-from") ? options : [.. options, "--load-from", _workspace.Folder]]);

    /// <summary>Consumes the topic into another ledger until its reports equal those of the first.</summary>
    private async Task FollowAsync(ServeProcess served)
    {
        string[] reports = ["companies", "genres", "company-genres"];
        var expected = string.Concat(await Task.WhenAll(reports.Select(report => served.Client.GetStringAsync($"/api/v1/reports/{report}?format=csv", Cancel))));
        var mirror = _workspace.GetPath("mirror.duckdb");
        await Wait.UntilAsync("all changes are published", async () => (await served.Client.GetStringAsync("/metrics", Cancel)).Contains("cineledger_changes_behind{topic=\"changes\"} 0", StringComparison.Ordinal));
        await Wait.ForAsync(
            "the other ledger has the same reports",
            async () =>
            {
                await _workspace.RunSuccessfullyAsync("consume", "--brokers", _kafka.Bootstrap, "--topic", Topic, "--store", mirror, "--until-end", "--accept", Workspace.AnyContent);
                return string.Concat(await Task.WhenAll(reports.Select(async report => (await _workspace.RunAsync("report", report, "--store", mirror, "--format", "csv")).Output)));
            },
            got => got == expected);
    }

    /// <summary>Returns the number of published changes, from the server's metrics.</summary>
    private static async Task<long> PublishedAsync(ServeProcess served)
    {
        var line = (await served.Client.GetStringAsync("/metrics", Cancel)).Split('\n').FirstOrDefault(line => line.StartsWith("cineledger_changes_published_total{", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
    }

    /// <summary>Returns the published changes as "snapshot change movie", ordered by snapshot.</summary>
    private async Task<List<string>> ReadChangesAsync(int count) =>
    [
        .. (await TopicMessages.ReadAsync(_kafka, Topic, Partitions, count)).Select(Text).Order(StringComparer.Ordinal),
    ];

    private static string Text(ConsumeResult<byte[], byte[]?> message)
    {
        var (change, movie) = (TopicMessages.Header(message, "cineledger-change"), Encoding.ASCII.GetString(message.Message.Key));
        Assert.Equal(change == "removed", message.Message.Value is null);
        return $"{TopicMessages.Header(message, "cineledger-snapshot")} {change} {movie}";
    }

    private Task<CommandResult> LoadAsync(params int[] ids) => LoadAsync([], ids);

    private Task<CommandResult> LoadAsync(string[] options, params int[] ids) =>
        _workspace.RunSuccessfullyAsync(["load", Write([.. ids.Select(id => Movie(id))]), "--accept", Workspace.AnyContent, .. options]);

    private string Write(params MovieRow[] movies) => _workspace.Write($"{Guid.NewGuid():N}.csv", MovieFile.Text(movies));

    private static MovieRow Movie(int id, int revenue = 5_000) => MovieFile.Full(id, ("title", $"Movie {id}"), ("revenue", $"{revenue}"));
}
