using CineLedger.Storage;
using CineLedger.Tests.Reports;

namespace CineLedger.SystemTests.Postgres;

public sealed class PostgresTiedMeanTests(SharedServer server) : TiedMeanSuite
{
    protected override async Task<Ledger> OpenAsync()
    {
        var address = await server.CreateLedgerAsync();
        return await StoreEngine.Get(address).OpenAsync(address, wait: false, Cancel);
    }
}
