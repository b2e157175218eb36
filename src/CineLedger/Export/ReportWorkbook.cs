using System.Data.Common;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Names;
using CineLedger.Reports.Queries;

namespace CineLedger.Export;

/// <summary>Writes all yearly reports as one Excel workbook: a sheet for each report, and a last one that describes them.</summary>
public static class ReportWorkbook
{
    private static readonly string[] CoverageHeadings =
        ["Sheet", "Rows", "Movies", "Budget known for", "Revenue known for", "Undated movies excluded", "Planned movies excluded", "Continued on"];

    /// <summary>Returns the queries of all reports with the same options and the names of the ledger. Throws <see cref="UsageException"/> when an option is invalid.</summary>
    public static async Task<IReadOnlyList<ResolvedQuery>> CreateQueriesAsync(
        ReportRequest options, Func<QueryRequest, CancellationToken, Task<ResolvedQuery>> resolve, CancellationToken cancellationToken)
    {
        var queries = new List<ResolvedQuery>();
        foreach (var report in ReportDefinition.All)
        {
            var query = ReportSql.CreateQuery(options with { Report = report });
            QueryChecks.Check(query);
            queries.Add(await resolve(query, cancellationToken).ConfigureAwait(false));
        }

        return queries;
    }

    /// <summary>Writes the workbook sheet by sheet; memory does not grow with the number of rows.</summary>
    /// <param name="connection">A connection to the ledger.</param>
    /// <param name="options">The options of all reports, without an order and a limit. Its report is ignored.</param>
    /// <param name="queries">The queries of <see cref="CreateQueriesAsync"/>.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="output">The output, which need not be seekable and is left open.</param>
    /// <param name="cancellationToken">Cancels writing.</param>
    /// <param name="rowsPerSheet">The number of rows per sheet, including the header.</param>
    public static async Task WriteAsync(
        DbConnection connection, ReportRequest options, IReadOnlyList<ResolvedQuery> queries, Snapshot snapshot, Stream output, CancellationToken cancellationToken,
        int rowsPerSheet = XlsxBook.MaxRows)
    {
        var sheets = new List<WorkbookSheet>();
        var book = await XlsxBook.CreateAsync(output, rowsPerSheet, cancellationToken).ConfigureAwait(false);
        await using (book.ConfigureAwait(false))
        {
            foreach (var (report, (query, _)) in ReportDefinition.All.Zip(queries))
            {
                var coverage = await ReportRunner.ReadCoverageAsync(connection, query, snapshot, cancellationToken).ConfigureAwait(false);
                var columns = WorkbookColumn.Create(query);
                await book.BeginResultAsync(report.SheetName, [.. columns.Select(column => column.Xlsx)], frozenColumns: 2, cancellationToken).ConfigureAwait(false);
                var result = await ReportRunner.OpenAsync(connection, query, snapshot, cancellationToken).ConfigureAwait(false);
                await using (result.ConfigureAwait(false))
                {
                    while (await result.Rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        await book.WriteAsync(result.Rows, cancellationToken).ConfigureAwait(false);
                    }
                }

                sheets.Add(new(report, columns, coverage, QueryNotes.Get(query), book.Rows, book.Sheets));
            }

            await WriteAboutAsync(book, options, snapshot, sheets, queries[0].Notes, cancellationToken).ConfigureAwait(false);
            await book.FinishAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task WriteAboutAsync(
        XlsxBook book, ReportRequest options, Snapshot snapshot, List<WorkbookSheet> sheets, IReadOnlyList<string> notes, CancellationToken cancellationToken)
    {
        await book.BeginTextAsync(XlsxInfoSheet.Name, [26, 30, 24, 90, 20, 24, 24, 24], cancellationToken).ConfigureAwait(false);
        (string, object)[] lines =
        [
            ("Created by", $"CineLedger {ProductVersion.Text}"),
            .. XlsxInfoSheet.GetCutTextLines(book.CutTexts),
            .. XlsxInfoSheet.GetLines(snapshot),
            .. options.GetOptions().Select(option => ($"Option {option.Option.Name}", (object)option.Value)),
            .. sheets.SelectMany(sheet => sheet.Coverage.AllNotes.Concat(sheet.Notes)).Concat(notes).Distinct().Select(note => ("Note", (object)note)),
            ("Empty cells", "unknown"),
        ];
        foreach (var (name, value) in lines)
        {
            await AddAsync(name, value).ConfigureAwait(false);
        }

        await AddAsync("").ConfigureAwait(false);
        await book.AddLineAsync(CoverageHeadings, isHeader: true, cancellationToken).ConfigureAwait(false);
        foreach (var (report, _, coverage, _, rows, count) in sheets)
        {
            await AddAsync(
                report.SheetName, rows, coverage.Movies, coverage.BudgetKnown, coverage.RevenueKnown, coverage.Undated, coverage.Unreleased, GetContinuation(report, count))
                .ConfigureAwait(false);
        }

        await AddAsync("").ConfigureAwait(false);
        await book.AddLineAsync(["Sheet", "Column", "Name in CSV and SQL", "Definition"], isHeader: true, cancellationToken).ConfigureAwait(false);
        foreach (var (report, columns, _, _, _, _) in sheets)
        {
            foreach (var column in columns)
            {
                await AddAsync(report.SheetName, column.Xlsx.Heading, column.Name, column.Meaning).ConfigureAwait(false);
            }
        }

        Task AddAsync(params object[] values) => book.AddLineAsync(values, isHeader: false, cancellationToken);
    }

    private static string GetContinuation(ReportDefinition report, int sheets) => sheets switch
    {
        1 => "",
        2 => $"{report.SheetName} 2",
        _ => string.Create(CultureInfo.InvariantCulture, $"{report.SheetName} 2 to {sheets}"),
    };

    /// <summary>A report that was written.</summary>
    /// <param name="Report">The report.</param>
    /// <param name="Columns">The columns.</param>
    /// <param name="Coverage">The movies behind it.</param>
    /// <param name="Notes">Notes about its numbers.</param>
    /// <param name="Rows">The number of rows.</param>
    /// <param name="Sheets">The number of sheets.</param>
    private sealed record WorkbookSheet(
        ReportDefinition Report, IReadOnlyList<WorkbookColumn> Columns, Coverage Coverage, IReadOnlyList<string> Notes, long Rows, int Sheets);
}
