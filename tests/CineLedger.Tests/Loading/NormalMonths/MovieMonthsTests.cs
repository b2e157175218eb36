using System.Globalization;
using System.Text;
using CineLedger.Sources;
using CineLedger.Tests.Samples;
using CineLedger.Tests.Support;

namespace CineLedger.Tests.Loading.NormalMonths;

/// <summary>Checks that a month changes what it should, so that loads without an alarm prove something.</summary>
public sealed class MovieMonthsTests
{
    [Fact]
    public async Task A_month_adds_removes_and_changes_the_expected_shares_of_movies()
    {
        var sample = await GeneratedSample.CreateAsync(new() { Movies = 3000, Seed = 80, Ratings = 0, Quirks = CineLedger.Samples.SampleQuirks.None });
        var months = new MovieMonths(MovieTable.Read(Encoding.UTF8.GetString(sample[DatasetFiles.Movies])), seed: 3);
        Assert.Equal(2100, months.Count);
        for (var month = 1; month <= 20; month++)
        {
            var before = Index(months.Movies);
            months.Advance();
            var after = Index(months.Movies);
            Assert.Equal(months.Count, after.Count);
            Assert.InRange(before.Keys.Except(after.Keys).Count(), 0, 6);
            Assert.InRange((double)after.Keys.Except(before.Keys).Count() / before.Count, 0.005, 0.022);
            Assert.InRange(ShareOfChanged("popularity"), 0.99, 1);
            Assert.InRange(ShareOfChanged("vote_count"), 0.5, 0.7);
            Assert.InRange(ShareOfChanged("overview"), 0.005, 0.04);
            Assert.InRange(ShareOfChanged("budget"), 0.0005, 0.03);
            Assert.InRange(ShareOfChanged("production_companies"), 0, month == 10 ? 0.2 : 0.05);
            Assert.InRange(Median(pair => Number(pair.After, "popularity") / Number(pair.Before, "popularity")), 0.95, 1.05);

            double ShareOfChanged(string column) => Pairs().Average(pair => pair.Before[months.Movies[column]] == pair.After[months.Movies[column]] ? 0.0 : 1);

            double Median(Func<(string[] Before, string[] After), double> value) => Pairs().Select(value).Order().ElementAt(before.Count / 2);

            IEnumerable<(string[] Before, string[] After)> Pairs() => before.Keys.Intersect(after.Keys).Select(id => (before[id], after[id]));
        }

        double Number(string[] row, string column) => double.Parse(row[months.Movies[column]], CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, string[]> Index(MovieTable movies) => movies.Rows.ToDictionary(row => row[movies["id"]], row => (string[])row.Clone());
}
