using System.Globalization;
using CineLedger.Export;
using CineLedger.Loading;
using CineLedger.Reports;
using CineLedger.Reports.Names;
using CineLedger.Reports.Queries;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Reports;

/// <summary>A ledger small enough to calculate every number of every report by hand. Its second snapshot changes one movie.</summary>
public sealed class HandMadeLedger : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;

    private static readonly MovieRow[] Movies =
    [
        Movie(1, "2000", "A B", "Drama Comedy", "100001", "300000", "10", "8", "100"),
        Movie(2, "2000", "A", "Drama", "0", "50000", "4", "6", "10"),
        Movie(3, "2000", "A B C", "Comedy", "10000", "0", "1", "0", "0"),
        Movie(4, "2001", "B", "Drama", "20000", "10000", "3", "5", "50"),
        Movie(5, "2001", "", "Horror", "7000", "8000", "", "", ""),
        Movie(6, "", "A", "Drama", "5000", "5000", "9", "0", "0"),
        Movie(7, "2001", "C", "", "0", "0", "2.5", "7", "434"),
        Movie(8, "2002", "D", "", "1000", "0", "", "0", "0"),
        Movie(9, "2002", "D", "", "2000", "0", "", "0", "0"),
        Movie(10, "2002", "D", "", "9000", "0", "", "0", "0"),
    ];

    public async ValueTask InitializeAsync()
    {
        _ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), default);
        await Loader.LoadAsync(_ledger, MemoryDataset.Create(MovieFile.Text(Movies)), Accept.AnyContent, null, default);
        await Loader.LoadAsync(
            _ledger, MemoryDataset.Create(MovieFile.Text([.. Movies.Select(movie => movie["id"] == "4" ? movie.With(("budget", "60000")) : movie)])), new(), null, default);
    }

    /// <summary>Returns the rows of a report, with values separated by bars and unknown values empty.</summary>
    public async Task<string[]> RowsAsync(ReportRequest request, int snapshot = 1)
    {
        var found = await SnapshotRows.FindAsync(_ledger!.Connection, snapshot, default);
        await using var result = await ReportRunner.OpenAsync(_ledger.Connection, request, found, default);
        return await ReadAsync(result);
    }

    private static async Task<string[]> ReadAsync(DbResult result)
    {
        var rows = new List<string>();
        while (await result.Rows.ReadAsync())
        {
            rows.Add(string.Join('|', result.Columns.Select((_, i) => Convert.ToString(result.Rows.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return [.. rows];
    }

    /// <summary>Returns the rows of a query in the same format as those of a report.</summary>
    public async Task<string[]> RowsAsync(QueryRequest query)
    {
        var found = await SnapshotRows.FindAsync(_ledger!.Connection, 1, default);
        await using var result = await ReportRunner.OpenAsync(_ledger.Connection, query, found, default);
        return await ReadAsync(result);
    }

    /// <summary>Returns the names of the columns and the rows of a query.</summary>
    public async Task<string[]> TableAsync(QueryRequest query)
    {
        var found = await SnapshotRows.FindAsync(_ledger!.Connection, 1, default);
        await using var result = await ReportRunner.OpenAsync(_ledger.Connection, query, found, default);
        return [string.Join('|', result.Columns.Select(column => column.Name)), .. await ReadAsync(result)];
    }

    public async Task<Coverage> CoverageAsync(QueryRequest query) => await ReportRunner.ReadCoverageAsync(
        _ledger!.Connection, query, await SnapshotRows.FindAsync(_ledger.Connection, 1, default), default);

    public async Task<ResolvedQuery> ResolveAsync(QueryRequest query) => await QueryResolver.ResolveAsync(
        new NameSource(_ledger!.Connection, await SnapshotRows.FindAsync(_ledger.Connection, 1, default)), query, default);

    /// <summary>Returns one column of a report.</summary>
    public async Task<string[]> ColumnAsync(ReportRequest request, string column, int snapshot = 1)
    {
        var at = ReportSql.GetColumns(request).Select(known => known.Name).ToList().IndexOf(column);
        return [.. (await RowsAsync(request, snapshot)).Select(row => row.Split('|')[at])];
    }

    public async Task<Coverage> CoverageAsync(ReportRequest request) => await ReportRunner.ReadCoverageAsync(
        _ledger!.Connection, request, await SnapshotRows.FindAsync(_ledger.Connection, 1, default), default);

    /// <summary>Writes the report files of the first snapshot.</summary>
    public async Task WriteFilesAsync(string folder) => await ReportFiles.WriteAsync(
        _ledger!.OpenReaderAsync, await SnapshotRows.FindAsync(_ledger!.Connection, 1, default), folder, default);

    /// <summary>Returns a workbook of all reports of the first snapshot.</summary>
    public async Task<byte[]> WorkbookAsync(ReportRequest options, int rowsPerSheet = 1_000)
    {
        using var output = new MemoryStream();
        var snapshot = await SnapshotRows.FindAsync(_ledger!.Connection, 1, default);
        var names = new NameSource(_ledger.Connection, snapshot);
        var queries = await ReportWorkbook.CreateQueriesAsync(options, (query, cancel) => QueryResolver.ResolveAsync(names, query, cancel), default);
        await ReportWorkbook.WriteAsync(_ledger.Connection, options, queries, snapshot, output, default, rowsPerSheet);
        return output.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static MovieRow Movie(
        int id, string year, string companies, string genres, string budget, string revenue, string popularity, string mean, string votes) =>
        Bare(
            id, ("release_date", year.Length > 0 ? $"{year}-06-01" : ""), ("production_companies", Names(companies)), ("genres", Names(genres)), ("budget", budget),
            ("revenue", revenue), ("popularity", popularity), ("vote_average", mean), ("vote_count", votes));

    private static string Names(string names) =>
        $"[{string.Join(", ", names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $"{{'name': '{name}', 'id': {(int)name[0]}}}"))}]";
}
