using System.Text;
using CineLedger.Export;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.InMemory;
using CineLedger.Storage;

namespace CineLedger.Tests.Reports;

/// <summary>Compares reports that are computed in memory with the results of their queries, byte for byte as CSV.</summary>
internal static class ReportComparison
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Compares the report files of a snapshot.</summary>
    public static async Task AssertFilesEqualAsync(Ledger ledger, Snapshot snapshot)
    {
        var folder = Directory.CreateTempSubdirectory("cineledger-tests-");
        try
        {
            await ReportFiles.WriteAsync(ledger.OpenReaderAsync, snapshot, folder.FullName, Cancel);
            foreach (var report in ReportDefinition.All)
            {
                Assert.Equal(await QueryAsync(ledger, report, snapshot), await File.ReadAllTextAsync(Path.Combine(folder.FullName, $"{report.Name}.csv"), Cancel));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Compares all reports of a snapshot that are computed in memory. Returns the number of lines.</summary>
    public static async Task<int> AssertEqualAsync(Ledger ledger, Snapshot snapshot)
    {
        await using var other = await ledger.OpenReaderAsync(Cancel);
        var movies = new ReportMovies(snapshot.Id, Cancel);
        await movies.ReadAsync(ledger.Connection, other);
        var lines = 0;
        foreach (var report in ReportDefinition.All.Where(report => report.EnumerateRows is not null))
        {
            var columns = ReportSql.GetColumns(new() { Report = report });
            var actual = await WriteAsync(new(columns, new ReportRows(columns, movies, report.EnumerateRows!(movies))));
            Assert.Equal(await QueryAsync(ledger, report, snapshot), actual);
            lines += actual.AsSpan().Count('\n');
        }

        return lines;
    }

    private static async Task<string> QueryAsync(Ledger ledger, ReportDefinition report, Snapshot snapshot) =>
        await WriteAsync(await ReportRunner.OpenAsync(ledger.Connection, new ReportRequest { Report = report }, snapshot, Cancel));

    private static async Task<string> WriteAsync(DbResult result)
    {
        await using (result)
        {
            using var output = new MemoryStream();
            await using var writer = new CsvWriter(output);
            await writer.WriteResultAsync(result.Columns, result.Rows, new ResultInfo(null, null), Cancel);
            return Encoding.UTF8.GetString(output.GetBuffer().AsSpan(0, (int)output.Length));
        }
    }
}
