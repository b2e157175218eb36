using System.Globalization;
using System.Text;
using CineLedger.Storage.Postgres;
using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;
using CineLedger.Tests.Support;
using Confluent.Kafka;
using Npgsql;

namespace CineLedger.SystemTests.Kafka;

/// <summary>The commands <c>publish</c> and <c>consume</c>, tested over Kafka's protocol.</summary>
public sealed class StreamTests(Datasets datasets, SharedServer server) : IDisposable
{
    private readonly MockCluster _kafka = new();
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _kafka.Dispose();
        _workspace.Dispose();
    }

    [Fact]
    public async Task A_dataset_published_and_consumed_gives_the_same_reports_as_a_loaded_one()
    {
        _kafka.CreateTopic("movies", 4);
        var loaded = await LoadedAsync(datasets.Movies);
        Assert.Contains("removed, others unchanged", (await PublishAsync(datasets.Movies)).Error, StringComparison.Ordinal);
        await ConsumeAsync();
        Assert.Equal(loaded, await ReportsAsync(_workspace.Store));

        // The second time there is nothing to publish and nothing to consume.
        Assert.Contains(": 0 of ", (await PublishAsync(datasets.Movies)).Error, StringComparison.Ordinal);
        Assert.Contains(": 0 messages", (await ConsumeAsync()).Error, StringComparison.Ordinal);

        // Another dataset changes, adds and removes movies.
        await PublishAsync(datasets.Clean, "--accept", Workspace.AnyContent);
        await ConsumeAsync();
        Assert.Equal(await LoadedAsync(datasets.Clean), await ReportsAsync(_workspace.Store));
    }

    [Fact]
    public async Task Invalid_messages_become_findings_and_dead_letters_and_stop_nothing()
    {
        _kafka.CreateTopic("movies", 1);
        _kafka.CreateTopic("dead", 1);
        using var producer = Producer();
        (string? Key, byte[]? Value)[] messages =
        [
            ("1", Movie(1)), ("2", "nonsense"u8.ToArray()), ("2", [0, 0xff, 0xfe]), ("x", Movie(3)), ("4", Movie(5)), (null, null), ("6", new byte[4 << 20]), (null, Movie(7)), ("8", Movie(8)),
            ("8", null), ("9", "{\"id\": 9, \"title\": \"Nine\", \"budget\": \"GATORADE\"}"u8.ToArray()),
        ];
        foreach (var (key, value) in messages)
        {
            await SendAsync(producer, key, value);
        }

        var consumed = await ConsumeAsync("--dead-letter", "dead");
        Assert.Contains(": 11 messages", consumed.Error, StringComparison.Ordinal);
        Assert.Equal("1,7,9", await IdsAsync());
        var findings = (await _workspace.RunSuccessfullyAsync("findings", "--format", "csv")).Output.Replace("\r", "", StringComparison.Ordinal)
            .Split('\n')[1..^1].Select(line => string.Join(' ', line.Split(',')[1..5])).ToList();
        Assert.Equal(
            [
                "reject invalid-json movies/0 1", "reject invalid-json movies/0 2", "reject invalid-id movies/0 3", "reject invalid-id movies/0 4", "reject invalid-id movies/0 5",
                "reject invalid-json movies/0 6", "flag shared-company-id movies/0 7", "flag shared-company-id movies/0 8", "reject invalid-number movies/0 10",
            ],
            findings.Order(StringComparer.Ordinal).OrderBy(line => int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture)));
        Assert.Equal(["movies/0@1", "movies/0@2", "movies/0@3", "movies/0@4", "movies/0@5", "movies/0@6"], DeadLetters(6));
    }

    [Fact]
    public async Task A_damaged_batch_stops_the_consumer_before_its_messages_and_can_be_accepted()
    {
        const int Movies = 60;
        _kafka.CreateTopic("movies", 2);
        using var producer = Producer();
        await SendAllAsync(id => Movie(id, 5_000_000 + id));
        await RunConsumeAsync(0);
        await SendAllAsync(id => Movie(id, 6_000_000 + id));
        await RunConsumeAsync(0);

        // The unit is wrong now: cents instead of dollars.
        await SendAllAsync(id => Movie(id, 600_000_000 + (100 * id)));
        var offsets = await SqlAsync("SELECT SUM(next_offset) FROM stream_offset");
        for (var i = 0; i < 2; i++)
        {
            var stopped = Workspace.OneLine(await RunConsumeAsync(3), 3);
            Assert.Contains("revenue changed by a factor of more than five for 60 of 60 changed movies", stopped, StringComparison.Ordinal);
            Assert.Matches(@"will read these messages again: movies/0 offsets \d+ to \d+, movies/1 offsets \d+ to \d+\. If they are correct, start it with --accept amounts", stopped);
        }

        Assert.Equal(("2", offsets), (await SqlAsync("SELECT MAX(snapshot_id) FROM snapshot"), await SqlAsync("SELECT SUM(next_offset) FROM stream_offset")));
        Assert.Equal("2 gated", await SqlAsync("SELECT COUNT(*) || ' ' || MAX(state) FROM load_run WHERE trigger = 'stream'"));
        Assert.Contains("amounts", (await _workspace.RunSuccessfullyAsync("loads", "--trigger", "stream", "--format", "csv")).Output, StringComparison.Ordinal);
        await RunConsumeAsync(0, "--accept", "amounts,changed");
        Assert.Equal($"{Movies * 3} {Movies * 600_000_000L + (100 * Movies * (Movies + 1) / 2)}", await SqlAsync("SELECT (SELECT SUM(next_offset) FROM stream_offset) || ' ' || SUM(revenue) FROM movies"));
        Assert.Equal("1", await SqlAsync("SELECT COUNT(*) FROM load_gate WHERE gate = 'amounts' AND accepted_by IS NOT NULL"));

        async Task SendAllAsync(Func<int, byte[]> create)
        {
            for (var id = 1; id <= Movies; id++)
            {
                await SendAsync(producer, $"{id}", create(id));
            }
        }

        async Task<CommandResult> RunConsumeAsync(int exitCode, params string[] options)
        {
            var result = await _workspace.RunAsync([.. Consume, "--until-end", .. options]);
            Assert.True(result.ExitCode == exitCode, result.Error);
            return result;
        }
    }

    [Fact]
    public async Task A_poison_message_alone_becomes_a_snapshot_with_its_finding()
    {
        _kafka.CreateTopic("movies", 1);
        using var producer = Producer();
        await SendAsync(producer, "1", Movie(1));
        await ConsumeAsync();
        await SendAsync(producer, "1", "nonsense"u8.ToArray());
        await ConsumeAsync();
        Assert.Contains("invalid-json", (await _workspace.RunSuccessfullyAsync("findings", "--format", "csv")).Output, StringComparison.Ordinal);
        Assert.Equal("1", await IdsAsync());
    }

    [Fact]
    public async Task A_repeatedly_killed_consumer_loses_and_duplicates_nothing()
    {
        const int Messages = 24_000;
        _kafka.CreateTopic("movies", 8);
        using var producer = Producer();

        // Each of 6,000 movies has four messages, of which the last counts.
        for (var i = 0; i < Messages; i++)
        {
            producer.Produce("movies", new() { Key = Encoding.ASCII.GetBytes($"{(i % 6_000) + 1}"), Value = Movie((i % 6_000) + 1, 1_000 + i) });
        }

        producer.Flush(Cancel);

        var random = new Random(7);
        for (var killed = 0; killed < 5; killed++)
        {
            await using var process = Start("--batch-records", "1000");
            await WaitForWritesAsync(process, times: random.Next(1, 6));
            process.Signal(CineLedgerProcess.Kill);
            await process.WaitAsync();
        }

        await ConsumeAsync();
        var totals = await SqlAsync("SELECT COUNT(*) || ' ' || SUM(revenue) FROM movies");
        Assert.Equal($"6000 {Enumerable.Range(18_000, 6_000).Sum(i => 1_000L + i)}", totals);
        Assert.Equal($"{Messages}", await SqlAsync("SELECT SUM(records) FROM snapshot"));
        Assert.Equal($"{Messages}", await SqlAsync("SELECT SUM(next_offset) FROM stream_offset"));
    }

    [Fact]
    public async Task Consumers_of_a_group_share_a_topic_and_take_over_from_one_that_dies()
    {
        const int Movies = 4_000, Rounds = 5;
        _kafka.CreateTopic("movies", 8);
        var store = await server.CreateDatabaseAsync();
        using var producer = Producer();
        string[] options = ["--store", store, "--batch-records", "500", "--batch-wait", "300ms"];
        await using var dies = Start(options);
        await using var stays = Start(options);
        for (var round = 0; round < Rounds; round++)
        {
            for (var id = 1; id <= Movies; id++)
            {
                producer.Produce("movies", new() { Key = Encoding.ASCII.GetBytes($"{id}"), Value = Movie(id, 1_000 + round) });
            }

            producer.Flush(Cancel);
            var started = Movies * round;
            await Wait.UntilAsync($"round {round} is being consumed", async () => await CountConsumedAsync(store) > started);
        }

        dies.Signal(CineLedgerProcess.Kill);
        await dies.WaitAsync();
        await using var comes = Start(options);
        await Wait.ForAsync("all messages are taken", () => CountConsumedAsync(store), taken => taken == Movies * Rounds);
        foreach (var (one, signal) in ((CineLedgerProcess, int)[])[(stays, CineLedgerProcess.HangUp), (comes, CineLedgerProcess.Terminate)])
        {
            one.Signal(signal);
            var ended = await one.WaitAsync();
            Assert.True(ended.ExitCode is 0 or 1, ended.Error);
            Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        }

        Assert.Equal($"{Movies} {Movies * (1_000 + Rounds - 1)}", await SqlAsync("SELECT COUNT(*) || ' ' || SUM(revenue) FROM movies", store));
        Assert.Equal($"{Movies * Rounds}", await SqlAsync("SELECT SUM(records) FROM snapshot", store));
    }

    [Fact]
    public async Task Large_messages_are_consumed_and_the_last_message_of_a_movie_wins()
    {
        _kafka.CreateTopic("movies", 1);
        using var producer = Producer();

        // A larger message would not fit in the mock cluster.
        var large = Encoding.UTF8.GetBytes($$"""{"id": 1, "title": "Large", "overview": "{{new string('x', 4 << 20)}}", "genres": []}""");
        foreach (var value in (byte[][])[Movie(1, 9), large, Movie(1, 7), Movie(1, 8)])
        {
            await SendAsync(producer, "1", value);
        }

        Assert.Contains(": 4 messages", (await ConsumeAsync()).Error, StringComparison.Ordinal);
        Assert.Equal("1 8", await SqlAsync("SELECT movie_id || ' ' || revenue FROM movies"));
        await SendAsync(producer, "1", large);
        await ConsumeAsync();
        Assert.Equal($"{4 << 20}", await SqlAsync("SELECT LENGTH(overview) FROM movie WHERE until IS NULL"));
    }

    [Fact]
    public async Task A_missing_topic_is_awaited_by_consume_and_fails_publish_in_one_line()
    {
        var refused = Workspace.OneLine(await _workspace.RunAsync("publish", datasets.Clean, "--brokers", _kafka.Bootstrap, "--topic", "absent"), 1);
        Assert.Contains("the topic does not exist", refused, StringComparison.Ordinal);
        await using var process = Start("--topic", "later");
        await process.WaitForOutputAsync("the topic does not exist");
        var query = _kafka.MetadataRequests;
        await Wait.UntilAsync("the client keeps requesting the topic's metadata", () => _kafka.MetadataRequests >= query + 3);
        Assert.False(process.HasExited);
        process.Signal(CineLedgerProcess.Terminate);
        var ended = await process.WaitAsync();
        Assert.Single(ended.ErrorLines, line => line.Contains("the topic does not exist", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unavailable_brokers_are_logged_in_one_line_and_retried()
    {
        _kafka.CreateTopic("movies", 1);
        using var producer = Producer();
        await SendAsync(producer, "1", Movie(1));
        for (var broker = 1; broker <= 3; broker++)
        {
            _kafka.SetDown(broker);
        }

        await using var process = Start("--until-end");
        await process.WaitForOutputAsync("no broker responds");
        Assert.False(process.HasExited);
        for (var broker = 1; broker <= 3; broker++)
        {
            _kafka.SetUp(broker);
        }

        var result = await process.WaitAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Single(result.ErrorLines, line => line.Contains("no broker responds", StringComparison.Ordinal));
        Assert.Equal("1", await IdsAsync());
    }

    [Fact]
    public async Task Missing_or_invalid_brokers_give_a_one_line_error_without_secrets()
    {
        Assert.Contains("--brokers", Workspace.OneLine(await _workspace.RunAsync("consume"), 2), StringComparison.Ordinal);
        var bad = Workspace.OneLine(
            await _workspace.RunAsync(["consume", "--brokers", "127.0.0.1:1", "--kafka-option", "security.protocol=s3cret"], null, null), 2);
        Assert.Contains("security.protocol", bad, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", bad, StringComparison.Ordinal);
        Assert.Contains(
            "is not a valid Kafka name",
            Workspace.OneLine(await _workspace.RunAsync("consume", "--brokers", "127.0.0.1:1", "--topic", "a b"), 2),
            StringComparison.Ordinal);
    }

    /// <summary>Waits until a consumer has written to its ledger this many times.</summary>
    private async Task WaitForWritesAsync(CineLedgerProcess process, int times)
    {
        var seen = 0;
        var last = Written();
        await Wait.UntilAsync($"{times} writes", () =>
        {
            var now = Written();
            seen += now == last ? 0 : 1;
            last = now;
            return seen >= times || process.HasExited;
        });
        (long, long) Written() => (Length(_workspace.Store), Length($"{_workspace.Store}.wal"));
        static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
    }

    /// <summary>Returns the number of messages that a ledger in PostgreSQL has consumed.</summary>
    private static async Task<long> CountConsumedAsync(string store)
    {
        await using var connection = new NpgsqlConnection(PostgresAddress.Parse(store).ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var count = new NpgsqlCommand("SELECT COALESCE(SUM(next_offset), 0)::BIGINT FROM stream_offset", connection);
        try
        {
            return (long)(await count.ExecuteScalarAsync(Cancel))!;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
    }

    private CineLedgerProcess Start(params string[] options) => _workspace.Start([.. Consume, "--accept", Workspace.AnyContent, .. options]);

    private Task<CommandResult> ConsumeAsync(params string[] options) => _workspace.RunSuccessfullyAsync([.. Consume, "--until-end", "--accept", Workspace.AnyContent, .. options]);

    /// <summary>The arguments of <c>consume</c>. The group notices a dead consumer after a second.</summary>
    private string[] Consume => ["consume", "--brokers", _kafka.Bootstrap, "--kafka-option", "session.timeout.ms=1000", "--kafka-option", "heartbeat.interval.ms=300"];

    private Task<CommandResult> PublishAsync(string source, params string[] options) => _workspace.RunSuccessfullyAsync(["publish", source, "--brokers", _kafka.Bootstrap, .. options]);

    private async Task<string> LoadedAsync(string source)
    {
        var store = _workspace.GetPath($"loaded-{Guid.NewGuid():N}.duckdb");
        await _workspace.RunSuccessfullyAsync("load", source, "--store", store, "--only", "movies");
        return await ReportsAsync(store);
    }

    private async Task<string> ReportsAsync(string store)
    {
        var reports = await Task.WhenAll(((string[])["companies", "genres", "company-genres"]).Select(report => _workspace.RunSuccessfullyAsync("report", report, "--store", store, "--format", "csv")));
        return string.Concat(reports.Select(report => report.Output));
    }

    private Task<string> IdsAsync() => SqlAsync("SELECT STRING_AGG(CAST(movie_id AS TEXT), ',' ORDER BY movie_id) FROM movies");

    private async Task<string> SqlAsync(string sql, string? store = null)
    {
        var result = await _workspace.RunAsync(["sql", sql, "--format", "csv", .. store is null ? [] : (string[])["--store", store]]);
        return result.ExitCode == 0 ? result.Output.Split('\n')[1].Trim('"', '\r') : result.Error;
    }

    private IProducer<byte[]?, byte[]?> Producer() =>
        new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
        {
            BootstrapServers = _kafka.Bootstrap,
            MessageMaxBytes = 20 << 20,
            EnableIdempotence = true,
            LingerMs = 20,
            Partitioner = Partitioner.Murmur2Random
        })
            .SetLogHandler((_, _) => { }).Build();

    private static Task<DeliveryResult<byte[]?, byte[]?>> SendAsync(IProducer<byte[]?, byte[]?> producer, string? key, byte[]? value) =>
        producer.ProduceAsync("movies", new() { Key = key is null ? null : Encoding.UTF8.GetBytes(key), Value = value }, Cancel);

    private static byte[] Movie(int id, int revenue = 5_000) =>
        Encoding.UTF8.GetBytes($$"""{"id": {{id}}, "title": "Movie {{id}}", "release_date": "2001-05-01", "revenue": {{revenue}}, "genres": [{"id": 18, "name": "Drama"}], "production_companies": [{"id": 3, "name": "Company {{id % 50}}"}]}""");

    private List<string> DeadLetters(int count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(
            new ConsumerConfig { BootstrapServers = _kafka.Bootstrap, GroupId = "dead", AutoOffsetReset = AutoOffsetReset.Earliest })
            .SetLogHandler((_, _) => { }).Build();
        consumer.Assign(new TopicPartitionOffset("dead", 0, Offset.Beginning));
        var letters = new List<string>();
        while (letters.Count < count && consumer.Consume(TimeSpan.FromSeconds(20)) is { } letter)
        {
            letters.Add(Encoding.UTF8.GetString(letter.Message.Headers.GetLastBytes("cineledger-from")));
        }

        return letters;
    }
}
