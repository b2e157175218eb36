using CineLedger.Storage.Postgres;

namespace CineLedger.SystemTests.Postgres;

/// <summary>The base of tests of a ledger, with a new database for each test.</summary>
public abstract class PostgresLedgerTestBase(SharedServer server) : IAsyncLifetime
{
    private PostgresLedger? _ledger;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected PostgresLedger Ledger => _ledger!;

    public async ValueTask InitializeAsync() => _ledger = await PostgresLedger.OpenAsync(await server.CreateDatabaseAsync(), wait: false, Cancel);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Ledger.DisposeAsync();
    }
}
