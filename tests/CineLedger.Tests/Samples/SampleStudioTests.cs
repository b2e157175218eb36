using System.Text;
using CineLedger.Loading.Studios;
using CineLedger.Model;
using CineLedger.Samples;
using CineLedger.Sources;

namespace CineLedger.Tests.Samples;

public sealed class SampleStudioTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5000, 1)]
    [InlineData(5000, 2)]
    [InlineData(45_000, 31)]
    public async Task Every_sample_has_a_valid_list_with_changes_of_owner(int movies, int seed)
    {
        var lines = await ReadAsync(new SampleOptions { Movies = movies, Seed = seed, Ratings = 0 });
        Assert.Equal((15, 13), (lines.Count, lines.DistinctBy(line => line.Company, CompanyNameComparer.Instance).Count()));
        Assert.Equal(2, lines.CountBy(line => line.Company).Count(company => company.Value == 2));
        Assert.Equal(2, lines.Count(line => line.IsIndependent));
    }

    [Fact]
    public async Task The_list_of_every_seed_is_valid()
    {
        foreach (var seed in Enumerable.Range(1, 300))
        {
            var text = StudioListGenerator.Create(new SampleOptions { Movies = 100, Seed = seed });
            Assert.Equal([], (await StudioFile.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "a", TestContext.Current.CancellationToken)).Problems);
        }
    }

    [Fact]
    public async Task Most_listed_companies_are_among_the_most_frequent_of_the_movies()
    {
        var sample = await GeneratedSample.CreateAsync(new SampleOptions { Movies = 2000, Ratings = 0 });
        var text = Encoding.UTF8.GetString(sample[DatasetFiles.Movies]);
        var lines = await ReadAsync(new SampleOptions { Movies = 2000, Ratings = 0 });
        Assert.InRange(lines.Select(line => line.Company).Distinct().Count(company => text.Split(company).Length > 10), 10, 13);
    }

    private static async Task<IReadOnlyList<StudioLine>> ReadAsync(SampleOptions options)
    {
        var file = new MemoryStream(Encoding.UTF8.GetBytes(StudioListGenerator.Create(options)));
        return (await StudioFile.OpenAsync(file, DatasetFiles.Studios, TestContext.Current.CancellationToken)).GetValidLines();
    }
}
