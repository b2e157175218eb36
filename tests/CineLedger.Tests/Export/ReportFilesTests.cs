using CineLedger.Model;
using CineLedger.Tests.Reports;

namespace CineLedger.Tests.Export;

public sealed class ReportFilesTests(HandMadeLedger ledger) : IClassFixture<HandMadeLedger>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");

    [Fact]
    public async Task The_reports_and_the_findings_are_written_as_CSV()
    {
        var folder = Path.Combine(_folder.FullName, "new", "reports");
        await ledger.WriteFilesAsync(folder);
        Assert.Equal(
            ["companies.csv 7", "company-genres.csv 7", "findings.csv 1", "genres.csv 5", "studios.csv 1"],
            Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)} {File.ReadLines(path).Count()}"));
        Assert.Equal(
            [
                "year,company,genre,releases,company_releases",
                "2000,A,Comedy,2,3",
            ],
            File.ReadLines(Path.Combine(folder, "company-genres.csv")).Take(2));
    }

    [Fact]
    public async Task Report_files_can_be_written_again_after_a_failure()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "folder"));
        foreach (var file in (string[])["companies.csv", "company-genres.csv", "genres.csv", "studios.csv", "findings.csv"])
        {
            File.Delete(Path.Combine(folder.FullName, file));
            var inTheWay = folder.CreateSubdirectory(file);
            Assert.StartsWith(inTheWay.FullName, (await Assert.ThrowsAsync<LedgerException>(() => ledger.WriteFilesAsync(folder.FullName))).Message, StringComparison.Ordinal);
            inTheWay.Delete();
        }

        await ledger.WriteFilesAsync(folder.FullName);
        Assert.Equal(5, folder.GetFiles().Length);
    }

    [Fact]
    public async Task A_path_that_cannot_be_a_folder_is_named()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "x", TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<LedgerException>(() => ledger.WriteFilesAsync(file));
        Assert.StartsWith($"the reports cannot be written to {file}: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("The snapshot is published nevertheless.", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
