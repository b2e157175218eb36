using CineLedger.Loading;
using CineLedger.Storage;
using CineLedger.Streaming;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.SystemTests.Postgres;

/// <summary>When PostgreSQL's tables get their keys: a load creates them after its rows, which is quicker; any other writer creates them first.</summary>
public sealed class KeysTests(SharedServer server) : PostgresLedgerTestBase(server)
{
    [Fact]
    public async Task A_first_load_of_all_files_creates_every_key()
    {
        Assert.DoesNotContain("company_name", await KeysAsync());
        await using var dataset = RelatedFiles.Dataset(Full(11), Full(12));
        await Loader.LoadAsync(Ledger, dataset, Accept.AnyContent, null, Cancel);
        Assert.Empty(Expected.Except(await KeysAsync()));
    }

    [Fact]
    public async Task A_ledger_that_begins_with_pushed_movies_has_the_same_keys()
    {
        var movies = CleanedJson.Lines((await CleanedFile.CreateAsync([Full(11)])).Movies);
        await ChangeWriter.ApplyAsync(Ledger, [await CleanedJson.ChangesAsync(movies, "push/a")], new ChangeOptions("push"), Cancel);
        Assert.Empty(Expected.Except(await KeysAsync()));
    }

    private static readonly string[] Expected =
    [
        "company_name", "company_pkey", "country_pkey", "genre_name", "genre_pkey", "keyword_name", "keyword_pkey", "language_pkey", "movie_company_company",
        "movie_company_pkey", "movie_country_pkey", "movie_genre_pkey", "movie_language_pkey",
        "movie_keyword_keyword", "movie_keyword_pkey", "movie_person_person", "movie_person_pkey", "movie_pkey", "movie_rating_pkey", "person_name", "person_pkey", "person_source",
    ];

    private Task<List<string>> KeysAsync() =>
        Ledger.Connection.QueryAsync("SELECT indexname FROM pg_indexes WHERE schemaname = CURRENT_SCHEMA()", row => row.GetString(0), Cancel);
}
