using CineLedger.Loading;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;

namespace CineLedger.Tests.Storage;

public sealed class DuckDbStoreTests : LedgerStoreSuite
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;

    protected override Ledger Ledger => _ledger!;

    public override async ValueTask InitializeAsync() => _ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _ledger!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Grouping_all_movies_may_use_the_memory_of_queries()
    {
        Assert.Equal("64.0 MiB", await Ledger.Connection.ExecuteScalarAsync("SELECT current_setting('memory_limit')", Cancel));
        await Ledger.PrepareGroupingAsync(Cancel);
        Assert.Equal("160.0 MiB", await Ledger.Connection.ExecuteScalarAsync("SELECT current_setting('memory_limit')", Cancel));
    }

    protected override Task<LoadSummary> LoadAsync(
        Dataset dataset, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        Loader.LoadAsync(_ledger!, dataset, options, progress, cancellationToken);
}
