using System.Globalization;
using CineLedger.Loading;
using CineLedger.Reports;
using CineLedger.Storage.DuckDb;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Reports;

/// <summary>Tests queries over one movie for each month of a year, where every third movie has no collection.</summary>
public sealed class DatePartTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cineledger-tests-");
    private DuckDbLedger? _ledger;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ledger = await DuckDbLedger.OpenAsync(Path.Combine(_folder.FullName, "ledger.duckdb"), Cancel);
        var movies = Enumerable.Range(1, 12).Select(month => MovieFile.Bare(
            month,
            ("popularity", $"{month}"),
            ("release_date", string.Create(CultureInfo.InvariantCulture, $"2015-{month:00}-{(month == 2 ? 28 : 30)}")),
            ("belongs_to_collection", (month % 3) switch { 0 => "", 1 => "{'id': 1, 'name': 'First'}", _ => "{'id': 2, 'name': 'Second'}" })));
        await Loader.LoadAsync(_ledger, MemoryDataset.Create(MovieFile.Text([.. movies])), Accept.AnyContent, null, Cancel);
    }

    [Fact]
    public async Task Each_quarter_has_the_movies_of_its_three_months() =>
        Assert.Equal(["2015-Q1|3|2", "2015-Q2|3|5", "2015-Q3|3|8", "2015-Q4|3|11"], await RowsAsync("quarter", "releases,popularity"));

    [Fact]
    public async Task A_movie_without_a_collection_is_counted_when_a_collection_is_excluded() =>
        Assert.Equal(["8"], await RowsAsync("", "releases", "collection!=First"));

    public async ValueTask DisposeAsync()
    {
        await _ledger!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<string[]> RowsAsync(string by, string measures, params string[] where)
    {
        var snapshot = await SnapshotRows.FindAsync(_ledger!.Connection, 1, Cancel);
        await using var result = await ReportRunner.OpenAsync(_ledger.Connection, QueryText.Read(by, measures, where), snapshot, Cancel);
        var rows = new List<string>();
        while (await result.Rows.ReadAsync(Cancel))
        {
            rows.Add(string.Join('|', result.Columns.Select((_, i) => Convert.ToString(result.Rows.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return [.. rows];
    }
}
