using System.Data;
using System.Globalization;
using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Reports.Search;
using CineLedger.Storage;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Support;
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

    [Fact]
    public async Task A_part_of_a_name_is_found_regardless_of_letter_case_and_accents_on_every_engine()
    {
        await LoadAsync(Full(1, (
            "production_companies",
            "[{'name': 'Société Générale', 'id': 1}, {'name': 'STRAßE (Ost) & Co.', 'id': 2}, {'name': 'Мосфильм', 'id': 3}, {'name': 'Æon', 'id': 4}, {'name': 'Line\u0301 a', 'id': 5}]")));
        var snapshot = await SnapshotRows.FindAsync(Connection, 1, Cancel);
        Assert.Equal("Société Générale", await FindAsync("SOCIÉTÉ"));
        Assert.Equal("Société Générale", await FindAsync("ete gene"));
        Assert.Equal("STRAßE (Ost) & Co.", await FindAsync("strasse (ö"));
        Assert.Equal("STRAßE (Ost) & Co.", await FindAsync("stras"));
        Assert.Equal("STRAßE (Ost) & Co.", await FindAsync("ẞE (OST) & co."));
        Assert.Equal("Мосфильм", await FindAsync("МОСФ"));
        Assert.Equal("Æon", await FindAsync("aeo"));
        Assert.Equal("Æon", await FindAsync("EON"));
        Assert.Equal("", await FindAsync("so.iete"));
        Assert.Equal("", await FindAsync("^STRA|Æ$"));
        Assert.Equal("", await FindAsync("\\"));

        async Task<string> FindAsync(string text)
        {
            var filter = new NameFilter { SearchText = text };
            return string.Join(',', (await ReadAsync(await NameList.OpenAsync(Connection, "company", filter, snapshot, Cancel))).Select(row => row.Split('|')[0]));
        }
    }

    [Fact]
    public async Task Names_are_read_for_the_search_with_original_titles_and_numbers_of_movies()
    {
        // Two people of one name in one movie, who are one result; a person with two credits; a person without a movie in the ledger.
        const string Credits =
            """
            cast,crew,id
            "[{'id': 1, 'name': 'Steve Martin', 'order': 0}, {'id': 2, 'name': 'Steve Martin', 'order': 1}]","[{'id': 1, 'name': 'Steve Martin', 'job': 'Writer', 'department': 'Writing'}]",1
            "[]","[{'id': 2, 'name': 'Steve Martin', 'job': 'Editor', 'department': 'Editing'}, {'id': 3, 'name': 'Zoë', 'job': 'Editor', 'department': 'Editing'}]",2
            "[]","[{'id': 4, 'name': 'Nobody', 'job': 'Editor', 'department': 'Editing'}]",99

            """;
        var companies = ("production_companies", "[{'name': 'Mango', 'id': 1}, {'name': 'Änderung', 'id': 2}]");
        await LoadAsync(
            RelatedFiles.Dataset(
                [
                    Full(1, ("title", "Life Is Beautiful"), ("original_title", "La vita è bella"), ("vote_count", "10"), companies),
                    Full(2, ("title", "Same"), ("original_title", "Same"), ("vote_count", "20"), ("release_date", ""), ("production_companies", "[{'name': 'Mango', 'id': 1}]")),
                ],
                credits: Credits),
            new LoadOptions(),
            null,
            Cancel);
        Assert.Equal(["Same|2|0|", "Life Is Beautiful|1|1995|La vita è bella"], await ReadIndexAsync("movie", "a"));
        Assert.Equal(["Mango|0|2|", "Änderung|0|1|"], await ReadIndexAsync("company", "n"));
        Assert.Equal(["Toy Story Collection|0|2|"], await ReadIndexAsync("collection", "toy"));
        Assert.Equal(["Animation|0|2|"], await ReadIndexAsync("genre", "animation"));
        Assert.Equal(["Steve Martin|0|2|", "Zoë|0|1|"], [.. await ReadIndexAsync("person", "steve martin"), .. await ReadIndexAsync("person", "zoe")]);
        Assert.Equal([], await ReadIndexAsync("person", "nobody"));

        // The rows of a movie need not follow each other.
        await Ledger.Connection.ExecuteAsync(
            "INSERT INTO movie_person SELECT movie_id, since, until, person_id, credit, job, department, character, position + 9, content_hash FROM movie_person WHERE movie_id = 1", Cancel);
        Assert.Equal(["Steve Martin|0|2|"], await ReadIndexAsync("person", "steve martin"));

        async Task<IReadOnlyList<string>> ReadIndexAsync(string kind, string text)
        {
            var snapshot = await SnapshotRows.FindAsync(Connection, 1, Cancel);
            var index = await SearchKind.All.Single(known => known.Name == kind).ReadIndexAsync(Connection, snapshot, Cancel);
            return [.. index.Find(new(text), 9).Select(name => $"{name.Name}|{name.Id}|{name.Detail}|{name.OtherName}")];
        }
    }
}
