using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>The three reports and the findings of a snapshot as CSV files in one folder.</summary>
public static class ReportFiles
{
    /// <summary>
    /// Writes <c>companies.csv</c>, <c>genres.csv</c>, <c>company-genres.csv</c> and <c>findings.csv</c>. Each is
    /// written beside its place and moved there when complete, so that a reader of the folder never sees half a file.
    /// </summary>
    public static async Task WriteAsync(
        DbConnection connection, Snapshot snapshot, string folder, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var report in Enum.GetValues<ReportName>())
            {
                await WriteFileAsync(
                    Path.Combine(folder, $"{ReportWords.Of(report)}.csv"),
                    await ReportRunner.OpenAsync(connection, new ReportRequest { Report = report }, snapshot, cancellationToken).ConfigureAwait(false),
                    cancellationToken).ConfigureAwait(false);
            }

            await WriteFileAsync(
                Path.Combine(folder, "findings.csv"),
                await FindingList.OpenAsync(connection, new FindingFilter(), snapshot.Id, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"the reports cannot be written to {folder}: {error.Message} The snapshot is published all the same.", error);
        }
    }

    private static async Task WriteFileAsync(string path, DbResult result, CancellationToken cancellationToken)
    {
        await using (result.ConfigureAwait(false))
        {
            await OutputFile.WriteAsync(
                path,
                async stream =>
                {
                    var writer = new CsvWriter(stream);
                    await using (writer.ConfigureAwait(false))
                    {
                        await writer.WriteAllAsync(result.Columns, result.Rows, new ResultInfo(null, null), cancellationToken).ConfigureAwait(false);
                    }
                }).ConfigureAwait(false);
        }
    }
}
