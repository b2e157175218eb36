using CineLedger.Model;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Cases.CaseFile;

namespace CineLedger.Tests.Cases;

/// <summary>Lists of names in all the notations that re-saved files have.</summary>
public sealed class ListCaseTests : CaseTestBase
{
    /// <summary>The columns of the daily extracts, with and without keywords.</summary>
    private static readonly string[] Daily =
    [
        "id", "title", "vote_average", "vote_count", "status", "release_date", "revenue", "runtime", "adult", "backdrop_path", "budget", "homepage", "imdb_id", "original_language",
        "original_title", "overview", "popularity", "poster_path", "tagline", "genres", "production_companies", "production_countries", "spoken_languages", "keywords",
    ];

    [Theory]
    [InlineData(Place.Alone, true)]
    [InlineData(Place.Alone, false)]
    [InlineData(Place.Middle, false)]
    [InlineData(Place.End, true)]
    public async Task Names_separated_by_commas_keep_legal_forms_and_ambiguous_ones_are_flagged(Place place, bool hasKeywords)
    {
        var file = new CaseFile { Place = place, Columns = hasKeywords ? Daily : Daily[..^1], Restyle = row => Flatten(row, ", ") };
        var result = await LoadAsync(file.ToBytes(
            Flatten(Row(
                900_001, ("genres", "Drama, Science Fiction"), ("production_companies", "North Quay Films, South Pier Pictures, Inc., Grey Gull, Ltd."), ("keywords", "sea, light")), ", "),
            Flatten(Row(
                900_002, ("genres", "Comedy"), ("production_companies", "Holm, Meyer & Co."), ("production_countries", "United States of America, United Kingdom")), ", "),
            Flatten(Row(900_003, ("genres", "Drama"), ("production_companies", "South Pier Pictures")), ", ")));
        Assert.Equal(["Drama", "Science Fiction"], result.Genres(900_001));
        Assert.Equal(["North Quay Films", "South Pier Pictures, Inc.", "Grey Gull, Ltd."], result.Companies(900_001));
        Assert.Equal(["South Pier Pictures"], result.Companies(900_003));
        Assert.Equal(["United States of America", "United Kingdom"], result.Movies[900_002].Countries.Select(country => country.Name));
        Assert.Equal([$"flag ambiguous-names {file.Line + 1} production_companies"], result.Lines.Where(line => !line.Contains("-column", StringComparison.Ordinal)));
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData("|")]
    [InlineData("-")]
    [InlineData(" / ")]
    [InlineData(", ")]
    [InlineData(",")]
    public async Task Names_may_be_joined_by_any_separator(string separator)
    {
        foreach (var place in new[] { Place.Head, Place.End })
        {
            var file = new CaseFile { Place = place, Restyle = row => Flatten(row, separator) };
            var row = Row(900_001, ("genres", $"Action{separator}Science Fiction{separator}Drama"), ("production_companies", $"Grey Gull{separator}Salt Road"));
            var result = await LoadAsync(file.ToBytes(Flatten(row, separator)));
            Assert.Equal(["Action", "Science Fiction", "Drama"], result.Genres(900_001));
            Assert.Equal(["Grey Gull", "Salt Road"], result.Companies(900_001));
            Assert.Empty(result.Findings);
            result.AssertGenerated(file);
        }
    }

    /// <summary>A hyphen, slash or pipe within a name does not separate names in a column with another notation.</summary>
    [Theory]
    [InlineData("[{'name': 'Kennedy/Marshall | AC-DC Films', 'id': 1}]", "Kennedy/Marshall | AC-DC Films")]
    [InlineData("[{'name': 'Metro-Goldwyn-Quay', 'id': 1}]", "Metro-Goldwyn-Quay")]
    public async Task Separators_within_names_of_other_lists_are_part_of_the_name(string text, string name)
    {
        var result = await LoadAsync(new CaseFile { Place = Place.Middle }.ToBytes(Row(900_001, ("production_companies", text))));
        Assert.Equal([name], result.Companies(900_001));
        Assert.Empty(result.Findings);
    }

    [Theory]
    [InlineData("Sci-Fi Studios", "Sci-Fi Studios")]
    [InlineData("Metro-Goldwyn-Quay|Grey Gull", "Metro-Goldwyn-Quay/Grey Gull")]
    public async Task A_hyphen_within_names_joined_by_pipes_is_part_of_the_name(string text, string names)
    {
        var result = await LoadAsync(new CaseFile { Place = Place.Middle, Restyle = row => Flatten(row, "|") }.ToBytes(Flatten(Row(900_001, ("production_companies", text)), "|")));
        Assert.Equal(names.Split('/'), result.Companies(900_001));
    }

