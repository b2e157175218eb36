using CineLedger.Storage;
using CineLedger.Storage.Postgres;
using CineLedger.Tests.Loading.NormalMonths;

namespace CineLedger.SystemTests.Postgres;

public sealed class PostgresNormalMonthsTests(SharedServer server) : NormalMonthsSuite
{
    protected override async Task<Ledger> OpenAsync() => await PostgresLedger.OpenAsync(await server.CreateLedgerAsync(), wait: false, Cancel);
}
