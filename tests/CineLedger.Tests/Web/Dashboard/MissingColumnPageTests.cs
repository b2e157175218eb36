using CineLedger.Loading;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests what pages and responses say about a file without some columns, which has one row per movie and genre.</summary>
public sealed class MissingColumnPageTests(MissingColumnPageTests.SubsetServer served) : IClassFixture<MissingColumnPageTests.SubsetServer>
{
    [Fact]
    public async Task The_quality_page_names_the_columns_and_accounts_for_combined_rows()
    {
        var page = QualityPageTests.Text(await served.PageAsync("/quality"));
        Assert.Contains("Not in the source: adult, belongs_to_collection, budget,", page, StringComparison.Ordinal);
        Assert.Contains("Records read 4", page, StringComparison.Ordinal);
        Assert.Contains("dropped: another genre of the same movie −2", page, StringComparison.Ordinal);
        Assert.Contains("Movies in the ledger 2", page, StringComparison.Ordinal);
        Assert.Contains("The numbers add up", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/companies")]
    [InlineData("/genres")]
    [InlineData("/explore?by=company&measure=budget")]
    public async Task Every_page_names_the_columns_that_are_not_in_the_source(string address)
    {
        var page = QualityPageTests.Text(await served.PageAsync(address));
        Assert.Contains("Production companies are not in the source of this snapshot.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Genres are not", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_response_has_a_note_for_each_missing_column_that_it_uses()
    {
        var companies = await served.TextAsync("/api/v1/reports/companies");
        Assert.Contains("Production companies are not in the source of this snapshot.", companies, StringComparison.Ordinal);
        Assert.Contains("Budget is not in the source of this snapshot.", companies, StringComparison.Ordinal);
        var genres = await served.TextAsync("/api/v1/query?by=genre&measure=releases,revenue");
        Assert.Contains("\"genre\":\"War\",\"releases\":2", genres, StringComparison.Ordinal);
        Assert.DoesNotContain("not in the source", genres, StringComparison.Ordinal);
    }

    public sealed class SubsetServer : DashboardServer
    {
        private const string Movies = """
            id,title,release_date,revenue,Genre
            1,Heat,1995-12-15,187436818,Drama
            2,Ran,1985-05-31,4135750,War
            1,Heat,1995-12-15,187436818,Crime
            1,Heat,1995-12-15,187436818,War
            """;

        protected override async Task CreateLedgerAsync()
        {
            await using var ledger = await DuckDbLedger.OpenAsync(Store, default);
            await Loader.LoadAsync(ledger, MemoryDataset.Create(Movies.ReplaceLineEndings("\n") + "\n"), new LoadOptions(), null, default);
        }
    }
}
