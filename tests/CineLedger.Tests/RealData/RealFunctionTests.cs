using System.Globalization;
using System.Numerics;
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

    [Theory]
    [InlineData("genre", 2000, 2009, 10)]
    [InlineData("genre", 1985, 2016, 25)]
    [InlineData("company", 1996, 2005, 1)]
    [InlineData("company", 2008, 2009, 3)]
    [InlineData("", 1970, 2016, 10)]
    public async Task Growth_between_two_years_and_the_trend_of_all_years_agree(string by, int from, int to, int minimum)
    {
        ledger.SkipIfMissing();
        var query = QueryText.Read(by, "cagr(revenue),slope(revenue),cagr(releases),slope(releases)", $"year={from}..{to}") with { MinMovies = minimum };
        var movies = ledger.Movies.Where(movie => movie.Year >= from && movie.Year <= to).ToList();
        var groups = Group(movies, movie => by switch { "genre" => movie.Genres, "company" => movie.Companies, _ => [""] });
        var rows = await ledger.QueryAsync(query);
        Assert.Equal(
            groups.Keys.Select(key => key.Name).Distinct().Order(StringComparer.Ordinal),
            rows.Select(row => by.Length == 0 ? "" : (string)row[by]!).Order(StringComparer.Ordinal));
        var notes = (await ledger.CoverageAsync(query)).Notes;
        var isUnknown = new int[4];
        foreach (var row in rows)
        {
            var own = Enumerable.Range(from, to - from + 1).Select(year => groups.GetValueOrDefault((year, by.Length == 0 ? "" : (string)row[by]!)) ?? []).ToList();
            CheckGrowth(own.ConvertAll(year => ((BigInteger)(Sum(year) ?? 0), year.Count(movie => movie.Revenue is not null))), "revenue", 0);
            CheckGrowth(own.ConvertAll(year => ((BigInteger)year.Count, year.Count)), "releases", 2);

            void CheckGrowth(List<(BigInteger Value, int Movies)> years, string measure, int place)
            {
                var (first, last, rate) = (years[0].Value, years[^1].Value, (double?)row[$"{measure}_cagr"]);
                Assert.Equal(years[0].Movies >= minimum && years[^1].Movies >= minimum, rate is not null);
                if (rate is { } growth)
                {
                    // The rate is the millionth nearest to the root: its power is within half a millionth of the quotient.
                    var (doubled, scale) = ((BigInteger)Math.Round(growth * 2_000_000) + 2_000_000, BigInteger.Pow(2_000_000, years.Count - 1));
                    Assert.InRange(last * scale, first * BigInteger.Pow(doubled - 1, years.Count - 1), first * BigInteger.Pow(doubled + 1, years.Count - 1));
                }

                // The textbook formula: (nΣxy − ΣxΣy) / (nΣx² − (Σx)²).
                BigInteger n = years.Count, x = 0, y = 0, xy = 0, xx = 0;
                for (var i = 0; i < years.Count; i++)
                {
                    (x, y, xy, xx) = (x + i, y + years[i].Value, xy + (i * years[i].Value), xx + (i * i));
                }

                double? slope = years.TrueForAll(year => year.Movies >= minimum) ? (double)((n * xy) - (x * y)) / (double)((n * xx) - (x * x)) : null;
                Assert.Equal(slope, (double?)row[$"{measure}_slope"]);
                isUnknown[place] += rate is null ? 1 : 0;
                isUnknown[place + 1] += slope is null ? 1 : 0;
            }
        }

        Assert.All(query.Measures.Zip(isUnknown), pair => Assert.Single(notes, note => note.StartsWith($"{pair.First.Column} is the ", StringComparison.Ordinal)
            && note.Contains(string.Create(CultureInfo.InvariantCulture, $": in {pair.Second:N0} of {rows.Count:N0} row"), StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1)]
    public async Task Changes_in_percent_are_sorted_with_those_of_few_movies_last(int minimum)
    {
        ledger.SkipIfMissing();
        var groups = Group(ledger.Movies.Where(movie => movie.Year is not null), movie => movie.Genres);
        var query = QueryText.Read("year,genre", "revenue") with { ComparePreviousYear = true, MinMovies = minimum, Order = [new("revenue_percent", IsDescending: true)] };
        var rows = await ledger.QueryAsync(query);
        var percents = rows.ConvertAll(row => IsLarge((int)row["year"]!, row) && IsLarge((int)row["year"]! - 1, row) ? (double?)row["revenue_percent"] : null);
        var first = percents.OfType<double>().ToList();
        Assert.InRange(first.Count, 100, rows.Count - 100);
        Assert.Equal(first.OrderDescending(), percents.Take(first.Count).OfType<double>());
        Assert.All(percents.Skip(first.Count), Assert.Null);

        bool IsLarge(int year, Dictionary<string, object?> row) =>
            groups.TryGetValue((year, (string)row["genre"]!), out var movies) && movies.Count(movie => movie.Revenue is not null) >= minimum;
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
