using System.Globalization;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Tests.Reports;

namespace CineLedger.Tests.RealData;

/// <summary>Checks every row of functions over groups against an independent calculation, and properties of shares.</summary>
public abstract class RealFunctionTests(RealLedger ledger)
{
    private const string Functions =
        "revenue,share(revenue),share(releases),rank(revenue),change(revenue),change_percent(revenue),change(releases),total(revenue),mean3(revenue),mean5(releases)";

    [Theory]
    [InlineData("year,company", null, null)]
    [InlineData("year,company", 1990, 2010)]
    [InlineData("year,genre", null, null)]
    [InlineData("genre,year", 2001, 2001)]
    public async Task Shares_ranks_changes_totals_and_moving_averages_agree(string by, int? from, int? to)
    {
        ledger.SkipIfMissing();
        var query = QueryText.Read(by, Functions, from is null ? [] : [$"year={from}..{to}"]);
        var (dated, name) = (ledger.Movies.Where(movie => movie.Year is not null).ToList(), by.Replace("year", "", StringComparison.Ordinal).Trim(','));
        var all = Group(dated, movie => name == "company" ? movie.Companies : movie.Genres);
        var groups = all.Where(group => from is null || (group.Key.Year >= from && group.Key.Year <= to)).ToDictionary();
        var selected = dated.Where(movie => from is null || (movie.Year >= from && movie.Year <= to)).ToList();
        var isYearFirst = by.StartsWith("year", StringComparison.Ordinal);
        var wholes = isYearFirst
            ? selected.GroupBy(movie => movie.Year!.Value.ToString(CultureInfo.InvariantCulture)).ToDictionary(year => year.Key, year => year.ToList())
            : Group(selected, movie => movie.Genres).GroupBy(group => group.Key.Name).ToDictionary(genre => genre.Key, genre => genre.SelectMany(group => group.Value).ToList());
        var ranks = groups.ToLookup(group => GetPrefix(group.Key), group => Sum(group.Value) ?? -1);
        var years = all.GroupBy(group => group.Key.Name).ToDictionary(
            names => names.Key,
            names => names.ToDictionary(group => group.Key.Year, group => (Revenue: Sum(group.Value), Releases: (decimal)group.Value.Count)));

        var rows = await ledger.QueryAsync(query);
        Assert.Equal(groups.Count, rows.Count);
        foreach (var row in rows)
        {
            var key = (Year: (int)row["year"]!, Name: (string)row[name]!);
            var (whole, own, revenue) = (wholes[GetPrefix(key)], years[key.Name], Sum(groups[key]));
            var (total, before) = (Sum(whole), own.TryGetValue(key.Year - 1, out var found) ? found : ((decimal? Revenue, decimal Releases)?)null);
            var change = revenue - before?.Revenue;
            object?[] expected =
            [
                revenue, (double?)revenue / (double?)total, total, groups[key].Count / (double)whole.Count, whole.Count,
                1 + ranks[GetPrefix(key)].Count(other => other > (revenue ?? -1)), change, (double?)change * 100 / (double?)before?.Revenue, groups[key].Count - before?.Releases,
                own.Where(year => year.Key <= key.Year && year.Key >= (from ?? 0))
                    .Aggregate((decimal?)null, (sum, year) => year.Value.Revenue is { } amount ? (sum ?? 0) + amount : sum),
                Mean(own, key.Year, 3, year => year.Revenue), Mean(own, key.Year, 5, year => year.Releases),
            ];
            string[] columns =
            [
                "revenue", "revenue_share", "revenue_all", "releases_share", "releases_all", "rank_revenue", "revenue_change", "revenue_change_percent", "releases_change",
                "revenue_total", "revenue_mean3", "releases_mean5",
            ];
            Assert.Equal((key, Format(expected)), (key, Format([.. columns.Select(column => row[column])])));
        }

        string GetPrefix((int Year, string Name) key) => isYearFirst ? key.Year.ToString(CultureInfo.InvariantCulture) : key.Name;
    }

    [Fact]
    public async Task Shares_of_a_partition_add_up_to_one_and_those_of_overlapping_groups_refer_to_the_same_total()
    {
        ledger.SkipIfMissing();

        // Every dated movie has one day of the week, and is in a collection or not.
        foreach (var by in (string[])["year,weekday", "year,in_collection", "weekday,in_collection", "month_of_year,weekday"])
        {
            await CheckAsync(QueryText.Read(by, "share(revenue),share(releases)"));
        }

        // Amounts split among genres add up to the total of a year in which every movie has a genre.
        await CheckAsync(QueryText.Read("year,genre", "share(revenue),share(budget)") with { Share = Share.Equal }, hasGenresOnly: true);
        var totals = ledger.Movies.Where(movie => movie.Year is not null).GroupBy(movie => movie.Year!.Value).ToDictionary(year => year.Key, year => Sum([.. year]));
        Assert.All(await ledger.QueryAsync(QueryText.Read("year,genre", "share(revenue)")), row => Assert.Equal(totals[(int)row["year"]!], (long?)row["revenue_all"]));

        async Task CheckAsync(QueryRequest query, bool hasGenresOnly = false)
        {
            var rows = await ledger.QueryAsync(query);
            var first = query.By[0].Name;
            var withoutNames = ledger.Movies.Where(movie => hasGenresOnly && movie.Year is not null && movie.Genres.Count == 0)
                .Select(movie => (object)movie.Year!.Value).ToHashSet();
            foreach (var share in query.Measures.Where(use => use.Measure.Kind == MeasureKind.Share).Select(use => use.Column))
            {
                var groups = rows.GroupBy(row => row[first]!).Where(group => !withoutNames.Contains(group.Key) && group.Any(row => row[share] is not null)).ToList();
                Assert.NotEmpty(groups);
                Assert.All(groups, group => Assert.Equal(1, group.Sum(row => (double?)row[share] ?? 0), 12));
            }
        }
    }

    private static Dictionary<(int Year, string Name), List<IndependentMovie>> Group(IEnumerable<IndependentMovie> movies, Func<IndependentMovie, IEnumerable<string>> names) =>
        movies.SelectMany(movie => names(movie).Select(name => (Key: (movie.Year!.Value, name), movie)))
            .GroupBy(pair => pair.Key, pair => pair.movie).ToDictionary(group => group.Key, group => group.ToList());

    private static double? Mean(Dictionary<int, (decimal? Revenue, decimal Releases)> years, int year, int count, Func<(decimal? Revenue, decimal Releases), decimal?> value)
    {
        var known = Enumerable.Range(year - count + 1, count).Where(years.ContainsKey).Select(at => value(years[at])).OfType<decimal>().ToList();
        return known.Count == 0 ? null : (double)known.Sum() / known.Count;
    }

    private static decimal? Sum(List<IndependentMovie> movies) => movies.Any(movie => movie.Revenue is not null) ? movies.Sum(movie => movie.Revenue) : null;

    private static string Format(IReadOnlyList<object?> values) => string.Join('|', values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)));
}

public sealed class FullFunctionTests(FullLedger ledger) : RealFunctionTests(ledger), IClassFixture<FullLedger>;

public sealed class HeadFunctionTests(HeadLedger ledger) : RealFunctionTests(ledger), IClassFixture<HeadLedger>;
