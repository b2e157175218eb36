using System.Globalization;
using System.IO.Compression;
using CineLedger.Loading;
using CineLedger.Loading.Gates;
using CineLedger.Model;
using CineLedger.Reports;
using CineLedger.Sources;

namespace CineLedger.Tests.RealData;

/// <summary>Checks the ratings of the original dataset against sums that are calculated without the product's code.</summary>
public sealed class RealRatingTests(FullLedger ledger) : IClassFixture<FullLedger>
{
    [Fact]
    public void The_rating_totals_match_those_published_by_the_supplier()
    {
        ledger.SkipIfMissing();
        var totals = ledger.Summary.Ratings!;
        Assert.Equal((100_004, 671, 9_066, "ratings_small.csv"), (totals.Read, totals.Users, totals.Movies, totals.File));
        Assert.Equal(3.543608m, decimal.Round(totals.Mean!.Value, 6));
    }

    [Fact]
    public async Task Every_movie_and_year_agrees_with_an_independent_count()
    {
        ledger.SkipIfMissing();
        var known = ledger.Movies.Select(movie => movie.Id).ToHashSet();
        using var zip = ZipFile.OpenRead(RealData.Find(RealData.Full)!);
        var links = Lines(zip, "links_small.csv").Where(cells => cells[2].Length > 0).ToDictionary(cells => cells[0], cells => Whole(cells[2]));
        var expected = Lines(zip, "ratings_small.csv")
            .Where(cells => links.TryGetValue(cells[1], out var movie) && known.Contains(movie))
            .GroupBy(cells => (Movie: links[cells[1]], DateTimeOffset.FromUnixTimeSeconds(Whole(cells[3])).Year))
            .Select(group => $"{group.Key.Movie} {group.Key.Year} {group.Count()} {group.Sum(cells => decimal.Parse(cells[2], CultureInfo.InvariantCulture)):0.0}")
            .Order(StringComparer.Ordinal).ToList();

        var rows = await ledger.QueryAsync("SELECT movie_id, rating_year, ratings, rating_sum FROM movie_rating WHERE until IS NULL");
        Assert.Equal(expected, rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row[0]} {row[1]} {row[2]} {row[3]:0.0}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_genres_mean_rating_is_the_mean_of_its_movies_means()
    {
        ledger.SkipIfMissing();
        var movies = await ledger.QueryAsync(
            """
            SELECT SUM(r.rating_sum), CAST(SUM(r.ratings) AS BIGINT) FROM movie_rating r
            WHERE r.movie_id IN (
                SELECT m.movie_id FROM movie m JOIN movie_genre l ON l.movie_id = m.movie_id JOIN genre g ON g.genre_id = l.genre_id
                WHERE m.release_year = 1995 AND g.name = 'Drama')
            GROUP BY r.movie_id
            """);
        var mean = movies.Average(movie => (double)(decimal)movie[0]! / Convert.ToInt64(movie[1], CultureInfo.InvariantCulture));
        var rows = await ledger.ReportAsync(new ReportRequest { Report = ReportDefinition.Genres, From = 1995, To = 1995, Genres = ["Drama"], Popularity = Popularity.Ratings });
        Assert.InRange((double)Assert.Single(rows)["popularity"]!, mean - 1e-6, mean + 1e-6);
    }

    [Fact]
    public async Task Each_link_without_a_TMDB_id_is_one_finding_with_its_ratings()
    {
        ledger.SkipIfMissing();
        using var zip = ZipFile.OpenRead(RealData.Find(RealData.Full)!);
        var unlinked = Lines(zip, "links_small.csv").Where(cells => cells[2].Length == 0).Select(cells => cells[0]).ToHashSet();
        var expected = Lines(zip, "ratings_small.csv").Where(cells => unlinked.Contains(cells[1])).GroupBy(cells => cells[1])
            .Select(group => $"MovieLens {group.Key}: no tmdbId {group.Count()}").Order(StringComparer.Ordinal);
        var rows = await ledger.QueryAsync($"SELECT value, occurrences FROM finding WHERE rule = '{Rules.UnlinkedRating}'");
        Assert.Equal(expected, rows.Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_TMDB_id_that_several_MovieLens_ids_share_is_decided_by_the_movies_IMDb_id()
    {
        ledger.SkipIfMissing();
        await using var dataset = await SourceOpener.OpenAsync(RealData.Find(RealData.Full)!, cancellationToken: TestContext.Current.CancellationToken);
        var (links, _) = await LinkReader.ReadAsync(dataset, dataset.GetRequired(DatasetFiles.Links), new GateDecision(new LoadOptions()), TestContext.Current.CancellationToken);
        var imdb = (await ledger.QueryAsync("SELECT movie_id, imdb_id FROM movie")).ToDictionary(row => (long)row[0]!, row => (string?)row[1]);
        var targets = await RatingLinkResolver.ResolveAsync(links.Links, imdb.ContainsKey, (_, _) => Task.FromResult(imdb), TestContext.Current.CancellationToken);

        var shared = Lines("links.csv").Where(cells => cells[2].Length > 0).GroupBy(cells => cells[2]).Where(group => group.Count() > 1).ToList();
        Assert.Equal(29, shared.Count);
        Assert.All(shared, group =>
        {
            var winner = Assert.Single(group, cells => $"tt{cells[1]}" == imdb[Whole(group.Key)]);
            Assert.Equal(Whole(winner[0]), links.Links[targets.FindLink(Whole(group.Key))].MovieLens);
        });

        List<string[]> Lines(string name)
        {
            using var zip = ZipFile.OpenRead(RealData.Find(RealData.Full)!);
            return [.. RealRatingTests.Lines(zip, name)];
        }
    }

    private static IEnumerable<string[]> Lines(ZipArchive zip, string name)
    {
        using var text = new StreamReader(zip.GetEntry(name)!.Open());
        text.ReadLine();
        while (text.ReadLine() is { } line)
        {
            yield return line.Split(',');
        }
    }

    private static long Whole(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
