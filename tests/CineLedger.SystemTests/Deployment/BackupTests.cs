using CineLedger.SystemTests.CommandLine;
using CineLedger.SystemTests.Postgres;

namespace CineLedger.SystemTests.Deployment;

/// <summary>What docs/operations.md says of backups: kept, the ledger destroyed, restored, and every report of every snapshot the same to the byte.</summary>
public sealed class BackupTests(Datasets datasets, SharedServer server) : IDisposable
{
    private readonly Desk _desk = new();

    private static string Programs => Path.GetDirectoryName(DeployedFiles.Program("postgresql", [.. Directory.GetDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin", "pg_dump"))]))!;

    [Fact]
    public async Task A_database_is_restored_from_a_dump_with_its_snapshots_and_keys()
    {
        PostgresServer.SkipIfMissing();
        var store = Address(await server.CreateDatabaseAsync());
        await LoadTwiceAsync(store);
        await _desk.GoodAsync("keys", "create", "ann", "--store", store);
        var keys = (await _desk.GoodAsync("keys", "list", "--format", "csv", "--store", store)).Output;
        var before = await AllAnswersAsync(store);
        await DeployedFiles.GoodAsync(_desk.Folder, Path.Combine(Programs, "pg_dump"), "--format=custom", "--file=films.dump", store);

        var other = Address(await server.CreateDatabaseAsync());
        await DestroyAsync(store);
        Assert.Equal(1, (await _desk.RunAsync("report", "genres", "--store", store)).ExitCode);
        await DeployedFiles.GoodAsync(_desk.Folder, Path.Combine(Programs, "pg_restore"), "--exit-on-error", "--no-owner", $"--dbname={other}", "films.dump");
        Assert.Equal(before, await AllAnswersAsync(other));
        Assert.Equal(keys, (await _desk.GoodAsync("keys", "list", "--format", "csv", "--store", other)).Output);

        // And it goes on from there: the same dataset is no news, another one is.
        Assert.Contains("nothing new: still 2", (await _desk.GoodAsync("load", datasets.Clean, "--allow-shrink", "--store", other)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_is_kept_as_one_file_by_copy_and_restored_from_it()
    {
        PostgresServer.SkipIfMissing();
        var store = Address(await server.CreateDatabaseAsync());
        await LoadTwiceAsync(store);
        var before = await AllAnswersAsync(store);
        await _desk.GoodAsync("copy", "--from", store, "--to", "films.duckdb");
        await DestroyAsync(store);
        var other = Address(await server.CreateDatabaseAsync());
        await _desk.GoodAsync("copy", "--from", "films.duckdb", "--to", other);
        Assert.Equal(before, await AllAnswersAsync(other));
    }

    [Fact]
    public async Task A_file_is_restored_from_a_copy_of_it()
    {
        await LoadTwiceAsync(_desk.Store);
        await _desk.GoodAsync("keys", "create", "ann");
        var before = await AllAnswersAsync(_desk.Store);
        Assert.Equal(0, (await _desk.ShellAsync("mkdir kept && cp -p cineledger.duckdb cineledger.duckdb.keys kept/ && rm cineledger.duckdb cineledger.duckdb.keys")).ExitCode);
        Assert.Equal(1, (await _desk.RunAsync("report", "genres")).ExitCode);
        Assert.Equal(0, (await _desk.ShellAsync("cp -p kept/* .")).ExitCode);
        Assert.Equal(before, await AllAnswersAsync(_desk.Store));
        Assert.Contains("ann", (await _desk.GoodAsync("keys", "list")).Output, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();

    private async Task LoadTwiceAsync(string store)
    {
        await _desk.GoodAsync("load", datasets.Films, "--store", store);
        await _desk.GoodAsync("load", datasets.Clean, "--allow-shrink", "--store", store);
    }

    private async Task<string> AllAnswersAsync(string store) => await _desk.AnswersAsync(1, store) + await _desk.AnswersAsync(2, store);

    /// <summary>libpq's form of an address.</summary>
    private static string Address(string store)
    {
        var address = Storage.Postgres.PostgresAddress.Parse(store);
        return $"postgres://{address.Username}{(address.Password is { Length: > 0 } password ? $":{password}" : "")}@{address.Host}:{address.Port}/{address.Database}";
    }

    private async Task DestroyAsync(string store) =>
        await DeployedFiles.GoodAsync(_desk.Folder, Path.Combine(Programs, "psql"), $"{store[..store.LastIndexOf('/')]}/postgres", "-c", $"DROP DATABASE {store[(store.LastIndexOf('/') + 1)..]} WITH (FORCE)");
}
