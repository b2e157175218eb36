using System.Data;
using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Search;
using CineLedger.Storage.Snapshots;

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
}
