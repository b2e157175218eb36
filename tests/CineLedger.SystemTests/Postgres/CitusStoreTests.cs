using CineLedger.Loading;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Tests.Storage;

namespace CineLedger.SystemTests.Postgres;

/// <summary>The store suite on a Citus coordinator with two workers. The tests share a database and begin with empty tables.</summary>
public sealed class CitusStoreTests(CitusStoreTests.CitusDatabase database) : LedgerStoreSuite, IClassFixture<CitusStoreTests.CitusDatabase>
{
    private PostgresLedger? _ledger;

    protected override Ledger Ledger => _ledger!;

    public override async ValueTask InitializeAsync()
    {
        CitusCluster.SkipIfMissing();
        _ledger = await PostgresLedger.OpenAsync(await database.EmptyAsync(), wait: true, Cancel);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_ledger is not null)
        {
            await _ledger.DisposeAsync();
        }
    }

    [Fact]
    public async Task Movies_and_links_are_distributed_together_and_names_are_on_every_node()
    {
        var tables = await Ledger.Connection.QueryAsync(
            "SELECT table_name::TEXT, citus_table_type, distribution_column, shard_count, colocation_id::TEXT FROM citus_tables WHERE table_name::TEXT NOT LIKE '%.%'",
            row => (Name: row.GetString(0), Type: row.GetString(1), Column: row.GetString(2), Shards: row.GetInt64(3), Group: row.GetString(4)),
            Cancel);
        Assert.Equal(
            ["movie", "movie_company", "movie_country", "movie_genre", "movie_keyword", "movie_language", "movie_person", "movie_rating"],
            tables.Where(table => table.Type == "distributed").Select(table => table.Name).Order());
        Assert.All(tables.Where(table => table.Type == "distributed"), table => Assert.Equal(("movie_id", 4L), (table.Column, table.Shards)));
        Assert.Single(tables.Where(table => table.Type == "distributed").Select(table => table.Group).Distinct());
        Assert.Equal(
            ["company", "company_studio", "country", "genre", "keyword", "language", "person", "snapshot", "snapshot_total", "studio", "studio_line"],
            tables.Where(table => table.Type == "reference").Select(table => table.Name).Order());
    }

    protected override Task<LoadSummary> LoadAsync(
        Dataset dataset, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        Loader.LoadAsync(_ledger!, dataset, options, progress, cancellationToken);

    /// <summary>One database of a cluster for all tests, since creating and distributing its tables takes longer than most tests.</summary>
    public sealed class CitusDatabase : IAsyncDisposable
    {
        private readonly CitusCluster _cluster = new();
        private string? _address;

        /// <summary>Empties the ledger and returns the address of its database.</summary>
        public async Task<string> EmptyAsync()
        {
            _address ??= await _cluster.CreateDatabaseAsync();
            await using var ledger = await PostgresLedger.OpenAsync(_address, wait: true, Cancel);
            var tables = await ledger.Connection.QueryAsync(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'ledger_schema'", row => row.GetString(0), Cancel);
            await ledger.Connection.ExecuteAsync($"TRUNCATE {string.Join(", ", tables)}", Cancel);
            return _address;
        }

        public ValueTask DisposeAsync() => _cluster.DisposeAsync();
    }
}
