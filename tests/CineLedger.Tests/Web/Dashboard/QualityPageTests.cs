using System.Net;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Storage.DuckDb;
using CineLedger.Tests.Support;
using CineLedger.Web.Dashboard.Quality;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Web.Dashboard;

/// <summary>Tests the pages that account for all records and findings.</summary>
public sealed class QualityPageTests(QualityPageTests.MessyServer served) : IClassFixture<QualityPageTests.MessyServer>
{
    [Fact]
    public async Task The_reconciliation_from_records_to_reports_adds_up()
    {
        var page = await PageAsync("/quality");
        string[] lines =
        [
            "Records read 9", "rejected: wrong number of fields 0", "rejected: no usable ID −1", "dropped: duplicate with the same content −1",
            "dropped: another record of the same movie was kept −1", "Movies in the ledger 6", "without a release date −1", "Movies in yearly reports 5",
        ];
        foreach (var line in lines)
        {
            Assert.Contains(line, page, StringComparison.Ordinal);
        }

        Assert.Contains("The numbers add up", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merged_part_says_how_many_movies_it_left_as_they_were()
    {
        await using var own = new MessyServer();
        await own.InitializeAsync();
        await own.MergeAsync(Bare(99, ("release_date", "2001-01-01")));
        var page = Text(await own.PageAsync("/quality"));
        Assert.Contains("Records read 1", page, StringComparison.Ordinal);
        Assert.Contains("Movies read 1", page, StringComparison.Ordinal);
        Assert.Contains("movies of earlier snapshots, unchanged by this load 6", page, StringComparison.Ordinal);
        Assert.Contains("Movies in the ledger 7", page, StringComparison.Ordinal);
        Assert.Contains("The numbers add up", page, StringComparison.Ordinal);

        // The page of the first snapshot is unchanged, is labeled as old, and links to the newest.
        var first = Text(await own.PageAsync("/quality?snapshot=1"));
        Assert.Contains("You are viewing snapshot 1 of 2 . Show the newest", first, StringComparison.Ordinal);
        Assert.Contains("Records read 9", first, StringComparison.Ordinal);
        Assert.DoesNotContain("You are viewing", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_rule_with_findings_is_explained_and_linked()
    {
        var page = await PageAsync("/quality");
        Assert.Contains("Rejected 2 invalid: the record is not used, or its field is unknown", page, StringComparison.Ordinal);
        Assert.Contains("invalid-number 1 Not a number, or an implausible one", page, StringComparison.Ordinal);
        Assert.Contains("movies_metadata.csv :7 movie 5 budget GATORADE", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_movies_that_the_ledger_has_are_linked_in_findings()
    {
        await using var own = new CreditOfUnknownMovieServer();
        await own.InitializeAsync();
        foreach (var page in (string[])["/quality", "/quality/findings"])
        {
            var content = await own.PageAsync(page);
            Assert.Contains("77", Text(content), StringComparison.Ordinal);
            Assert.DoesNotContain("/movies/77", content, StringComparison.Ordinal);
            Assert.Contains("/movies/5", content, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_rule_and_kind_has_a_description()
    {
        Assert.All(Rules.All, rule => Assert.EndsWith(".", rule.Meaning, StringComparison.Ordinal));
        Assert.All(FindingKindNames.All, kind => Assert.NotEqual(kind, RuleDescriptions.GetKindTitle(kind)));
    }

    [Theory]
    [InlineData("?rule=invalid-number", "1 finding", "GATORADE")]
    [InlineData("?kind=drop", "2 findings", "conflicting-duplicate")]
    [InlineData("?movie=5", "1 finding", "invalid-number")]
    [InlineData("?kind=repair", "No matching findings", "matches the filters")]
    [InlineData("?start=50", "Page out of range", "first page")]
    public async Task Findings_are_narrowed_by_what_the_address_says(string query, string says, string and)
    {
        var page = await PageAsync("/quality/findings" + query);
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains(and, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_and_its_download_contain_the_same_findings()
    {
        var page = WebUtility.HtmlDecode(await served.PageAsync("/quality/findings?kind=reject"));
        Assert.Contains("href=\"/api/v1/findings?kind=reject&format=csv&snapshot=1\"", page, StringComparison.Ordinal);
        var csv = await served.TextAsync("/api/v1/findings?kind=reject&format=csv&snapshot=1");
        Assert.Equal(2, csv.TrimEnd().Split('\n').Length - 1);
    }

    [Theory]
    [InlineData("/quality/findings?rule=nonsense", "is not one of split-record")]
    [InlineData("/quality/findings?start=0", "is out of range")]
    public async Task Bad_filters_are_refused(string address, string says) =>
        Assert.Contains(says, WebUtility.HtmlDecode(await served.PageAsync(address, 400)), StringComparison.Ordinal);

    private async Task<string> PageAsync(string address) => Text(await served.PageAsync(address));

    /// <summary>Returns the visible text of a page, with a space between elements.</summary>
    internal static string Text(string page) => WebUtility.HtmlDecode(
        System.Text.RegularExpressions.Regex.Replace(System.Text.RegularExpressions.Regex.Replace(page, "<[^>]*>", " "), "\\s+", " "));

    /// <summary>Loads nine records, including an exact copy, a losing duplicate, an invalid id, a movie without a date, and an invalid budget.</summary>
    public sealed class MessyServer : DashboardServer
    {
        protected override async Task CreateLedgerAsync()
        {
            await using var ledger = await CineLedger.Storage.DuckDb.DuckDbLedger.OpenAsync(Store, default);
            await ServedMovies.LoadAsync(ledger,
            [
                Full(1), Full(1), Bare(2, ("release_date", "1999-01-01"), ("vote_count", "5")), Bare(2, ("release_date", "1999-01-01"), ("vote_count", "6")), Bare(3, ("id", "x")),
                Bare(5, ("budget", "GATORADE"), ("release_date", "2000-02-02")), Bare(6), Bare(7, ("release_date", "2001-03-03")), Bare(8, ("release_date", "2001-03-04")),
            ]);
        }

        internal async Task MergeAsync(params MovieRow[] movies)
        {
            await using var ledger = await Pool.OpenForLoadAsync(wait: false, default);
            await CineLedger.Loading.Loader.LoadAsync(ledger, MemoryDataset.Create(MovieFile.Text(movies)), new() { IsMerge = true, MaxRejects = 1 }, null, default);
        }
    }
}

/// <summary>A server with a finding about a movie of the ledger, and one about a movie that it never had.</summary>
public sealed class CreditOfUnknownMovieServer : DashboardServer
{
    protected override async Task CreateLedgerAsync()
    {
        await using var ledger = await DuckDbLedger.OpenAsync(Store, default);
        await Loader.LoadAsync(
            ledger,
            RelatedFiles.Create(("movies_metadata.csv", MovieFile.Text(Full(5, ("budget", "GATORADE")), Full(6))), ("keywords.csv", "id,keywords\n77,[]\n")),
            new LoadOptions { MaxRejects = 1, AcceptedGates = Accept.Content },
            null,
            default);
    }
}
