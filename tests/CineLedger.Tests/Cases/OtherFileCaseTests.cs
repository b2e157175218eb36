using CineLedger.Model;
using CineLedger.Storage;
using CineLedger.Tests.Support;
using static CineLedger.Tests.Cases.CaseFile;

namespace CineLedger.Tests.Cases;

/// <summary>Files of other kinds, JSON, datasets of several files, and repeated movies.</summary>
public sealed class OtherFileCaseTests : CaseTestBase
{
    [Theory]
    [InlineData("False,,1500000,\"[{'id': 18, 'name': 'Drama'}]\",,900001,tt9000001,en,Harbour Lights,x,3.21,/p.jpg,[],[],2011-05-06,4200000,97.0,[],Released,,Harbour Lights,False,6.4,120\n", "header line is missing")]
    [InlineData("900001,Harbour Lights,2011-05-06,1500000\n900002,The Salt Road,2012-09-14,800000\n", "header line is missing")]
    [InlineData("900001;Harbour Lights;2011-05-06;1500000\n900002;The Salt Road;2012-09-14;800000\n", "header line is missing")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0000000000000000000000000000000000000000000000000000000000000000\nsize 34445126\n", "Git LFS pointer|git lfs pull|34")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:1111111111111111111111111111111111111111111111111111111111111111\nsize 498598170\n", "Git LFS pointer|git lfs pull|49")]
    [InlineData("\n\n<!DOCTYPE html>\n<html lang=\"en\"><head><title>movies_metadata.csv</title></head>\n<body>Sign in to download.</body></html>", "web page")]
    [InlineData("<html>\r\n<head></head><body>429 Too Many Requests</body></html>\r\n", "web page")]
    [InlineData("\uFEFF<!doctype HTML>\n<html>\n\n<head><title>tmdb-movies.csv (editing)</title>", "web page")]
    [InlineData("{\"adult\":false,\"id\":900001,\"original_title\":\"Harbour Lights\",\"popularity\":1.8133,\"video\":false}\n{\"adult\":false,\"id\":900002,\"original_title\":\"The Salt Road\",\"popularity\":12.697,\"video\":false}\n", "IDs, titles and popularity only")]
    [InlineData("{\"id\":900001,\"original_title\":\"Harbour Lights\",\"popularity\":1,\"video\":false,\"adult\":false}\r\n", "IDs, titles and popularity only")]
    [InlineData("tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres\ntt9000001\tmovie\tHarbour Lights\tHarbour Lights\t0\t2011\t\\N\t97\tDrama,Thriller\n", "IMDb|amounts")]
    [InlineData("tconst,titleType,primaryTitle,originalTitle,isAdult,startYear,endYear,runtimeMinutes,genres\ntt9000002,short,\"Salt\" Road,\"Salt\" Road,0,2012,\\N,\\N,\"Comedy,Short\"\n", "IMDb|amounts")]
    [InlineData("id,release_date,movie, production_budget ,domestic_gross,worldwide_gross\n1,\"May 6, 2011\",Harbour Lights,\" $1,500,000 \",\"$2,000,000\",\"$4,200,000\"\n", "box-office amounts")]
    [InlineData(",id,release_date,movie,production_budget,domestic_gross,worldwide_gross\n0,1,\"Sep 14, 2012\",The Salt Road,\"$800,000\",$0,$0\n", "box-office amounts")]
    [InlineData("title,studio,domestic_gross,foreign_gross,year\nHarbour Lights (2011),BV,2000000,2200000,2011\n", "box-office amounts")]
    [InlineData("title;studio;domestic_gross;foreign_gross;year\nThe Salt Road;P/DW;936700000;\"1,131.60\";2012\n", "box-office amounts")]
    [InlineData("movieId,title,genres\n1,Harbour Lights (2011),Adventure|Drama\n", "MovieLens")]
    public async Task A_file_of_another_kind_is_named(string text, string parts)
    {
        foreach (var name in new[] { "movies.csv", "folder/movies_metadata.csv", "x.ndjson" })
        {
            var message = (await RefuseAsync(name, Utf8.GetBytes(text))).Message;
            Assert.All(parts.Split('|'), part => Assert.Contains(part, message, StringComparison.Ordinal));
        }
    }

    /// <summary>The daily IDs never replace movies, whichever gates are accepted.</summary>
    [Fact]
    public async Task Daily_ids_over_a_ledger_are_stopped_by_a_gate()
    {
        await using var ledger = await OpenLedgerAsync();
        await LoadAsync(ledger, Write("movies.csv", new CaseFile { Place = Place.Middle }.ToBytes(Row(900_001))));
        var path = Write("ids.json", string.Concat(Enumerable.Range(1, 300).Select(id =>
            $"{{\"adult\":false,\"id\":{id},\"original_title\":\"T {id}\",\"popularity\":{id}.5,\"video\":false}}\n")));
        var error = await Assert.ThrowsAsync<QualityGateException>(() => LoadAsync(ledger, path));
        Assert.Equal(QualityGates.Kind, Assert.Single(error.Violations).Gate);
    }

    [Theory]
    [InlineData(1, "{\"success\":false,\"status_code\":34,\"status_message\":\"The resource you requested could not be found.\"}", "{\"status_code\":25,\"status_message\":\"Your request count (41) is over the allowed limit of (40).\"}")]
    [InlineData(100, "{\"status_code\":7,\"status_message\":\"Invalid API key\",\"success\":false}", "<html>502 Bad Gateway</html>")]
    public async Task Errors_between_movies_in_JSON_are_rejected_with_their_lines(int between, params string[] errors)
    {
        var lines = Enumerable.Range(900_001, 3 * between).Select(id =>
            $"{{\"id\": {id}, \"title\": \"Harbour {id}\", \"release_date\": \"2011-05-06\", \"budget\": 1500000, \"revenue\": 4200000, \"popularity\": 3.21, \"adult\": null, "
            + "\"genres\": [{\"id\": 18, \"name\": \"Drama\"}], \"production_companies\": [{\"id\": 9101, \"name\": \"North Quay Films\"}], \"vote_count\": 120, \"runtime\": 97}").ToList();
        lines.Insert(2 * between, errors[1]);
        lines.Insert(between, errors[0]);
        var result = await LoadAsync(Write("movies.ndjson", string.Join('\n', lines) + "\n"));
        Assert.Equal([between + 1, (2 * between) + 2], result.Rejects.Select(finding => finding.Line));
        Assert.Equal(3 * between, result.Movies.Count);
        Assert.All(result.Movies.Values, movie => Assert.Equal((4_200_000L, "Drama"), (movie.Revenue, movie.Genres.Single().Name)));
    }

    [Theory]
    [InlineData(Place.Alone)]
    [InlineData(Place.Middle)]
    public async Task Copies_are_dropped_and_of_two_versions_the_one_with_more_votes_stays(Place place)
    {
        var file = new CaseFile { Place = place };
        var (old, current) = (Row(900_002, ("vote_count", "120")), Row(900_002, ("vote_count", "121"), ("popularity", "4.5")));
        var result = await LoadAsync(file.ToBytes(Row(900_001), Row(900_001), old, current, Row(900_003)));
        Assert.Equal([$"drop duplicate-record {file.Line + 1}", $"drop conflicting-duplicate {file.Line + 2}"], result.Lines);
        Assert.Equal((3 + file.Generated, 4.5m), (result.Movies.Count, result.Movies[900_002].Popularity));
    }

    [Fact]
    public async Task Movies_with_one_title_are_different_movies()
    {
        (string, string) title = ("title", "Out of the Blue");
        var result = await LoadAsync(new CaseFile { Place = Place.End }.ToBytes(
            Row(900_001, title, ("release_date", "1980-05-01")), Row(900_002, title, ("release_date", "2006-10-12")), Row(900_003, title, ("release_date", "2006-10-12"))));
        Assert.Equal((243, 0), (result.Movies.Count, result.Findings.Count));
    }

    [Theory]
    [InlineData(Place.Alone)]
    [InlineData(Place.Middle)]
    public async Task Ratings_reach_movies_through_their_links(Place place)
    {
        var folder = Path.GetDirectoryName(Write("data/movies_metadata.csv", new CaseFile { Place = place }.ToBytes(
            Row(900_001, ("imdb_id", "tt9000001")), Row(900_500, ("imdb_id", "tt9000002")), Row(900_003, ("imdb_id", "tt9000003")))))!;
        Write("data/links.csv", "movieId,imdbId,tmdbId\n1,9000001,900001.0\n2,9000002,900500.0\n3,9000003,\n4,9000003,900003\n5,9000003,900003\n");
        Write("data/ratings.csv", "userId,movieId,rating,timestamp\n1,1,5.0,1425941529\n1,2,1.0,1425941530\n2,3,4.0,1425941531\n2,4,3.0,1425941532\n3,5,2.0,1425941533\n");
        await using var ledger = await OpenLedgerAsync();
        var result = await LoadAsync(ledger, folder);
        Assert.Equal(["900001 1 5.0", "900500 1 1.0"], await ledger.Connection.QueryAsync(
            "SELECT movie_id || ' ' || SUM(ratings) || ' ' || CAST(SUM(rating_sum) / SUM(ratings) AS DECIMAL(3, 1)) FROM movie_rating GROUP BY movie_id ORDER BY movie_id",
            row => row.GetString(0), Cancel));
        Assert.Equal(
            ["shared-link 4", "shared-link 5", "unlinked-rating 3"],
            result.Rejects.Select(finding => $"{finding.Rule} {finding.Value!.Split(' ', ':')[1]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task TMDB_5000_has_movies_and_credits()
    {
        var columns = MovieFile.Columns.Except(["adult", "belongs_to_collection", "imdb_id", "poster_path", "video"]).Append("keywords").ToArray();
        var path = Write("data/tmdb_5000_movies.csv", new CaseFile { Columns = columns }.ToBytes(
            Row(900_001, ("keywords", "[{\"id\": 818, \"name\": \"based on novel\"}]"), ("spoken_languages", "[{\"iso_639_1\": \"fr\", \"name\": \"Fran\\u00e7ais\"}]"))));
        Write("data/tmdb_5000_credits.csv", CsvText.Table([["movie_id", "title", "cast", "crew"], ["900001", "Harbour Lights",
            "[{\"cast_id\": 1, \"character\": \"Ann\", \"id\": 501, \"name\": \"Ann Bell\", \"order\": 0}]",
            "[{\"department\": \"Directing\", \"id\": 502, \"job\": \"Director\", \"name\": \"Eve Fox\"}]"]]));
        var result = await LoadAsync(Path.GetDirectoryName(path)!);
        Assert.Equal((1, 2L, 1L), (result.Movies.Count, result.Summary.Credits!.Items, result.Summary.Keywords!.Items));
        Assert.Equal("Français", result.Movies[900_001].Languages.Single().Name);
        Assert.Empty(result.Rejects);
    }
}
