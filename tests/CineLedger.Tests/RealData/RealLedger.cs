using CineLedger.Export;
using CineLedger.Loading;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Sources;
using CineLedger.Storage;
using CineLedger.Storage.DuckDb;

namespace CineLedger.Tests.RealData;

/// <summary>One of the real zips, loaded once for all tests of a class, and also read once by independent code.</summary>
public abstract class RealLedger(string zip) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;
    private LoadSummary? _summary;

    public LoadSummary Summary => _summary!;

    internal IReadOnlyList<IndependentMovie> Movies { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (RealData.Find(zip) is not { } path)
        {
            return;
        }

        _ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), default);
        await using var dataset = await SourceOpener.OpenAsync(path);
        _summary = await Loader.LoadAsync(_ledger, dataset, new(), null, default);
        Movies = IndependentMovies.Read(path);
    }

    public void SkipIfMissing() => RealData.SkipIfMissing(zip);

    /// <summary>Returns the rows of a query, with null for unknown values.</summary>
    public Task<List<object?[]>> QueryAsync(string sql) => _ledger!.Connection.QueryAsync(
        sql, row => Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? null : row.GetValue(i)).ToArray(), default);

    /// <summary>Returns the rows of a report as values by column name.</summary>
    public Task<List<Dictionary<string, object?>>> ReportAsync(ReportRequest request) => QueryAsync(ReportSql.CreateQuery(request));

    /// <summary>Returns the rows of a query as values by column name.</summary>
    public async Task<List<Dictionary<string, object?>>> QueryAsync(QueryRequest query)
    {
        await using var result = await ReportRunner.OpenAsync(_ledger!.Connection, query, Summary.Snapshot, default);
        var rows = new List<Dictionary<string, object?>>();
        while (await result.Rows.ReadAsync())
        {
            rows.Add(result.Columns.Select((column, i) => (column.Name, Value: result.Rows.IsDBNull(i) ? null : result.Rows.GetValue(i)))
                .ToDictionary(pair => pair.Name, pair => pair.Value));
        }

        return rows;
    }

    public Task<Coverage> CoverageAsync(QueryRequest query) => ReportRunner.ReadCoverageAsync(_ledger!.Connection, query, Summary.Snapshot, default);

    /// <summary>Returns a query's result as a file.</summary>
    public async Task<byte[]> ExportAsync(QueryRequest query, OutputFormat format)
    {
        await using var result = await ReportRunner.OpenAsync(_ledger!.Connection, query, Summary.Snapshot, default);
        using var output = new MemoryStream();
        await using (var writer = OutputFormatInfo.Get(format).CreateWriter(output))
        {
            await writer.WriteResultAsync(result.Columns, result.Rows, new ResultInfo(Summary.Snapshot, null), default);
        }

        return output.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_ledger is not null)
        {
            await _ledger.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }
}

public sealed class FullLedger() : RealLedger(RealData.Full);

public sealed class HeadLedger() : RealLedger(RealData.Head);
