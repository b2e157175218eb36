using CineLedger.Loading;
using CineLedger.Model;
using CineLedger.Reports.Names;
using CineLedger.Storage.Snapshots;
using CineLedger.Tests.Reports;
using CineLedger.Tests.Support;
using CsCheck;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Storage;

/// <summary>Tests that a name in a query is that of the ledger, is completed, or is refused with candidates.</summary>
public abstract partial class LedgerStoreSuite
{
    private static readonly StudioLine[] NamedStudios =
    [
        new("MGM", "Metro-Goldwyn-Mayer (MGM)", null, null, "unsourced"), new("Disney", "Walt Disney Pictures", null, null, "unsourced"),
        new("Lionsgate", "Lions Gate Films", null, null, "unsourced"), new("Lionsgate", "Lionsgate", null, null, "unsourced"),
    ];

    /// <summary>The number of movies of each company: some names are short for others with many more.</summary>
    private static readonly (string Company, int Movies)[] NamedCompanies =
    [
        ("Metro-Goldwyn-Mayer (MGM)", 8), ("MGM", 1), ("Walt Disney Pictures", 10), ("Disney", 1), ("Lionsgate", 3), ("Lions Gate Films", 3), ("Pixar Animation Studios", 2),
        ("Warner Bros.", 6), ("Warner Bros. Animation", 2), ("Pathé", 6), ("Pathe", 1), ("Ärger Film", 1), ("東宝", 1), ("Grey & Söhne", 1),
    ];

    [Theory]
    [InlineData("company=Pixar Animation Studios", "Pixar Animation Studios", null)]
    [InlineData("company=  pixar  ANIMATION studios..", "Pixar Animation Studios", null)]
    [InlineData("company=Pixar", "Pixar Animation Studios", "company: 'Pixar' was read as 'Pixar Animation Studios'.")]
    [InlineData("company!=pixar", "Pixar Animation Studios", "company: 'pixar' was read as 'Pixar Animation Studios'.")]
    [InlineData("company=arger film", "Ärger Film", null)]
    [InlineData("company=grey sohne", "Grey & Söhne", "company: 'grey sohne' was read as 'Grey & Söhne'.")]
    [InlineData("company=東", "東宝", "company: '東' was read as '東宝'.")]
    [InlineData("company=Warner Bros", "Warner Bros.", null)]
    [InlineData("company=Metro-Goldwyn-Mayer (MGM)", "Metro-Goldwyn-Mayer (MGM)", null)]
    [InlineData("company=Pathé", "Pathé", null)]
    [InlineData("company=\"=MGM\"", "MGM", null)]
    [InlineData("company=\"=mgm\"", "MGM", null)]
    [InlineData("company=\"=Pathe\"", "Pathe", null)]
    [InlineData("company=Lionsgate", "Lionsgate", "company: 'Lionsgate' has 3 movies; the studio 'Lionsgate' has 6 movies.")]
    [InlineData("studio=mgm", "MGM", null)]
    [InlineData("genre=sci-fi", "Science Fiction", "genre: 'sci-fi' was read as 'Science Fiction'.")]
    [InlineData("country=USA", "United States of America", null)]
    [InlineData("country=us", "United States of America", null)]
    [InlineData("country=U.S.A.", "United States of America", "country: 'U.S.A.' was read as 'United States of America'.")]
    [InlineData("country=France", "France", null)]
    [InlineData("language=French", "fr", null)]
    [InlineData("spoken_language=français", "fr", null)]
    [InlineData("spoken_language=FRENCH", "fr", null)]
    [InlineData("status=post", "Post Production", "status: 'post' was read as 'Post Production'.")]
    [InlineData("collection=toy story", "Toy Story Collection", "collection: 'toy story' was read as 'Toy Story Collection'.")]
    public async Task A_name_in_a_query_becomes_that_of_the_ledger(string where, string name, string? note)
    {
        await LoadNamesAsync();
        var (query, notes) = await ResolveAsync(where);
        Assert.Equal((name, note), (query.Where[0].Value, notes.SingleOrDefault()));
    }

