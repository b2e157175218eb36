using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Tests.Reports.Views;

namespace CineLedger.SystemTests.Postgres;

/// <summary>The views on a Citus coordinator with two workers, which do not know the session's settings.</summary>
public sealed class CitusViewTests(CitusStoreTests.CitusDatabase database) : StoredViewSuite, IClassFixture<CitusStoreTests.CitusDatabase>, IAsyncLifetime
{
    private PostgresLedger? _ledger;

    protected override Ledger Ledger => _ledger!;

    protected override string PinStatement => "SET cineledger.snapshot = {0}";

    protected override string UnpinStatement => "RESET cineledger.snapshot";

    public async ValueTask InitializeAsync()
    {
        CitusCluster.SkipIfMissing();
        _ledger = await PostgresLedger.OpenAsync(await database.EmptyAsync(), wait: true, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_ledger is not null)
        {
            await _ledger.DisposeAsync();
        }
    }
}
