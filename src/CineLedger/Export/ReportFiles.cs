using System.Data.Common;
using CineLedger.Files;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.InMemory;

namespace CineLedger.Export;

/// <summary>Writes the yearly reports and the findings of a snapshot as CSV files to a folder.</summary>
public static class ReportFiles
{
    /// <summary>
    /// Writes <c>companies.csv</c>, <c>genres.csv</c>, <c>company-genres.csv</c> and <c>findings.csv</c> over two connections. Each is written to a
    /// temporary file and moved into place when complete, so that a reader never sees a partial file.
    /// </summary>
    /// <param name="open">Opens a connection to the ledger. Called twice; the connections are disposed.</param>
    public static async Task WriteAsync(
        Func<CancellationToken, Task<DbConnection>> open, Snapshot snapshot, string folder, CancellationToken cancellationToken)
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                PrivateFiles.ShareFolder(folder);
            }

            var one = await open(cancellationToken).ConfigureAwait(false);
            await using (one.ConfigureAwait(false))
            {
                var other = await open(cancellationToken).ConfigureAwait(false);
                await using (other.ConfigureAwait(false))
                {
                    await WriteAsync(one, other, snapshot, folder, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"the reports cannot be written to {folder}: {error.Message} The snapshot is published nevertheless.", error);
        }
    }

    private static async Task WriteAsync(DbConnection one, DbConnection other, Snapshot snapshot, string folder, CancellationToken cancellationToken)
    {
        // Frees the load's memory, about 100 bytes per movie plus garbage: the engine needs it for the reports.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        var movies = new ReportMovies(snapshot.Id, cancellationToken);
        await movies.ReadAsync(one, other).ConfigureAwait(false);

        // The longest report takes about as long as everything else together.
        var companyGenres = Task.Run(() => WriteReportAsync(one, ReportDefinition.CompanyGenres), CancellationToken.None);
        try
        {
            foreach (var report in ReportDefinition.All.Where(report => report != ReportDefinition.CompanyGenres))
            {
                await WriteReportAsync(other, report).ConfigureAwait(false);
            }

            await WriteFileAsync("findings", () => FindingList.OpenAsync(other, new FindingFilter(), snapshot.Id, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            // It may still be running after a failure, and its connection must not be closed meanwhile.
            await companyGenres.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await companyGenres.ConfigureAwait(false);

        async Task WriteReportAsync(DbConnection connection, ReportDefinition report)
        {
            var request = new ReportRequest { Report = report };
            if (report.EnumerateRows is { } enumerateRows)
            {
                try
                {
                    var columns = ReportSql.GetColumns(request);
                    await WriteFileAsync(report.Name, () => Task.FromResult(new DbResult(columns, new ReportRows(columns, movies, enumerateRows(movies))))).ConfigureAwait(false);
                    return;
                }
                catch (OverflowException)
                {
                    // The engine has wider numbers, or describes the failure.
                }
            }

            await WriteFileAsync(report.Name, () => ReportRunner.OpenAsync(connection, request, snapshot, cancellationToken)).ConfigureAwait(false);
        }

        Task WriteFileAsync(string name, Func<Task<DbResult>> open) => AtomicFile.WriteAsync(
            Path.Combine(folder, $"{name}.csv"),
            async stream =>
            {
                var result = await open().ConfigureAwait(false);
                await using (result.ConfigureAwait(false))
                {
                    var writer = new CsvWriter(stream);
                    await using (writer.ConfigureAwait(false))
                    {
                        await writer.WriteResultAsync(result.Columns, result.Rows, new ResultInfo(null, null), cancellationToken).ConfigureAwait(false);
                    }
                }
            },
            cancellationToken);
    }
}