    [Theory]
    [InlineData("company=MGM", "company 'MGM' could be the studio 'MGM' (9 movies; studio=MGM) or 'Metro-Goldwyn-Mayer (MGM)' (8 movies). "
        + "For exactly the company 'MGM', which has 1 movie, write company=\"=MGM\".")]
    [InlineData("company=mgm.", "For exactly the company 'MGM', which has 1 movie, write company=\"=MGM\".")]
    [InlineData("company!=MGM", "company 'MGM' could be the studio 'MGM'")]
    [InlineData("company=Disney", "company 'Disney' could be the studio 'Disney' (11 movies; studio=Disney) or 'Walt Disney Pictures' (10 movies).")]
    [InlineData("company=Pathe", "company 'Pathe' could be 'Pathé' (6 movies). For exactly the company 'Pathe', which has 1 movie,")]
    [InlineData("company=pathe", "company 'pathe' could be 'Pathé' (6 movies) or 'Pathe' (1 movie). Write the name in full.")]
    [InlineData("company=Warner", "company 'Warner' could be 'Warner Bros.' (6 movies) or 'Warner Bros. Animation' (2 movies). Write the name in full.")]
    [InlineData("company=Pixr", "there is no company 'Pixr'. Did you mean 'Pixar Animation Studios' (2 movies)?")]
    [InlineData("company=\"=Pixar\"", "there is no company 'Pixar'. Did you mean 'Pixar Animation Studios' (2 movies)?")]
    [InlineData("company=Dysney", "there is no company 'Dysney'. Did you mean the studio 'Disney' (11 movies; studio=Disney), 'Walt Disney Pictures' (10 movies) or 'Disney' (1 movie)?")]
    [InlineData("company=Walt Disney Pictures International", "Did you mean the studio 'Disney' (11 movies; studio=Disney), 'Walt Disney Pictures' (10 movies) or 'Disney' (1 movie)?")]
    [InlineData("studio=Pixar Animation Studios", "Did you mean the company 'Pixar Animation Studios' (2 movies; company=\"Pixar Animation Studios\")?")]
    [InlineData("genre=Horrible", "there is no genre 'Horrible'. Use one of Animation, Science Fiction.")]
    [InlineData("country=Atlantis", "there is no country 'Atlantis'. Use one of France, United States of America.")]
    [InlineData("company=Gaumont", "there is no company 'Gaumont'. Use one of ")]
    public async Task A_name_that_is_unknown_or_short_for_others_is_refused(string where, string expected)
    {
        await LoadNamesAsync();
        var error = await Assert.ThrowsAsync<UsageException>(() => ResolveAsync(where));
        Assert.StartsWith("--where: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task One_unknown_name_among_several_refuses_the_query()
    {
        await LoadNamesAsync();
        await Assert.ThrowsAsync<UsageException>(() => ResolveAsync("company=Warner Bros.", "company=Gaumont"));
    }

    [Fact]
    public async Task Names_are_those_of_the_snapshot()
    {
        await LoadNamesAsync();
        await LoadAsync(
            Accept.Anything with { Studios = NamedStudios },
            [Movie(1, "Metro-Goldwyn-Mayer (MGM)"), Movie(2, "MGM"), Movie(3, "Pixar Animation Studios"), Movie(4, "Pixar Canada")]);
        Assert.Equal("Pixar Animation Studios", (await ResolveAsync(1, "company=pixar")).Query.Where[0].Value);
        var error = await Assert.ThrowsAsync<UsageException>(() => ResolveAsync(2, "company=pixar"));
        Assert.Contains("'Pixar Animation Studios' (1 movie) or 'Pixar Canada' (1 movie)", error.Message, StringComparison.Ordinal);
        Assert.Equal("company: 'MGM' has 1 movie; the studio 'MGM' has 2 movies.", Assert.Single((await ResolveAsync(2, "company=MGM")).Notes));
    }

    [Fact]
    public async Task Every_spelling_of_a_name_finds_the_same_movies()
    {
        await LoadNamesAsync();
        var names = NamedCompanies.Select(company => company.Company).Where(name => name is not ("MGM" or "Disney" or "Pathe" or "Pathé")).ToArray();
        await Gen.Select(Gen.Int[0, names.Length - 1], Gen.Bool.Array[40], Gen.Int[0, 3]).SampleAsync(
            async (at, upper, spaces) =>
            {
                var letters = names[at].Select((letter, i) => upper[i % upper.Length] ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter));
                var text = string.Concat(letters).Replace(" ", new string(' ', spaces + 1), StringComparison.Ordinal) + (upper[0] ? "." : "");
                text = upper[1] ? NameFolding.RemoveAccents(text) : text;
                Assert.Equal(names[at], (await ResolveAsync($"company={text}")).Query.Where[0].Value);
            },
            iter: 50, threads: 1);
    }

    private Task<LoadSummary> LoadNamesAsync()
    {
        var id = 0;
        return LoadAsync(
            Accept.Anything with { Studios = NamedStudios },
            [.. NamedCompanies.SelectMany(company => Enumerable.Range(0, company.Movies).Select(_ => Movie(++id, company.Company)))]);
    }

    private static MovieRow Movie(long id, string company) => Full(
        id, ("production_companies", List(company)), ("genres", List(id % 2 == 0 ? "Animation" : "Science Fiction")), ("original_language", id % 2 == 0 ? "en" : "fr"),
        ("production_countries", $"[{{'iso_3166_1': '{(id % 2 == 0 ? "US" : "FR")}', 'name': '{(id % 2 == 0 ? "United States of America" : "France")}'}}]"),
        ("spoken_languages", $"[{{'iso_639_1': '{(id % 2 == 0 ? "en" : "fr")}', 'name': '{(id % 2 == 0 ? "English" : "Français")}'}}]"),
        ("status", id == 1 ? "Post Production" : "Released"));

    private Task<ResolvedQuery> ResolveAsync(params string[] where) => ResolveAsync(1, where);

    private async Task<ResolvedQuery> ResolveAsync(int snapshot, params string[] where) => await QueryResolver.ResolveAsync(
        new NameSource(Connection, await SnapshotRows.FindAsync(Connection, snapshot, Cancel)), QueryText.Read("", "releases", where), Cancel);
}
