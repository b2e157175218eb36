using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports;

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
            Directory.CreateDirectory(folder);

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

        // Each report by company needs most of the memory that the engine may use: they run one after the other, and everything else at the same time.
        var byCompany = Task.Run(() => WriteReportsAsync(one, report => report.By.Contains("company")), CancellationToken.None);
        try
        {
            await WriteReportsAsync(other, report => !report.By.Contains("company")).ConfigureAwait(false);
            await WriteFileAsync("findings", () => FindingList.OpenAsync(other, new FindingFilter(), snapshot.Id, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            // It may still be running after a failure, and its connection must not be closed meanwhile.
            await byCompany.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await byCompany.ConfigureAwait(false);

        async Task WriteReportsAsync(DbConnection connection, Func<ReportDefinition, bool> chosen)
        {
            foreach (var report in ReportDefinition.All.Where(chosen))
            {
                await WriteFileAsync(
                    report.Name, () => ReportRunner.OpenAsync(connection, new ReportRequest { Report = report }, snapshot, cancellationToken)).ConfigureAwait(false);
            }
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
