using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Tests.Reports;

namespace CineLedger.SystemTests.Postgres;

public sealed class PostgresExplanationTests(SharedServer server) : ExplanationSuite
{
    protected override async Task<Ledger> OpenAsync()
    {
        var address = await server.CreateLedgerAsync();
        return await StoreEngine.Get(address).OpenAsync(address, wait: false, Cancel);
    }
}

/// <summary>On a Citus coordinator with two workers.</summary>
public sealed class CitusExplanationTests(CitusStoreTests.CitusDatabase database) : ExplanationSuite, IClassFixture<CitusStoreTests.CitusDatabase>
{
    protected override async Task<Ledger> OpenAsync()
    {
        CitusCluster.SkipIfMissing();
        return await PostgresLedger.OpenAsync(await database.EmptyAsync(), wait: true, Cancel);
    }
}
