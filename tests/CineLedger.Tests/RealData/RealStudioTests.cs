using System.Globalization;
using CineLedger.Reports;
using CineLedger.Tests.Reports;

namespace CineLedger.Tests.RealData;

/// <summary>Checks every row of the report on studios against an independent calculation from the CSV file of movies and the bundled list.</summary>
public abstract class RealStudioTests(RealLedger ledger)
{
    [Fact]
    public async Task Every_studio_and_year_agrees()
    {
        ledger.SkipIfMissing();
        var years = ledger.Movies.Where(movie => movie.Year is not null).ToLookup(movie => movie.Year!.Value);
        var groups = GroupByStudio();
        var revenues = groups.ToDictionary(group => group.Key, group => Sum(group.Value, movie => movie.Revenue));
        var expected = groups.Select(group =>
        {
            var (year, movies) = (group.Key.Year, group.Value);
            var (budget, revenue) = (Sum(movies, movie => movie.Budget), revenues[group.Key]);
            var matched = movies.Where(movie => movie.Budget is not null && movie.Revenue is not null).ToList();
            var rank = 1 + groups.Keys.Count(other => other.Year == year && (revenues[other] ?? -1) > (revenue ?? -1));
            return Format(
                year, group.Key.Studio, rank, movies.Count, budget, revenue, budget is null && revenue is null ? null : (revenue ?? 0) - (budget ?? 0),
                Sum(matched, movie => movie.Revenue - movie.Budget),
                Divide(revenue, Sum([.. years[year]], movie => movie.Revenue)), Divide(movies.Count, years[year].Count()),
                (double?)movies.Average(movie => movie.Popularity), movies.Count(movie => movie.Budget is not null), movies.Count(movie => movie.Revenue is not null),
                matched.Count);
        });
        var actual = await ledger.ReportAsync(new() { Report = ReportDefinition.Studios });
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Select(row => Format([.. row.Values])).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["year", "studio", "rank", "releases", "budget", "revenue", "profit", "matched_profit", "revenue_share", "release_share", "popularity", "budget_known", "revenue_known", "profit_known"],
            actual[0].Keys);
        Assert.Equal(
            actual.OrderBy(row => row["year"]).ThenByDescending(row => row["revenue"] is null ? -1 : Convert.ToInt64(row["revenue"], CultureInfo.InvariantCulture))
                .ThenBy(row => (string)row["studio"]!, StringComparer.Ordinal),
            actual);
    }

    [Fact]
    public async Task Every_studios_shared_revenue_agrees()
    {
        ledger.SkipIfMissing();
        var studios = IndependentStudios.ReadBundled();
        var totals = new Dictionary<string, decimal>();
        foreach (var movie in ledger.Movies.Where(movie => movie is { Date: not null, Revenue: not null }))
        {
            // The remainder of the division goes to the first names, a dollar each.
            var names = studios.GetStudios(movie.Companies, movie.Date!);
            for (var i = 0; i < names.Count; i++)
            {
                totals[names[i]] = totals.GetValueOrDefault(names[i]) + decimal.Floor(movie.Revenue!.Value / names.Count) + (i < movie.Revenue.Value % names.Count ? 1 : 0);
            }
        }

        var actual = await ledger.QueryAsync(QueryText.Read("studio", "revenue", "revenue is known", "year>=1870") with { Share = Share.Equal });
        Assert.Equal(
            totals.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal),
            actual.Select(row => $"{row["studio"]} {row["revenue"]}").Order(StringComparer.Ordinal));
    }

    private Dictionary<(int Year, string Studio), List<IndependentMovie>> GroupByStudio()
    {
        var studios = IndependentStudios.ReadBundled();
        return ledger.Movies.Where(movie => movie.Date is not null)
            .SelectMany(movie => studios.GetStudios(movie.Companies, movie.Date!).Select(studio => (Key: (movie.Year!.Value, studio), movie)))
            .GroupBy(pair => pair.Key, pair => pair.movie).ToDictionary(group => group.Key, group => group.ToList());
    }

    private static decimal? Sum(List<IndependentMovie> movies, Func<IndependentMovie, decimal?> amount) =>
        movies.Any(movie => amount(movie) is not null) ? movies.Sum(amount) : null;

    private static double? Divide(decimal? part, decimal? whole) => whole is null or 0 ? null : (double?)part / (double?)whole;

    private static string Format(params object?[] values) => string.Join(' ', values.Select(value => value switch
    {
        double number => number.ToString("G12", CultureInfo.InvariantCulture),
        null => "-",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    }));
}

public sealed class FullStudioTests(FullLedger ledger) : RealStudioTests(ledger), IClassFixture<FullLedger>;

public sealed class HeadStudioTests(HeadLedger ledger) : RealStudioTests(ledger), IClassFixture<HeadLedger>;
