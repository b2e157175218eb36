using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Support.MovieFile;

namespace CineLedger.Tests.Cleaning;

public sealed class ListTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("[ ]", "")]
    [InlineData("[{'id': 18, 'name': 'Drama'}]", "Drama/18")]
    [InlineData("[{\"name\": \"Drama\", \"id\": 18}]", "Drama/18")]
    [InlineData("[{'id': 18, 'name': ' Drama '}, {'id': 35, 'name': 'Comedy'}]", "Drama/18; Comedy/35")]
    [InlineData("[{'id': 1, 'name': 'Fox'}, {'id': 2, 'name': 'Fox '}]", "Fox/1")]
    [InlineData("[{'id': None, 'name': 'Fox'}]", "Fox/")]
    [InlineData("[{'name': 'Fox'}]", "Fox/")]
    [InlineData("[{'name': \"D'Artagnan\", 'id': 4, 'more': [{'x': [1]}]}]", "D'Artagnan/4")]
    [InlineData(@"[{'name': 'Caf\xe9', 'id': 4}]", "Café/4")]
    [InlineData("['Drama']", "Drama/")]
    [InlineData("[\"Drama\", \" Comedy \", \"Drama\"]", "Drama/; Comedy/")]
    [InlineData(@"['D\'Artagnan, Inc.', {'id': 4, 'name': 'Fox'}]", "D'Artagnan, Inc./; Fox/4")]
    public async Task Names_are_trimmed_and_count_once(string text, string expected)
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("production_companies", text), ("genres", text)));
        Assert.Equal(expected, string.Join("; ", cleaned.Movie.Companies.Select(company => $"{company.Name}/{company.SourceId}")));
        Assert.Equal(expected, string.Join("; ", cleaned.Movie.Genres.Select(genre => $"{genre.Name}/{genre.SourceId}")));
        Assert.Empty(cleaned.Findings);
    }

    [Fact]
    public async Task Spellings_of_one_company_count_once_and_those_of_a_genre_do_not()
    {
        const string Text = "[{'id': 1, 'name': 'Fox'}, {'id': 2, 'name': 'FOX'}, {'id': 1, 'name': 'Fo'}, {'id': 3, 'name': 'fox.'}]";
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("production_companies", Text), ("genres", Text)));
        Assert.Equal([new Company("Fox", 1), new("Fo", 1)], cleaned.Movie.Companies);
        Assert.Equal(["Fox", "FOX", "Fo", "fox."], cleaned.Movie.Genres.Select(genre => genre.Name));
        Assert.Equal([new Company("FOX", 2), new("fox.", 3)], cleaned.Movie.RepeatedCompanies);
    }

    [Theory]
    [InlineData("GATORADE", "not a value at character 1")]
    [InlineData("False", "not a list")]
    [InlineData("{'name': 'Drama'}", "not a list")]
    [InlineData("['Drama'", "unexpected end of text at character 9")]
    [InlineData("[{'name': 'a'}, {'name': 'b\\x00c'}]", "a NUL in the dict at character 17")]
    [InlineData("[{'id': 18, 'name': 'Drama'}", "unexpected end of text at character 29")]
    [InlineData("[{'id': 18, 'name': 'Drama'}] x", "unexpected text after the value at character 31")]
    [InlineData("[{'a': ['b\\q'], 'name': 'Drama'}]", "invalid escape at character 11")]
    public async Task An_invalid_list_is_rejected_with_its_position_and_the_movie_is_kept(string text, string problem)
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("genres", text)), Full(2));
        Assert.Empty(cleaned.Movies[0].Genres);
        Assert.Single(cleaned.Movies[0].Companies);
        Assert.Equal(new Finding(FindingKind.Reject, Rules.InvalidList, "movies_metadata.csv", 2, 1, "genres", $"{text} ({problem})"), cleaned.Finding);
    }

    [Theory]
    [InlineData("['']", "'' (no name in the entry at character 2)", "")]
    [InlineData("[None]", "None (no name in the entry at character 2)", "")]
    [InlineData("[null]", "null (no name in the entry at character 2)", "")]
    [InlineData("['é', 9101, 'Fox']", "9101 (no name in the entry at character 7)", "é/Fox")]
    [InlineData("['Fox', 1.5, true]", "1.5 (no name in the entry at character 9)", "Fox")]
    [InlineData("['Fox', ['Warner']]", "['Warner' (no name in the entry at character 9)", "Fox")]
    [InlineData("[{'id': 18}]", "{'id': 18} (no name in the dict at character 2)", "")]
    [InlineData("[{'id': 18, 'name': None}, {'name': 'Fox'}]", "{'id': 18, 'name': None} (no name in the dict at character 2)", "Fox")]
    [InlineData("[{'name': 'Fox'}, {'id': 18, 'name': ''}]", "{'id': 18, 'name': ''} (no name in the dict at character 19)", "Fox")]
    public async Task An_invalid_entry_costs_only_that_entry(string text, string value, string names)
    {
        // Three lists with such entries do not make a shifted record.
        var movie = Full(1, ("production_companies", text), ("production_countries", text), ("spoken_languages", text));
        var cleaned = await CleanedFile.CreateAsync(movie, Full(2));
        Assert.Equal(names.Split('/', StringSplitOptions.RemoveEmptyEntries), cleaned.Movies[0].Companies.Select(company => company.Name));
        Assert.Equal(2, cleaned.Movies.Count);
        Assert.Equal(
            new Finding(FindingKind.Reject, Rules.InvalidEntry, "movies_metadata.csv", 2, 1, "production_companies", value),
            cleaned.Findings.Single(finding => finding.Field == "production_companies"));
    }

    [Theory]
    [InlineData("[28, 12]", "Action/28; Adventure/12")]
    [InlineData("[18, 35, 18]", "Drama/18; Comedy/35")]
    [InlineData("[10751, {'id': 5, 'name': 'Slapstick'}]", "Family/10751; Slapstick/5")]
    public async Task IDs_of_TMDBs_genres_are_known(string text, string expected)
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("genres", text)));
        Assert.Equal(expected, string.Join("; ", cleaned.Movie.Genres.Select(genre => $"{genre.Name}/{genre.SourceId}")));
        Assert.Empty(cleaned.Findings);
    }

    [Fact]
    public async Task An_entry_without_a_name_is_omitted_and_the_others_are_kept()
    {
        const string text = """[{"id": 9501, "name": null}, {"id": 9101, "name": "North Quay Films"}, {}, null]""";
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("production_companies", text), ("spoken_languages", "[{'iso_639_1': 'en'}, {'id': 3}]")));
        Assert.Equal([new Company("North Quay Films", 9101)], cleaned.Movie.Companies);
        Assert.Equal([new Language("en", "")], cleaned.Movie.Languages);
        Assert.Equal(
            ["""{"id": 9501, "name": null} (no name in the dict at character 2)""", "{'id': 3} (no name in the dict at character 23)"],
            cleaned.Findings.Select(finding => finding.Value));
    }

    [Fact]
    public async Task Countries_and_languages_are_known_by_their_codes_and_may_lack_a_name()
    {
        var movie = (await CleanedFile.CreateAsync(Full(
            1,
            ("production_countries", "[{'iso_3166_1': 'US', 'name': 'United States of America'}, {'iso_3166_1': 'US', 'name': 'USA'}]"),
            ("spoken_languages", "[{'iso_639_1': 'xx', 'name': ''}, {'iso_639_1': 'en', 'name': 'English'}]")))).Movie;
        Assert.Equal([new Country("US", "United States of America")], movie.Countries);
        Assert.Equal([new Language("xx", ""), new("en", "English")], movie.Languages);
    }

    [Theory]
    [InlineData("{'id': 1, 'name': ' Toy Story Collection '}", "Toy Story Collection", null)]
    [InlineData("", null, null)]
    [InlineData("None", null, Rules.Placeholder)]
    [InlineData("{'id': 1}", null, Rules.InvalidList)]
    [InlineData("{'id': 1, 'name': ''}", null, Rules.InvalidList)]
    [InlineData("{'id': 1, 'name': 'x'", null, Rules.InvalidList)]
    [InlineData("{'id': 1, 'name': 'x'} y", null, Rules.InvalidList)]
    [InlineData("[]", null, Rules.InvalidList)]
    [InlineData("GATORADE", null, Rules.InvalidList)]
    public async Task A_collection_is_one_dict_with_a_name(string text, string? name, string? rule)
    {
        var cleaned = await CleanedFile.CreateAsync(Full(1, ("belongs_to_collection", text)), Full(2));
        Assert.Equal(name, cleaned.Movies[0].Collection);
        Assert.Equal(rule, cleaned.Findings.SingleOrDefault()?.Rule);
    }

    [Fact]
    public async Task A_column_of_names_alone_has_collections_too()
    {
        var cleaned = await CleanedFile.CreateAsync(
            Full(1, ("belongs_to_collection", " Toy Story Collection ")), Full(2, ("belongs_to_collection", "")), Full(3, ("belongs_to_collection", "James Bond, Agent")));
        Assert.Equal(["Toy Story Collection", null, "James Bond, Agent"], cleaned.Movies.Select(movie => movie.Collection));
        Assert.Empty(cleaned.Findings);
    }

    [Fact]
    public async Task Every_occurrence_of_a_list_text_gives_the_same_list()
    {
        var rows = Enumerable.Range(1, 20_000).Select(id => Full(id, ("genres", $"[{{'id': {id % 5_000}, 'name': 'G{id % 5_000}'}}]")));
        var cleaned = await CleanedFile.CreateAsync([.. rows]);
        Assert.All(cleaned.Movies, movie => Assert.Equal([new Genre($"G{movie.Id % 5_000}", movie.Id % 5_000)], movie.Genres));
    }
}
