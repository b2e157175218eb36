using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;

namespace CineLedger.SystemTests.Deployment;

/// <summary>The backups in docs/operations.md: after the ledger is destroyed and restored, every report of every snapshot has the same bytes.</summary>
public sealed class BackupTests(Datasets datasets, SharedServer server) : IDisposable
{
    private readonly Workspace _workspace = new();

    private static string Programs => Path.GetDirectoryName(DeployedFiles.Program("postgresql", [.. Directory.GetDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin", "pg_dump"))]))!;

    [Fact]
    public async Task A_database_is_restored_from_a_dump_with_its_snapshots_and_keys()
    {
        PostgresServer.SkipIfMissing();
        var store = Address(await server.CreateDatabaseAsync());
        await LoadTwiceAsync(store);
        await _workspace.RunSuccessfullyAsync("keys", "create", "ann", "--store", store);
        var keys = (await _workspace.RunSuccessfullyAsync("keys", "list", "--format", "csv", "--store", store)).Output;
        var before = await ReadAllAsync(store);
        await DeployedFiles.RunSuccessfullyAsync(_workspace.Folder, Path.Combine(Programs, "pg_dump"), "--format=custom", "--file=movies.dump", store);

        var other = Address(await server.CreateDatabaseAsync());
        await DestroyAsync(store);
        Assert.Equal(1, (await _workspace.RunAsync("report", "genres", "--store", store)).ExitCode);
        await DeployedFiles.RunSuccessfullyAsync(_workspace.Folder, Path.Combine(Programs, "pg_restore"), "--exit-on-error", "--no-owner", $"--dbname={other}", "movies.dump");
        Assert.Equal(before, await ReadAllAsync(other));
        Assert.Equal(keys, (await _workspace.RunSuccessfullyAsync("keys", "list", "--format", "csv", "--store", other)).Output);

        // Loads work in the restored ledger: the same dataset publishes nothing.
        Assert.Contains("nothing new: still 2", (await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", other)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_is_backed_up_to_one_file_by_copy_and_restored_from_it()
    {
        PostgresServer.SkipIfMissing();
        var store = Address(await server.CreateDatabaseAsync());
        await LoadTwiceAsync(store);
        var before = await ReadAllAsync(store);
        await _workspace.RunSuccessfullyAsync("copy", "--from", store, "--to", "movies.duckdb");
        await DestroyAsync(store);
        var other = Address(await server.CreateDatabaseAsync());
        await _workspace.RunSuccessfullyAsync("copy", "--from", "movies.duckdb", "--to", other);
        Assert.Equal(before, await ReadAllAsync(other));
    }

    [Fact]
    public async Task A_file_is_restored_from_a_copy_of_it()
    {
        await LoadTwiceAsync(_workspace.Store);
        await _workspace.RunSuccessfullyAsync("keys", "create", "ann");
        var before = await ReadAllAsync(_workspace.Store);
        Assert.Equal(0, (await _workspace.RunShellAsync("mkdir kept && cp -p cineledger.duckdb cineledger.duckdb.keys kept/ && rm cineledger.duckdb cineledger.duckdb.keys")).ExitCode);
        Assert.Equal(1, (await _workspace.RunAsync("report", "genres")).ExitCode);
        Assert.Equal(0, (await _workspace.RunShellAsync("cp -p kept/* .")).ExitCode);
        Assert.Equal(before, await ReadAllAsync(_workspace.Store));
        Assert.Contains("ann", (await _workspace.RunSuccessfullyAsync("keys", "list")).Output, StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private async Task LoadTwiceAsync(string store)
    {
        await _workspace.RunSuccessfullyAsync("load", datasets.Movies, "--store", store);
        await _workspace.RunSuccessfullyAsync("load", datasets.Clean, "--accept", Workspace.AnyContent, "--store", store);
    }

    private async Task<string> ReadAllAsync(string store) => await _workspace.ReadAnswersAsync(1, store) + await _workspace.ReadAnswersAsync(2, store);

    /// <summary>Returns an address in libpq's format.</summary>
    private static string Address(string store)
    {
        var address = Storage.Postgres.PostgresAddress.Parse(store);
        return $"postgres://{address.Username}{(address.Password is { Length: > 0 } password ? $":{password}" : "")}@{address.Host}:{address.Port}/{address.Database}";
    }

    private async Task DestroyAsync(string store) =>
        await DeployedFiles.RunSuccessfullyAsync(_workspace.Folder, Path.Combine(Programs, "psql"), $"{store[..store.LastIndexOf('/')]}/postgres", "-c", $"DROP DATABASE {store[(store.LastIndexOf('/') + 1)..]} WITH (FORCE)");
}
