using CineLedger.Reports.Profile;
using CineLedger.Sources;
using CineLedger.Web.Dashboard.Profile;

namespace CineLedger.Tests.RealData;

/// <summary>Checks the profile of the real dataset against known values and independent calculations.</summary>
public sealed class RealProfileTests(FullLedger ledger) : IClassFixture<FullLedger>
{
    [Fact]
    public async Task The_real_dataset_has_its_known_facts()
    {
        ledger.SkipIfMissing();
        await using var dataset = await SourceOpener.OpenAsync(RealData.Find(RealData.Full)!, cancellationToken: TestContext.Current.CancellationToken);
        var profile = await SourceProfile.ReadAsync(dataset, null, TestContext.Current.CancellationToken);
        Assert.Equal((45_433, 84), (profile.Total.Movies, profile.Undated));
        Assert.Equal((1874, 2020), (profile.Dated.First().Year!.Value, profile.Dated.Last().Year!.Value));
        Assert.Equal((5_445, 5_466, 4_881), (profile.Total.BudgetKnown, profile.Total.RevenueKnown, profile.Total.BothKnown));

        var genres = profile.Links.Single(link => link.Name == "genres");
        Assert.Equal((20, 91_015, 2_442), (genres.Distinct, genres.Entries, genres.Unknown));
        Assert.Equal(
            ["Drama 20244", "Comedy 13176", "Thriller 7619", "Romance 6730", "Action 6592"], genres.MostFrequent.Take(5).Select(genre => $"{genre.Value} {genre.Movies}"));
        Assert.Equal(ledger.Movies.SelectMany(movie => movie.Companies).Distinct().Count(), profile.Links.Single(link => link.Name == "companies").Distinct);
        Assert.Equal((3, 17, 13), (Count(profile, "split-record"), Count(profile, "duplicate-record"), Count(profile, "conflicting-duplicate")));

        Compare(profile, "budget", movie => movie.Budget);
        Compare(profile, "revenue", movie => movie.Revenue);
        Compare(profile, "popularity", movie => movie.Popularity);
        Assert.All(
            profile.Columns.Where(column => column.Name is "budget" or "revenue"), column => Assert.Equal(column.Unknown, column.Zeros));
        Assert.InRange((await ProfilePage.RenderAsync(profile)).Length, 50_000, 500_000);
    }

    private static long Count(LedgerProfile profile, string rule) => profile.Findings.Single(found => found.Rule == rule).Count;

    /// <summary>Calculates quantiles in memory as SQL's PERCENTILE_DISC does: the first value at or beyond the percentage.</summary>
    private void Compare(LedgerProfile profile, string name, Func<IndependentMovie, decimal?> read)
    {
        var values = ledger.Movies.Select(read).OfType<decimal>().Order().ToList();
        var column = profile.Columns.Single(column => column.Name == name);
        Assert.Equal((values.Count, ledger.Movies.Count - values.Count, values.Distinct().Count()), (column.Known, column.Unknown, column.Distinct));
        string[] expected = [.. ((int[])[0, 5, 25, 50, 75, 95, 100]).Select(percent => Text(values[Math.Max(0, ((values.Count * percent) + 99) / 100 - 1)]))];
        var spread = column.Quantiles!;
        Assert.Equal(expected, (string[])[spread.Min, spread.P5, spread.P25, spread.Median, spread.P75, spread.P95, spread.Max]);
        Assert.Equal(
            values.CountBy(value => value).OrderByDescending(value => value.Value).ThenBy(value => value.Key).Take(5).Select(value => $"{Text(value.Key)} {value.Value}"),
            column.MostFrequent.Select(value => $"{value.Value} {value.Movies}"));
    }

    private static string Text(decimal value) => value.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);
}
