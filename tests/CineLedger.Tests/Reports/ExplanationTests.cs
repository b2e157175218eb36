using CineLedger.Storage;

namespace CineLedger.Tests.Reports;

public sealed class ExplanationTests : ExplanationSuite, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    protected override Task<Ledger> OpenAsync()
    {
        var path = Path.Combine(_folder.FullName, "ledger.duckdb");
        return StoreEngine.Get(path).OpenAsync(path, wait: false, Cancel);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
