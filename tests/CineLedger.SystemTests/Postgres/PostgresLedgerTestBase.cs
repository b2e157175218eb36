using CineLedger.Storage.Postgres;

namespace CineLedger.SystemTests.Postgres;

/// <summary>Tests of a ledger in a database of its own, new for each.</summary>
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
