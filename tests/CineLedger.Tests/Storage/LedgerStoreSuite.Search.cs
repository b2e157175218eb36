using System.Data;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Reports.Search;
using CineLedger.Storage.Snapshots;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Search by text, which finds the same on every engine.</summary>
public abstract partial class LedgerStoreSuite
{
    [Fact]
    public async Task Movies_and_companies_are_found_by_text_on_every_engine()
    {
        await LoadAsync(
            Create(1, "1995-10-30", "100", "AB", "en"), Create(2, "1996-10-30", "300", "A", "fr"), Create(3, "1995-10-31", "200", "", "en"), Create(4, "", "0", "A", ""));
        var snapshot = await SnapshotRows.FindAsync(Connection, 1, Cancel);
        using var companies = await NameSearch.ReadCompaniesAsync(Connection, SearchText.Create(["a"]), null, snapshot, Cancel);
        Assert.Equal(
            ["A|3|1995|1996|400|"],
            companies.Rows.Cast<DataRow>().Select(row => string.Join('|', row.ItemArray.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)))));
        await Assert.ThrowsAsync<UsageException>(() => NameSearch.ReadCompaniesAsync(Connection, SearchText.Create(["nobody"]), null, snapshot, Cancel));
        await Assert.ThrowsAsync<UsageException>(() => NameSearch.ReadPeopleAsync(Connection, SearchText.Create(["nobody"]), null, snapshot, Cancel));
        await Assert.ThrowsAsync<UsageException>(() => NameSearch.ReadStudiosAsync(Connection, SearchText.Create(["nobody"]), null, snapshot, Cancel));

        var movies = await ReadAsync(await MovieSearch.OpenAsync(Connection, MovieList.CreateQuery([], null), null, [], null, snapshot, Cancel));
        Assert.Equal(4, movies.Count);
        Assert.Contains(movies, movie => movie.StartsWith("2|", StringComparison.Ordinal) && movie.Contains("|300|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_query_selects_and_counts_the_rows_whose_name_contains_a_text()
    {
        await LoadAsync(
            Full(1, ("production_companies", "[{'name': 'Mango', 'id': 1}, {'name': 'Pear', 'id': 2}]")),
            Full(2, ("production_companies", "[{'name': 'Llama', 'id': 3}, {'name': 'Pear', 'id': 2}]")));
        var snapshot = await SnapshotRows.FindAsync(Connection, 1, Cancel);
        var query = new QueryRequest
        {
            By = [Dimensions.Find("company", "--by")],
            Measures = Measures.ParseAll(["releases"]),
            Order = [new("company", IsDescending: false)],
            SearchText = "MA",
            Limit = 1,
            Offset = 1,
        };
        Assert.StartsWith("Mango", Assert.Single(await QueryAsync(query)), StringComparison.Ordinal);
        Assert.Equal(2L, await ReportRunner.CountRowsAsync(Connection, query, snapshot, Cancel));
        Assert.Equal(3L, await ReportRunner.CountRowsAsync(Connection, query with { SearchText = null }, snapshot, Cancel));
        Assert.Equal(0L, await ReportRunner.CountRowsAsync(Connection, query with { SearchText = "_a%" }, snapshot, Cancel));
    }
}
