using CineLedger.Storage;
using CineLedger.Storage.DuckDb;

namespace CineLedger.Tests.Loading.NormalMonths;

public sealed class DuckDbNormalMonthsTests : NormalMonthsSuite, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override async Task<Ledger> OpenAsync() => await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);
}
