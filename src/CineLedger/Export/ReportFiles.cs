using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>The three reports and the findings of a snapshot as CSV files in one folder.</summary>
public static class ReportFiles
{
    /// <summary>
    /// Writes <c>companies.csv</c>, <c>genres.csv</c>, <c>company-genres.csv</c> and <c>findings.csv</c>, at the same time. Each is
    /// written beside its place and moved there when complete, so that a reader of the folder never sees half a file.
    /// </summary>
    /// <param name="connect">Gives a connection of its own for each file.</param>
    public static async Task WriteAsync(
        Func<CancellationToken, Task<DbConnection>> connect, Snapshot snapshot, string folder, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            await Task.WhenAll(
            [
                .. Enum.GetValues<ReportName>().Select(report => Task.Run(
                    () => WriteFileAsync(
                        connect,
                        Path.Combine(folder, $"{ReportWords.Of(report)}.csv"),
                        connection => ReportRunner.OpenAsync(connection, new ReportRequest { Report = report }, snapshot, cancellationToken),
                        cancellationToken),
                    cancellationToken)),
                Task.Run(
                    () => WriteFileAsync(
                        connect,
                        Path.Combine(folder, "findings.csv"),
                        connection => FindingList.OpenAsync(connection, new FindingFilter(), snapshot.Id, cancellationToken),
                        cancellationToken),
                    cancellationToken),
            ]).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"the reports cannot be written to {folder}: {error.Message} The snapshot is published all the same.", error);
        }
    }

    private static async Task WriteFileAsync(
        Func<CancellationToken, Task<DbConnection>> connect,
        string path,
        Func<DbConnection, Task<DbResult>> open,
        CancellationToken cancellationToken)
    {
        var connection = await connect(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var result = await open(connection).ConfigureAwait(false);
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
}
