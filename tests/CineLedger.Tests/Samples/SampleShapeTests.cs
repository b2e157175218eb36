using System.Globalization;
using System.Text.RegularExpressions;
using CineLedger.Samples;
using CineLedger.Sources;

namespace CineLedger.Tests.Samples;

/// <summary>Compares the generated movies with statistics of the real dataset of 45,466 rows.</summary>
public partial class SampleShapeTests(SampleShapeTests.SampleFixture five) : IClassFixture<SampleShapeTests.SampleFixture>
{
    private List<Dictionary<string, string>> Movies => five.Sample.Movies;

    [Fact]
    public void A_movie_takes_as_many_bytes_as_in_the_real_file()
    {
        double real = 34_000_000 / 45_466.0;
        Assert.InRange(five.Sample[DatasetFiles.Movies].Length / (double)Movies.Count, real * .95, real * 1.05);
    }

    [Theory]
    [InlineData("budget", "0", .80, .02)]
    [InlineData("revenue", "0", .84, .02)]
    [InlineData("production_companies", "[]", .26, .02)]
    [InlineData("genres", "[]", .053, .015)]
    [InlineData("runtime", "0.0", .034, .01)]
    [InlineData("runtime", "", .006, .005)]
    [InlineData("release_date", "", .002, .002)]
    [InlineData("belongs_to_collection", "", .90, .02)]
    [InlineData("homepage", "", .83, .02)]
    [InlineData("tagline", "", .55, .02)]
    [InlineData("original_language", "en", .71, .025)]
    [InlineData("vote_count", "0", .064, .015)]
    [InlineData("status", "Released", .99, .01)]
    [InlineData("adult", "False", .999, .001)]
    public void A_value_is_as_frequent_as_in_the_real_file(string column, string value, double share, double tolerance)
    {
        Assert.InRange(Movies.Count(movie => movie[column] == value) / (double)Movies.Count, share - tolerance, share + tolerance);
    }

    [Theory]
    [InlineData("Drama", .446)]
    [InlineData("Comedy", .29)]
    [InlineData("Thriller", .168)]
    [InlineData("Western", .023)]
    [InlineData("TV Movie", .017)]
    public void A_genre_is_as_frequent_as_in_the_real_file(string genre, double share)
    {
        double found = Movies.Count(movie => movie["genres"].Contains($"'{genre}'", StringComparison.Ordinal)) / (double)Movies.Count;
        Assert.InRange(found, share * .8, share * 1.2);
    }

    [Fact]
    public void Budget_and_revenue_are_both_known_for_an_eighth_and_grow_together()
    {
        var both = Movies.Select(movie => (Budget: Number(movie["budget"]), Revenue: Number(movie["revenue"])))
            .Where(amounts => amounts is { Budget: > 0, Revenue: > 0 }).ToList();
        Assert.InRange(both.Count / (double)Movies.Count, .1, .14);
        Assert.InRange(Correlation(both), .3, .95);
    }

    [Fact]
    public void Movies_with_known_revenue_are_the_popular_ones()
    {
        double Popularity(bool known) => Movies.Where(movie => movie["revenue"] != "0" == known).Average(movie => Number(movie["popularity"]));
        Assert.True(Popularity(true) > 2 * Popularity(false));
    }

    [Fact]
    public void Most_movies_came_out_after_1990_and_none_before_1874()
    {
        var years = Movies.Where(movie => movie["release_date"].Length > 0)
            .Select(movie => DateOnly.ParseExact(movie["release_date"], "yyyy-MM-dd", CultureInfo.InvariantCulture).Year).ToList();
        Assert.InRange(years.Count(year => year is >= 1990 and <= 2017) / (double)years.Count, .6, .75);
        Assert.InRange(years.Min(), 1874, 1910);
        Assert.InRange(years.Max(), 2016, 2020);
    }

    [Fact]
    public void A_few_companies_have_many_movies_and_most_have_one()
    {
        var movies = Movies.SelectMany(movie => CompanyName().Matches(movie["production_companies"]))
            .GroupBy(match => match.Value).Select(name => name.Count()).ToList();
        Assert.InRange(movies.Count / (double)Movies.Count, .4, .6);
        Assert.InRange(movies.Max(), 100, 500);
        Assert.InRange(movies.Count(count => count == 1) / (double)movies.Count, .5, .85);
    }

    [Theory]
    [InlineData("production_companies", "{'name': \"")]
    [InlineData("production_companies", "{'name': '\"")]
    [InlineData("production_companies", "\\\\")]
    [InlineData("production_companies", "\\xa0")]
    [InlineData("production_companies", "Produções")]
    [InlineData("belongs_to_collection", "'backdrop_path': None")]
    [InlineData("overview", "\n")]
    [InlineData("overview", "\"")]
    [InlineData("original_title", "リ")]
    public void The_awkward_texts_of_the_real_file_occur(string column, string text)
    {
        Assert.Contains(Movies, movie => movie[column].Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Ratings_meet_the_movies_only_through_the_links()
    {
        var links = five.Sample.Rows(DatasetFiles.Links).ToDictionary(row => row[0], row => row[2]);
        var ratings = five.Sample.Rows(DatasetFiles.Ratings);
        var movies = Movies.Select(movie => movie["id"]).ToHashSet();
        Assert.Equal(100_000, ratings.Count);
        Assert.All(ratings, rating => Assert.Contains(links[rating[1]], movies));
        Assert.InRange(ratings.Count(rating => links[rating[1]] == rating[1]), 0, ratings.Count / 100);
        Assert.Contains(ratings, rating => movies.Contains(rating[1]));
        Assert.Equal(ratings.Count, ratings.Select(rating => (rating[0], rating[1])).Distinct().Count());
    }

    [Fact]
    public void Every_generated_movie_has_credits_and_keywords()
    {
        var movies = Movies.Select(movie => movie["id"]).ToList();
        Assert.Equal(movies, five.Sample.Rows(DatasetFiles.Credits).Select(row => row[2]));
        Assert.Equal(movies, five.Sample.Rows(DatasetFiles.Keywords).Select(row => row[0]));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Correlation(List<(double X, double Y)> points)
    {
        double x = points.Average(p => p.X), y = points.Average(p => p.Y);
        return points.Sum(p => (p.X - x) * (p.Y - y))
            / Math.Sqrt(points.Sum(p => (p.X - x) * (p.X - x)) * points.Sum(p => (p.Y - y) * (p.Y - y)));
    }

    [GeneratedRegex("""(?<='name': ).*?(?=, 'id': \d+\})""")]
    private static partial Regex CompanyName();

    public sealed class SampleFixture : IAsyncLifetime
    {
        internal GeneratedSample Sample { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Sample = await GeneratedSample.CreateAsync(new SampleOptions { Movies = 5000, Quirks = SampleQuirks.None });

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