    [Theory]
    [InlineData("[18, 878]")]
    [InlineData("18, 878")]
    [InlineData("18|878")]
    public async Task Genres_given_by_their_ids_are_named(string text)
    {
        var file = new CaseFile { Place = Place.Middle, Restyle = row => row.With(("genres", text.StartsWith('[') ? "[35]" : "35")) };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("genres", text)), Row(900_002, ("genres", text.Replace("18", "10749", StringComparison.Ordinal)))));
        Assert.Equal(["Drama", "Science Fiction"], result.Genres(900_001));
        Assert.Equal(["Romance", "Science Fiction"], result.Genres(900_002));
        Assert.Equal(["Comedy"], result.Genres(77));
        Assert.Empty(result.Rejects);
    }

    [Fact]
    public async Task A_number_that_is_not_a_genre_ID_is_a_finding()
    {
        var file = new CaseFile { Place = Place.Middle, Restyle = row => row.With(("genres", "[35]")) };
        var result = await LoadAsync(file.ToBytes(Row(900_001, ("genres", "[18, 424242]"))));
        Assert.DoesNotContain("424242", result.Genres(900_001));
        Assert.Equal("genres", result.Find("genres", file.Line).Field);
    }

    [Theory]
    [InlineData("[{'name': \"O'Neill & Sons\", 'id': 9401}, {'name': 'The \"Blue\" Room', 'id': 9402}]", "O'Neill & Sons", "The \"Blue\" Room")]
    [InlineData("[{'name': 'L\\'Étoile', 'id': 9403}, {'name': \"Joe's \\\"Last\\\" Stand\", 'id': 9404}]", "L'Étoile", "Joe's \"Last\" Stand")]
    [InlineData("[{'name': 'Lietuvi\\x9akai', 'id': 9405}, {'name': 'Tab\\u00e9', 'id': 9406}]", "Lietuvi\u009akai", "Tabé")]
    [InlineData("[{\"name\": \"Fran\\u00e7ais \\\"X\\\"\", \"id\": 9407}, {\"id\": 9408, \"name\": \"B\\\\C\"}]", "Français \"X\"", "B\\C")]
    public async Task Python_and_JSON_literals_are_read_with_their_escapes(string text, string first, string second)
    {
        foreach (var place in new[] { Place.Alone, Place.Head, Place.End })
        {
            var file = new CaseFile { Place = place };
            var result = await LoadAsync(file.ToBytes(Row(
                900_001, ("production_companies", text), ("belongs_to_collection", "{'id': 77, 'name': 'Harbour Collection', 'poster_path': None, 'backdrop_path': None}"))));
            Assert.Equal([first, second], result.Companies(900_001));
            Assert.Equal(("Harbour Collection", 0), (result.Movies[900_001].Collection, result.Findings.Count));
            result.AssertGenerated(file);
        }
    }

    [Theory]
    [InlineData(Place.Alone, "[{\"id\": 18, \"name\": \"Drama\"}, {\"id\": 18, \"name\": \"Drama\"}, {}]", "[{\"id\": 9501, \"name\": null}, {\"id\": 9101, \"name\": \"North Quay Films\"}]")]
    [InlineData(Place.Middle, "[{'id': 18, 'name': 'Drama'}, None]", "[{'name': 'North Quay Films', 'id': 1}, {'name': '', 'id': 2}]")]
    [InlineData(Place.End, "[{}, {'id': 18, 'name': 'Drama'}]", "[{'name': None, 'id': 2}, {'name': 'North Quay Films', 'id': 1}, {'id': 3}]")]
    public async Task A_bad_entry_of_a_list_costs_only_that_entry(Place place, string genres, string companies)
    {
        var file = new CaseFile { Place = place };
        var result = await LoadAsync(file.ToBytes(
            Row(900_001, ("genres", genres), ("production_companies", companies)), Row(900_002, ("genres", "[{\"name\": \"\"}]"), ("production_companies", "[null]"))));
        Assert.Equal(["Drama", "North Quay Films"], [.. result.Genres(900_001), .. result.Companies(900_001)]);
        Assert.Empty(result.Genres(900_002).Concat(result.Companies(900_002)));
        Assert.Equal(
            [.. new[] { 0, 1 }.SelectMany(i => new[] { "genres", "production_companies" }.Select(field => (file.Line + i, field, FindingKind.Reject)))],
            result.Findings.Select(finding => (finding.Line, finding.Field!, finding.Kind)));
        result.AssertGenerated(file);
    }

    [Theory]
    [InlineData(Place.Alone)]
    [InlineData(Place.Middle)]
    public async Task Rows_of_one_movie_and_one_genre_each_are_combined(Place place)
    {
        var file = new CaseFile { Place = place };
        string[] genres = ["Action", "Drama", "Thriller"];
        MovieRow[] rows = [.. Enumerable.Range(900_001, 40).SelectMany(id => genres[..(1 + (id % 3))].Select(genre => Row(id, ("genres", genre), ("production_companies", ""))))];
        var generated = Enumerable.Range(1, file.Generated).Select(id => Row(id, ("genres", "Comedy"), ("production_companies", ""))).ToArray();
        var result = await LoadAsync(new CaseFile().ToBytes([.. generated, .. rows]));
        Assert.Equal(40 + file.Generated, result.Movies.Count);
        Assert.All(Enumerable.Range(900_001, 40), id => Assert.Equal(genres[..(1 + (id % 3))], result.Genres(id)));
        Assert.DoesNotContain(result.Findings, finding => finding.Rule == Rules.ConflictingDuplicate);
    }

    /// <summary>Movies with the same id that differ in more than the genre are not parts of one movie.</summary>
    [Fact]
    public async Task Two_versions_of_a_movie_are_not_combined()
    {
        var rows = Enumerable.Range(900_001, 40).Select(id => Row(id, ("genres", "Action"), ("production_companies", ""))).ToArray();
        var other = Row(900_001, ("genres", "Drama"), ("production_companies", ""), ("revenue", "77000000"), ("vote_count", "9999"));
        var result = await LoadAsync(new CaseFile().ToBytes([.. rows, other]));
        Assert.Equal((40, 77_000_000L), (result.Movies.Count, result.Movies[900_001].Revenue));
        Assert.Equal(["Drama"], result.Genres(900_001));
        Assert.Single(result.Findings, finding => finding.Rule == Rules.ConflictingDuplicate);
    }

    private static MovieRow Flatten(MovieRow row, string separator)
    {
        foreach (var column in (string[])["genres", "production_companies", "production_countries", "spoken_languages"])
        {
            row = row[column].StartsWith('[') ? row.With((column, string.Join(separator, ListText.GetNames(row[column])))) : row;
        }

        return row;
    }
}
