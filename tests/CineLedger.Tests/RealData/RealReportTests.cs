using System.Globalization;
using System.Text;
using CineLedger.Reports;
using CineLedger.Tests.Reports;

namespace CineLedger.Tests.RealData;

/// <summary>Checks every row of every report against an independent calculation with its own CSV reader, literal reader and record joining, in LINQ with decimals.</summary>
public abstract class RealReportTests(RealLedger ledger)
{
    private static readonly string[] Whole = ["releases", "budget", "revenue", "profit", "matched_profit", "budget_known", "revenue_known", "profit_known"];

    [Fact]
    public async Task Every_company_and_year_agrees()
    {
        ledger.SkipIfMissing();
        var actual = await ledger.ReportAsync(new() { Report = ReportDefinition.Companies });
        Compare(Group(movie => movie.Companies), actual, "company");
        Assert.Equal(actual.OrderBy(row => row["company"], CodePoints).ThenBy(row => (int)row["year"]!), actual);
    }

    [Fact]
    public async Task Every_genre_and_year_agrees()
    {
        ledger.SkipIfMissing();
        var actual = await ledger.ReportAsync(new() { Report = ReportDefinition.Genres });
        var expected = Group(movie => movie.Genres);
        Compare(expected, actual, "genre");
        Assert.Equal(actual.OrderBy(row => row["year"]).ThenByDescending(row => row["popularity"]).ThenBy(row => row["genre"], CodePoints), actual);
        var means = expected.ToLookup(group => group.Key.Year, group => Mean(group.Value));
        Assert.All(actual, row => Assert.Equal(
            1 + means[(int)row["year"]!].Count(mean => mean > Mean(expected[((int)row["year"]!, (string)row["genre"]!)])), Convert.ToInt32(row["rank"], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Genres_with_equal_mean_votes_have_equal_ranks()
    {
        ledger.SkipIfMissing();
        var votes = Group(movie => movie.Genres).ToDictionary(group => group.Key, group => group.Value.Average(movie => movie.MeanVote));
        var years = votes.ToLookup(group => group.Key.Year, group => group.Value);
        Assert.All(await ledger.ReportAsync(new() { Report = ReportDefinition.Genres, Popularity = Popularity.VoteAverage }), row =>
        {
            var mean = votes[((int)row["year"]!, (string)row["genre"]!)];
            var rank = 1 + years[(int)row["year"]!].Count(other => mean is null ? other is not null : other > mean);
            Assert.Equal((row["year"], row["genre"], rank), (row["year"], row["genre"], Convert.ToInt32(row["rank"], CultureInfo.InvariantCulture)));
        });
    }

    [Fact]
    public async Task Every_company_genre_and_year_agrees()
    {
        ledger.SkipIfMissing();
        var actual = await ledger.ReportAsync(new() { Report = ReportDefinition.CompanyGenres });
        var releases = Group(movie => movie.Companies);
        var expected =
            from movie in ledger.Movies
            where movie.Year is not null
            from company in movie.Companies
            from genre in movie.Genres
            group movie by (Year: movie.Year!.Value, company, genre) into movies
            select $"{movies.Key.Year} {movies.Key.company} {movies.Key.genre} {movies.Count()} {releases[(movies.Key.Year, movies.Key.company)].Count}";
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            actual.Select(row => $"{row["year"]} {row["company"]} {row["genre"]} {row["releases"]} {row["company_releases"]}").Order(StringComparer.Ordinal));
        Assert.Equal(actual.OrderBy(row => row["company"], CodePoints).ThenBy(row => (int)row["year"]!).ThenBy(row => row["genre"], CodePoints), actual);
    }

    [Fact]
    public async Task Mean_popularity_and_releases_by_genre_and_year_agree_as_a_query()
    {
        ledger.SkipIfMissing();
        var actual = await ledger.QueryAsync(QueryText.Read("genre,year", "releases,popularity,revenue:max,budget_known"));
        var expected = Group(movie => movie.Genres)
            .OrderBy(group => group.Key.Name, StringComparer.Ordinal).ThenBy(group => group.Key.Year)
            .Select(group => string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key.Name} {group.Key.Year} {group.Value.Count} {(double?)Mean(group.Value):G12} {group.Value.Max(movie => movie.Revenue)} {group.Value.Count(movie => movie.Budget is not null)}"));
        Assert.Equal(expected, actual.Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row["genre"]} {row["year"]} {row["releases"]} {(double?)row["popularity"]:G12} {row["revenue_max"]} {row["budget_known"]}")));
    }

    [Fact]
    public async Task A_companys_year_over_year_months_agree()
    {
        ledger.SkipIfMissing();
        var query = QueryText.Read("company,month", "releases,revenue", "company=Walt Disney Pictures", "year=1990..2016") with { ComparePreviousYear = true };
        var movies = ledger.Movies.Where(movie => movie.Year is not null && movie.Companies.Contains("Walt Disney Pictures")).ToLookup(movie => movie.Month!.Value);
        var now = movies.Select(months => months.Key).Where(month => month / 12 is >= 1990 and <= 2016).ToHashSet();
        var last = now.Max();
        var expected =
            from month in now.Concat(movies.Select(months => months.Key + 12).Where(month => month / 12 is >= 1990 and <= 2016 && month <= last)).Distinct().Order()
            let revenue = Sum(movies[month])
            let before = Sum(movies[month - 12])
            select $"{month / 12}-{(month % 12) + 1:00} {movies[month].Count()} {movies[month - 12].Count()} {revenue} {before} {revenue - before}";
        Assert.Equal(
            expected,
            (await ledger.QueryAsync(query)).Select(row =>
                $"{row["month"]} {row["releases"]} {row["releases_before"]} {row["revenue"]} {row["revenue_before"]} {row["revenue_change"]}"));

        static decimal? Sum(IEnumerable<IndependentMovie> movies) => RealReportTests.Sum([.. movies], movie => movie.Revenue);
    }

    private static IComparer<object?> CodePoints { get; } = Comparer<object?>.Create(
        (a, b) => Encoding.UTF8.GetBytes((string)a!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes((string)b!)));

    private Dictionary<(int Year, string Name), List<IndependentMovie>> Group(Func<IndependentMovie, IEnumerable<string>> names) =>
        ledger.Movies.Where(movie => movie.Year is not null)
            .SelectMany(movie => names(movie).Select(name => (Key: (movie.Year!.Value, name), movie)))
            .GroupBy(pair => pair.Key, pair => pair.movie).ToDictionary(group => group.Key, group => group.ToList());

    private static decimal? Mean(List<IndependentMovie> movies) => movies.Average(movie => movie.Popularity);

    private static void Compare(Dictionary<(int Year, string Name), List<IndependentMovie>> expected, List<Dictionary<string, object?>> actual, string dimension)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var row in actual)
        {
            var key = ((int)row["year"]!, (string)row[dimension]!);
            var movies = expected[key];
            var matched = movies.Where(movie => movie.Budget is not null && movie.Revenue is not null).ToList();
            var (budget, revenue) = (Sum(movies, movie => movie.Budget), Sum(movies, movie => movie.Revenue));
            decimal?[] numbers =
            [
                movies.Count, budget, revenue,
                budget is null && revenue is null ? null : (revenue ?? 0) - (budget ?? 0),
                matched.Count == 0 ? null : matched.Sum(movie => movie.Revenue - movie.Budget),
                movies.Count(movie => movie.Budget is not null), movies.Count(movie => movie.Revenue is not null), matched.Count,
            ];
            Assert.Equal((key, string.Join(' ', numbers)), (key, string.Join(' ', Whole.Select(column => row[column]))));
            var (mean, popularity) = ((double?)Mean(movies), (double?)row["popularity"]);
            Assert.True(mean == popularity || Math.Abs(mean!.Value - popularity!.Value) <= 1e-12 * Math.Abs(mean.Value), $"{key}: {mean} and {popularity}");
        }
    }

    private static decimal? Sum(List<IndependentMovie> movies, Func<IndependentMovie, decimal?> amount) =>
        movies.Any(movie => amount(movie) is not null) ? movies.Sum(amount) : null;
}

public sealed class FullReportTests(FullLedger ledger) : RealReportTests(ledger), IClassFixture<FullLedger>;

public sealed class HeadReportTests(HeadLedger ledger) : RealReportTests(ledger), IClassFixture<HeadLedger>;
