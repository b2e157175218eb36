using System.Data.Common;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Export;

/// <summary>The three reports and the findings of a snapshot as CSV files in one folder.</summary>
public static class ReportFiles
{
    /// <summary>
    /// Writes <c>companies.csv</c>, <c>genres.csv</c>, <c>company-genres.csv</c> and <c>findings.csv</c>, two at a time. Each is
    /// written beside its place and moved there when complete, so that a reader of the folder never sees half a file.
    /// </summary>
    /// <param name="open">Opens a connection to the ledger; two are opened, and disposed.</param>
    public static Task WriteAsync(
        Func<CancellationToken, Task<DbConnection>> open, Snapshot snapshot, string folder, CancellationToken cancellationToken) =>
        WriteAsync(open, snapshot, folder, ReportParts.FilmsPerPart, cancellationToken);

    internal static async Task WriteAsync(
        Func<CancellationToken, Task<DbConnection>> open, Snapshot snapshot, string folder, int filmsPerPart, CancellationToken cancellationToken)
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
                    await WriteAsync(one, other, snapshot, folder, filmsPerPart, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException($"the reports cannot be written to {folder}: {error.Message} The snapshot is published all the same.", error);
        }
    }

    /// <summary>Each connection writes its reports one after the other; the two large ones are grouped in turns, for the sake of memory.</summary>
    private static async Task WriteAsync(
        DbConnection one, DbConnection other, Snapshot snapshot, string folder, int filmsPerPart, CancellationToken cancellationToken)
    {
        var all = Parts(one, ReportName.CompanyGenres);
        if (all.AreMany)
        {
            // What the load held, a hundred bytes a film and its garbage, is of no use any more, and the reports need as much.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        var grouped = new TaskCompletionSource();
        var named = new TaskCompletionSource<NamesInOrder?>();
        var companyGenres = Task.Run(WriteCompanyGenresAsync, CancellationToken.None);
        try
        {
            var companies = Parts(other, ReportName.Companies);
            named.SetResult(companies.AreMany ? await NamesInOrder.MakeAsync(other, all.NamedLater, cancellationToken).ConfigureAwait(false) : null);
            await WriteReportAsync(Parts(other, ReportName.Genres), ReportName.Genres).ConfigureAwait(false);
            await WriteFileAsync(
                Path.Combine(folder, "findings.csv"),
                OneAsync(() => FindingList.OpenAsync(other, new FindingFilter(), snapshot.Id, cancellationToken)),
                cancellationToken).ConfigureAwait(false);
            await grouped.Task.ConfigureAwait(false);
            await companies.GroupAsync(cancellationToken).ConfigureAwait(false);
            await WriteReportAsync(companies, ReportName.Companies).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            named.TrySetException(error);
            throw;
        }
        finally
        {
            // Begun in any case: its connection must not be closed under it.
            await companyGenres.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (named.Task is { IsCompletedSuccessfully: true, Result: { } names })
            {
                await names.DisposeAsync().ConfigureAwait(false);
            }

            await companyGenres.ConfigureAwait(false);
        }

        async Task WriteCompanyGenresAsync()
        {
            try
            {
                await all.GroupAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                grouped.SetResult();
            }

            await WriteReportAsync(all, ReportName.CompanyGenres).ConfigureAwait(false);
        }

        ReportParts Parts(DbConnection connection, ReportName report) => new(connection, new ReportRequest { Report = report }, snapshot, filmsPerPart);

        async Task WriteReportAsync(ReportParts parts, ReportName report)
        {
            var names = await named.Task.ConfigureAwait(false);
            await WriteFileAsync(Path.Combine(folder, $"{ReportWords.Of(report)}.csv"), parts.OpenAsync(names, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async IAsyncEnumerable<DbResult> OneAsync(Func<Task<DbResult>> open)
    {
        yield return await open().ConfigureAwait(false);
    }

    /// <summary>Writes results of the same columns one after the other, and closes each before it asks for the next.</summary>
    private static Task WriteFileAsync(string path, IAsyncEnumerable<DbResult> parts, CancellationToken cancellationToken) =>
        OutputFile.WriteAsync(
            path,
            async stream =>
            {
                var writer = new CsvWriter(stream);
                await using (writer.ConfigureAwait(false))
                {
                    var begun = false;
                    await foreach (var result in parts.ConfigureAwait(false))
                    {
                        await using (result.ConfigureAwait(false))
                        {
                            if (!begun)
                            {
                                await writer.BeginAsync(result.Columns, cancellationToken).ConfigureAwait(false);
                                begun = true;
                            }

                            await writer.WriteRowsAsync(result.Rows, cancellationToken).ConfigureAwait(false);
                        }
                    }

                    await writer.EndAsync(new ResultInfo(null, null), cancellationToken).ConfigureAwait(false);
                }
            });
}
