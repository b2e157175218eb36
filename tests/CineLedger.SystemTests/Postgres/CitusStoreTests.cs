using CineLedger.Loading;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Tests.Storage;
using Npgsql;

namespace CineLedger.SystemTests.Postgres;

/// <summary>
/// The store suite on a Citus coordinator with its workers, where CINELEDGER_TEST_CITUS names a database of one (Debian has no package
/// of Citus). Each test works in a schema of its own.
/// </summary>
public sealed class CitusStoreTests : LedgerStoreSuite
{
    private readonly string _schema = $"test_{Guid.NewGuid():N}";
    private PostgresLedger? _ledger;

    protected override Ledger Ledger => _ledger!;

    private static string? Database => Environment.GetEnvironmentVariable("CINELEDGER_TEST_CITUS");

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Database), "CINELEDGER_TEST_CITUS names no database of a Citus coordinator.");
        await ExecuteAsync($"CREATE SCHEMA {_schema}");
        var address = PostgresAddress.Parse(Database!);
        address.Options = $"-c search_path={_schema},public";
        _ledger = await PostgresLedger.OpenAsync(address.ConnectionString, wait: true, Cancel, shards: 4);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_ledger is not null)
        {
            await _ledger.DisposeAsync();
            await ExecuteAsync($"DROP SCHEMA {_schema} CASCADE");
        }
    }

    [Fact]
    public async Task Films_and_links_are_distributed_together_and_names_are_on_every_node()
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
            ["company", "country", "genre", "keyword", "language", "person", "snapshot"], tables.Where(table => table.Type == "reference").Select(table => table.Name).Order());
    }

    protected override Task<LoadSummary> LoadAsync(
        Dataset dataset, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        Loader.LoadAsync(_ledger!, dataset, options, progress, cancellationToken);

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresAddress.Parse(Database!).ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
