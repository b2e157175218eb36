using CineLedger.Loading;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Tests.Storage;

namespace CineLedger.SystemTests.Postgres;

public sealed class PostgresStoreTests(SharedServer server) : LedgerStoreSuite
{
    private PostgresLedger? _ledger;

    protected override Ledger Ledger => _ledger!;

    public override async ValueTask InitializeAsync() => _ledger = await PostgresLedger.OpenAsync(await server.CreateLedgerAsync(), wait: false, Cancel);

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_ledger is not null)
        {
            await _ledger.DisposeAsync();
        }
    }

    protected override Task<LoadSummary> LoadAsync(
        Dataset dataset, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        Loader.LoadAsync(_ledger!, dataset, options, progress, cancellationToken);
}
