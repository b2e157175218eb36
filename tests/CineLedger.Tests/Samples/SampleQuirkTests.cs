using System.Globalization;
using CineLedger.Samples;
using CineLedger.Sources;

namespace CineLedger.Tests.Samples;

public class SampleQuirkTests
{
    private static readonly SampleOptions Thousand = new() { Movies = 1000, Ratings = 0 };

    [Theory]
    [InlineData(1, 0, 0, 0, 0)]
    [InlineData(1000, 2, 2, 3, 6)]
    [InlineData(45_466, 17, 13, 3, 6)]
    [InlineData(454_660, 170, 130, 30, 60)]
    public void Faults_are_as_frequent_as_in_the_real_dataset(int movies, int copies, int conflicts, int splits, int strays)
    {
        var plan = new QuirkPlan(new SampleOptions { Movies = movies });
        var repeats = Enumerable.Range(0, movies)
            .Select(movie => plan.TryGetRepeat(movie, out var repeat) ? (repeat.Movie, repeat.Exact, After: movie) : default)
            .Where(repeat => repeat.After > 0 || repeat.Movie > 0).ToList();
        var faults = Enumerable.Range(0, movies).Select(plan.GetFault).Where(fault => fault != RecordFault.None).ToList();
        Assert.Equal(copies, repeats.Count(repeat => repeat.Exact));
        Assert.Equal(conflicts, repeats.Count(repeat => !repeat.Exact));
        Assert.All(repeats, repeat => Assert.True(repeat.Movie <= repeat.After));
        Assert.Equal(splits, faults.Count(fault => fault is RecordFault.SplitAtCr or RecordFault.SplitAtLf));
        Assert.Equal(strays, faults.Count(fault => fault is not (RecordFault.SplitAtCr or RecordFault.SplitAtLf)));
    }

    [Fact]
    public async Task Some_movies_are_duplicated_exactly_or_with_another_popularity()
    {
        var sample = await GeneratedSample.CreateAsync(Thousand with { Quirks = SampleQuirks.RepeatedIds });
        var repeated = sample.Movies.GroupBy(movie => movie["id"]).Where(movies => movies.Count() > 1).ToList();
        Assert.Equal(1004, sample.Movies.Count);
        Assert.Equal(2, repeated.Count(movies => movies.Select(copies => string.Join('|', copies.Values)).Distinct().Count() == 1));
        Assert.Equal(2, repeated.Count(movies => movies.Select(copies => copies["popularity"]).Distinct().Count() == 2));
        Assert.All(repeated, movies => Assert.Single(movies.Select(copies => copies["title"]).Distinct()));
    }

    [Fact]
    public async Task Some_records_break_in_two_inside_the_overview()
    {
        var sample = await GeneratedSample.CreateAsync(Thousand with { Quirks = SampleQuirks.SplitRecords });
        Assert.Equal(997, sample.Movies.Count);
        Assert.Equal(6, sample.BrokenMovies.Count);
        Assert.All(sample.BrokenMovies.Chunk(2), halves => Assert.Equal([10, 15], halves.Select(half => half.Length)));
        // Every second break is a lone CR, and there are no others in the file.
        Assert.Equal(2, sample[DatasetFiles.Movies].Count(c => c == '\r'));
    }

    [Theory]
    [InlineData("budget", "GATORADE")]
    [InlineData("release_date", "Unreleased")]
    [InlineData("popularity", "Mind the Geese")]
    [InlineData("adult", "Beware of the Geese")]
    [InlineData("genres", "[{'id': 18, 'name': 'Drama'}, {'id': 35, 'na")]
    public async Task A_stray_value_appears_in_an_unrelated_column(string column, string value)
    {
        var sample = await GeneratedSample.CreateAsync(Thousand with { Quirks = SampleQuirks.StrayValues });
        Assert.Single(sample.Movies, movie => movie[column] == value);
    }

    [Fact]
    public async Task A_revenue_is_negative()
    {
        var sample = await GeneratedSample.CreateAsync(Thousand with { Quirks = SampleQuirks.StrayValues });
        Assert.Single(sample.Movies, movie => movie["revenue"].StartsWith('-'));
    }

    [Fact]
    public async Task Some_amounts_were_entered_in_millions()
    {
        var sample = await GeneratedSample.CreateAsync(Thousand with { Movies = 8000, Quirks = SampleQuirks.OddAmounts });
        Assert.InRange(sample.Movies.Count(movie => Known(movie["budget"]) is >= 1 and <= 100), 3, 40);
        Assert.Contains(sample.Movies, movie => movie["popularity"].Contains("e-0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Some_links_lack_a_movie_and_some_movies_have_two_links()
    {
        var sample = await GeneratedSample.CreateAsync(Thousand with { Quirks = SampleQuirks.UntidyLinks });
        var links = sample.Rows(DatasetFiles.Links);
        Assert.Contains(links, link => link[2].Length == 0);
        Assert.Contains(links.GroupBy(link => link[2]), movies => movies.Key.Length > 0 && movies.Count() == 2);
        Assert.Equal(links.Count, links.Select(link => link[0]).Distinct().Count());
    }

    [Fact]
    public async Task Some_company_names_have_spaces_around_them()
    {
        var sample = await GeneratedSample.CreateAsync(Thousand with { Movies = 5000, Quirks = SampleQuirks.UntidyNames });
        Assert.Contains(sample.Movies, movie => movie["production_companies"].Contains("'name': ' ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_quirks_the_dataset_is_clean()
    {
        var sample = await GeneratedSample.CreateAsync(Thousand with { Movies = 5000, Quirks = SampleQuirks.None });
        Assert.Empty(sample.BrokenMovies);
        Assert.Equal(5000, sample.Movies.Select(movie => movie["id"]).Distinct().Count());
        Assert.Equal(5000, sample.Movies.Select(movie => movie["imdb_id"]).Distinct().Count());
        Assert.Equal(5000, sample.Rows(DatasetFiles.Links).Select(link => link[2]).Distinct().Count());
        Assert.All(sample.Movies, movie =>
        {
            Assert.All([movie["budget"], movie["revenue"]], amount => Assert.True(Known(amount) is null or >= 1000, amount));
            Assert.True(decimal.TryParse(movie["popularity"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _));
            Assert.True(movie["release_date"] is "" || DateOnly.TryParseExact(movie["release_date"], "yyyy-MM-dd", out _));
            Assert.True(movie["adult"] is "True" or "False");
            Assert.StartsWith("[", movie["genres"], StringComparison.Ordinal);
            Assert.EndsWith("]", movie["genres"], StringComparison.Ordinal);
            Assert.DoesNotContain("'name': ' ", movie["production_companies"], StringComparison.Ordinal);
        });
    }

    private static long? Known(string amount) =>
        long.Parse(amount, CultureInfo.InvariantCulture) is var known and not 0 ? known : null;
}
