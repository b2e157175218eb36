using System.Globalization;
using System.Text;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;
using CineLedger.SystemTests.Web;
using CineLedger.Tests.Support;
using Confluent.Kafka;

namespace CineLedger.SystemTests.Kafka;

/// <summary>What a ledger's snapshots change, published for other programs: <c>serve --publish-changes</c>.</summary>
public sealed class ChangeFeedTests(Datasets datasets, SharedServer server) : IDisposable
{
    private const string Topic = "changes";
    private const int Partitions = 4;

    private readonly MockCluster _kafka = new();
    private readonly Desk _desk = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _kafka.Dispose();
        _desk.Dispose();
    }

    [Fact]
    public async Task Each_snapshot_is_told_film_by_film_whenever_it_was_loaded()
    {
        _kafka.CreateTopic(Topic, Partitions);
        await LoadAsync(1, 2, 3);
        await using (var served = await ServeAsync())
        {
            Assert.Equal(["1 added 1", "1 added 2", "1 added 3"], await ToldAsync(3));
            await served.LoadAsync(new { source = Write(Film(1), Film(2, revenue: 7), Film(4)), allowShrink = true });
            Assert.Equal(["2 added 4", "2 changed 2", "2 removed 3"], (await ToldAsync(6))[3..]);
            var metrics = await served.Client.GetStringAsync("/metrics", Cancel);
            Assert.Contains("cineledger_changes_published_total{topic=\"changes\"} ", metrics, StringComparison.Ordinal);
            Assert.Contains("cineledger_changes_behind{topic=\"changes\"} 0", metrics, StringComparison.Ordinal);
            Assert.Equal(0, (await served.EndAsync()).ExitCode);
        }

        // While no server runs; and back to what is in the topic already.
        await LoadAsync(1);
        await LoadAsync(1, 5);
        await _desk.GoodAsync("snapshots", "revert", "3");
        await using (await ServeAsync())
        {
            Assert.Equal(["3 removed 2", "3 removed 4", "4 added 5", "5 removed 5"], (await ToldAsync(10))[6..]);
        }

        Assert.All(await TopicMessages.ReadAsync(_kafka, Topic, Partitions, 10), message => Assert.Equal(
            DateTime.UtcNow, DateTime.Parse(TopicMessages.Header(message, "cineledger-published-at"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task Another_ledger_that_consumes_them_gives_the_same_reports()
    {
        _kafka.CreateTopic(Topic, Partitions);
        await _desk.GoodAsync("load", datasets.Films, "--only", "movies");
        await using var served = await ServeAsync("--load-from", Path.GetDirectoryName(datasets.Clean)!);
        await FollowAsync(served);
        await served.LoadAsync(new { source = Path.GetFileName(datasets.Clean), allowShrink = true, only = new[] { "movies" } });
        await FollowAsync(served);
    }

    [Fact]
    public async Task A_server_that_is_killed_while_it_publishes_leaves_out_nothing()
    {
        _kafka.CreateTopic(Topic, Partitions);
        await LoadAsync([.. Enumerable.Range(1, 12_000)]);
        await using (var dies = await ServeAsync())
        {
            await Wait.UntilAsync("some changes are published", async () => await PublishedAsync(dies) > 0);
            dies.Process.Signal(CineLedgerProcess.Kill);
            await dies.Process.WaitAsync();
        }

        await _desk.GoodAsync("load", Write([.. Enumerable.Range(1, 12_000).Where(i => i % 3 != 0).Select(i => Film(i, revenue: i % 2))]), "--allow-shrink");
        await using var served = await ServeAsync();
        await FollowAsync(served);
    }

    [Fact]
    public async Task What_was_pruned_before_it_was_told_is_made_good_by_a_look_at_the_topic()
    {
        _kafka.CreateTopic(Topic, Partitions);
        await LoadAsync(1, 2, 3);
        await using (var served = await ServeAsync())
        {
            Assert.Equal(3, (await ToldAsync(3)).Count);
            await served.EndAsync();
        }

        await LoadAsync(1, 2);
        await LoadAsync(1, 2, 4);
        await _desk.GoodAsync("snapshots", "prune", "--keep", "1");
        await using (await ServeAsync())
        {
            Assert.Equal(["3 added 4", "3 removed 3"], (await ToldAsync(5))[3..]);
        }
    }

    [Fact]
    public async Task Of_two_servers_of_a_ledger_one_publishes_and_when_it_ends_the_other_goes_on()
    {
        _kafka.CreateTopic(Topic, Partitions);
        var store = await server.CreateDatabaseAsync();
        await LoadAsync(["--store", store], 1, 2);
        await using var first = await ServeAsync("--store", store);
        await using var second = await ServeAsync("--store", store);
        Assert.Equal(["1 added 1", "1 added 2"], await ToldAsync(2));
        await LoadAsync(["--store", store], 1, 2, 3);
        Assert.Equal("2 added 3", (await ToldAsync(3))[^1]);
        await first.EndAsync();
        await LoadAsync(["--store", store], 1, 2, 3, 4);
        Assert.Equal("3 added 4", (await ToldAsync(4))[^1]);
    }

    [Fact]
    public async Task Without_its_topic_or_brokers_a_server_answers_and_says_once_what_is_the_matter()
    {
        await LoadAsync(1);
        await using var served = await ServeAsync();
        await served.Process.SaysAsync("there is no such topic");
        await served.JsonAsync("/api/v1/reports/genres");
        var ended = await served.EndAsync();
        Assert.Equal(0, ended.ExitCode);
        Assert.Single(ended.ErrorLines, line => line.Contains("Changes are not published at the moment", StringComparison.Ordinal) && line.Contains("there is no such topic", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_meant_is_one_line_before_anything_is_served()
    {
        await LoadAsync(1);
        foreach (var (options, line) in (IEnumerable<(string[], string)>)
        [
            (["--publish-changes", "a b", "--brokers", "127.0.0.1:1"], "can be no name in Kafka"),
            (["--publish-changes", "changes"], "--brokers: name some"),
            (["--brokers", "127.0.0.1:1"], "belong to --publish-changes"),
            (["--publish-changes", "changes", "--brokers", "127.0.0.1:1", "--read-only"], "--read-only cannot write down"),
            (["--publish-changes", "changes", "--brokers", "127.0.0.1:1", "--kafka-option", "no.such=1"], "no.such"),
        ])
        {
            Assert.Contains(line, Desk.OneLine(await _desk.RunAsync(["serve", "--urls", "http://127.0.0.1:0", .. options]), 2), StringComparison.Ordinal);
        }
    }

    private Task<ServeProcess> ServeAsync(params string[] options) =>
        ServeProcess.StartAsync(_desk, ["--publish-changes", Topic, "--brokers", _kafka.Bootstrap, .. options.Contains("--load-from") ? options : [.. options, "--load-from", _desk.Folder]]);

    /// <summary>Takes the topic into another ledger till that is what the first one is.</summary>
    private async Task FollowAsync(ServeProcess served)
    {
        string[] reports = ["companies", "genres", "company-genres"];
        var wanted = string.Concat(await Task.WhenAll(reports.Select(report => served.Client.GetStringAsync($"/api/v1/reports/{report}?format=csv", Cancel))));
        var mirror = _desk.PathOf("mirror.duckdb");
        await Wait.UntilAsync("all changes are published", async () => (await served.Client.GetStringAsync("/metrics", Cancel)).Contains("cineledger_changes_behind{topic=\"changes\"} 0", StringComparison.Ordinal));
        await Wait.ForAsync(
            "the other ledger has the same reports",
            async () =>
            {
                await _desk.GoodAsync("consume", "--brokers", _kafka.Bootstrap, "--topic", Topic, "--store", mirror, "--until-end");
                return string.Concat(await Task.WhenAll(reports.Select(async report => (await _desk.RunAsync("report", report, "--store", mirror, "--format", "csv")).Output)));
            },
            got => got == wanted);
    }

    /// <summary>How many messages the topic holds, as the server counts them.</summary>
    private static async Task<long> PublishedAsync(ServeProcess served)
    {
        var line = (await served.Client.GetStringAsync("/metrics", Cancel)).Split('\n').FirstOrDefault(line => line.StartsWith("cineledger_changes_published_total{", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
    }

    /// <summary>What is told, as "snapshot what film", in the order of the snapshots.</summary>
    private async Task<List<string>> ToldAsync(int count) =>
    [
        .. (await TopicMessages.ReadAsync(_kafka, Topic, Partitions, count)).Select(Text).Order(StringComparer.Ordinal),
    ];

    private static string Text(ConsumeResult<byte[], byte[]?> message)
    {
        var (change, film) = (TopicMessages.Header(message, "cineledger-change"), Encoding.ASCII.GetString(message.Message.Key));
        Assert.Equal(change == "removed", message.Message.Value is null);
        return $"{TopicMessages.Header(message, "cineledger-snapshot")} {change} {film}";
    }

    private Task<CommandResult> LoadAsync(params int[] ids) => LoadAsync([], ids);

    private Task<CommandResult> LoadAsync(string[] options, params int[] ids) =>
        _desk.GoodAsync(["load", Write([.. ids.Select(id => Film(id))]), "--allow-shrink", .. options]);

    private string Write(params MovieRow[] films) => _desk.Write($"{Guid.NewGuid():N}.csv", MovieFile.Text(films));

    private static MovieRow Film(int id, int revenue = 5_000) => MovieFile.Full(id, ("title", $"Film {id}"), ("revenue", $"{revenue}"));
}
