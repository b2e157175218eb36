namespace CineLedger.SystemTests.Postgres;

/// <summary>A Citus coordinator with two workers, started by the first test that uses them.</summary>
public sealed class CitusCluster : IAsyncDisposable
{
    private const string Settings =
        """
        shared_preload_libraries = 'citus'
        wal_level = logical
        citus.shard_count = 4
        citus.node_conninfo = 'sslmode=disable'
        citus.enable_statistics_collection = off
        citus.recover_2pc_interval = -1
        """;

    private readonly Lazy<Task<PostgresServer[]>> _nodes = new(StartNodesAsync);
    private int _databases;

    /// <summary>Skips the test when the extension is not installed; fails it in CI, where it must be.</summary>
    public static void SkipIfMissing()
    {
        PostgresServer.SkipIfMissing();
        if (!PostgresServer.HasExtension("citus"))
        {
            Assert.SkipUnless(
                Environment.GetEnvironmentVariable("CI") == "true", "PostgreSQL has no Citus extension here: install it (docs/storage.md), or run ./test.sh beside ../shared/citus.");
            Assert.Fail("PostgreSQL has no Citus extension.");
        }
    }

    /// <summary>The coordinator and the workers, in this order.</summary>
    public Task<PostgresServer[]> GetNodesAsync() => _nodes.Value;

    /// <summary>Creates a database on all nodes and returns its address on the coordinator.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var nodes = await _nodes.Value;
        var name = $"ledger_{Interlocked.Increment(ref _databases)}";
        foreach (var node in nodes)
        {
            // Citus creates a database only on the node that runs the statement.
            await node.ExecuteAsync("postgres", $"CREATE DATABASE {name}");
            await node.ExecuteAsync(name, "CREATE EXTENSION citus");
        }

        await nodes[0].ExecuteAsync(name, $"SELECT citus_set_coordinator_host('127.0.0.1', {nodes[0].Port})");
        foreach (var worker in nodes[1..])
        {
            await nodes[0].ExecuteAsync(name, $"SELECT citus_add_node('127.0.0.1', {worker.Port})");
        }

        return nodes[0].Address(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_nodes.IsValueCreated && _nodes.Value.IsCompletedSuccessfully)
        {
            foreach (var node in await _nodes.Value)
            {
                await node.DisposeAsync();
            }
        }
    }

    private static Task<PostgresServer[]> StartNodesAsync() => Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PostgresServer.StartNewAsync(Settings)));
}
