using System.Globalization;
using System.Text;
using CineLedger.Reports;
using CineLedger.Tests.Reports;

namespace CineLedger.Tests.RealData;

/// <summary>Every row of every report against an independent computation: own CSV, own literals, own joining, LINQ and decimals.</summary>
public abstract class RealReports(RealLedger ledger)
{
    private static readonly string[] Whole = ["releases", "budget", "revenue", "profit", "matched_profit", "budget_known", "revenue_known", "profit_known"];

    [Fact]
    public async Task Every_company_and_year_agrees()
    {
        ledger.SkipIfMissing();
        var actual = await ledger.ReportAsync(new() { Report = ReportDefinition.Companies });
        Compare(Group(film => film.Companies), actual, "company");
        Assert.Equal(actual.OrderBy(row => row["company"], CodePoints).ThenBy(row => (int)row["year"]!), actual);
    }

    [Fact]
    public async Task Every_genre_and_year_agrees()
    {
        ledger.SkipIfMissing();
        var actual = await ledger.ReportAsync(new() { Report = ReportDefinition.Genres });
        var expected = Group(film => film.Genres);
        Compare(expected, actual, "genre");
        Assert.Equal(actual.OrderBy(row => row["year"]).ThenByDescending(row => row["popularity"]).ThenBy(row => row["genre"], CodePoints), actual);
        var means = expected.ToLookup(group => group.Key.Year, group => Mean(group.Value));
        Assert.All(actual, row => Assert.Equal(
            1 + means[(int)row["year"]!].Count(mean => mean > Mean(expected[((int)row["year"]!, (string)row["genre"]!)])), Convert.ToInt32(row["rank"], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Every_company_genre_and_year_agrees()
    {
        ledger.SkipIfMissing();
        var actual = await ledger.ReportAsync(new() { Report = ReportDefinition.CompanyGenres });
        var releases = Group(film => film.Companies);
        var expected =
            from film in ledger.Films
            where film.Year is not null
            from company in film.Companies
            from genre in film.Genres
            group film by (Year: film.Year!.Value, company, genre) into films
            select $"{films.Key.Year} {films.Key.company} {films.Key.genre} {films.Count()} {releases[(films.Key.Year, films.Key.company)].Count}";
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
        var expected = Group(film => film.Genres)
            .OrderBy(group => group.Key.Name, StringComparer.Ordinal).ThenBy(group => group.Key.Year)
            .Select(group => string.Create(
                CultureInfo.InvariantCulture,
                $"{group.Key.Name} {group.Key.Year} {group.Value.Count} {(double?)Mean(group.Value):G12} {group.Value.Max(film => film.Revenue)} {group.Value.Count(film => film.Budget is not null)}"));
        Assert.Equal(expected, actual.Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row["genre"]} {row["year"]} {row["releases"]} {(double?)row["popularity"]:G12} {row["revenue_max"]} {row["budget_known"]}")));
    }

    [Fact]
    public async Task A_company_s_months_beside_those_of_the_year_before_agree()
    {
        ledger.SkipIfMissing();
        var query = QueryText.Read("company,month", "releases,revenue", "company=Walt Disney Pictures", "year=1990..2016") with { ComparePreviousYear = true };
        var films = ledger.Films.Where(film => film.Year is not null && film.Companies.Contains("Walt Disney Pictures")).ToLookup(film => film.Month!.Value);
        var now = films.Select(months => months.Key).Where(month => month / 12 is >= 1990 and <= 2016).ToHashSet();
        var last = now.Max();
        var expected =
            from month in now.Concat(films.Select(months => months.Key + 12).Where(month => month / 12 is >= 1990 and <= 2016 && month <= last)).Distinct().Order()
            let revenue = Sum(films[month])
            let before = Sum(films[month - 12])
            select $"{month / 12}-{(month % 12) + 1:00} {films[month].Count()} {films[month - 12].Count()} {revenue} {before} {revenue - before}";
        Assert.Equal(
            expected,
            (await ledger.QueryAsync(query)).Select(row =>
                $"{row["month"]} {row["releases"]} {row["releases_before"]} {row["revenue"]} {row["revenue_before"]} {row["revenue_change"]}"));

        static decimal? Sum(IEnumerable<IndependentFilm> films) => RealReports.Sum([.. films], film => film.Revenue);
    }

    private static IComparer<object?> CodePoints { get; } = Comparer<object?>.Create(
        (a, b) => Encoding.UTF8.GetBytes((string)a!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes((string)b!)));

    private Dictionary<(int Year, string Name), List<IndependentFilm>> Group(Func<IndependentFilm, IEnumerable<string>> names) =>
        ledger.Films.Where(film => film.Year is not null)
            .SelectMany(film => names(film).Select(name => (Key: (film.Year!.Value, name), film)))
            .GroupBy(pair => pair.Key, pair => pair.film).ToDictionary(group => group.Key, group => group.ToList());

    private static decimal? Mean(List<IndependentFilm> films) => films.Average(film => film.Popularity);

    private static void Compare(Dictionary<(int Year, string Name), List<IndependentFilm>> expected, List<Dictionary<string, object?>> actual, string dimension)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var row in actual)
        {
            var key = ((int)row["year"]!, (string)row[dimension]!);
            var films = expected[key];
            var matched = films.Where(film => film.Budget is not null && film.Revenue is not null).ToList();
            var (budget, revenue) = (Sum(films, film => film.Budget), Sum(films, film => film.Revenue));
            decimal?[] figures =
            [
                films.Count, budget, revenue,
                budget is null && revenue is null ? null : (revenue ?? 0) - (budget ?? 0),
                matched.Count == 0 ? null : matched.Sum(film => film.Revenue - film.Budget),
                films.Count(film => film.Budget is not null), films.Count(film => film.Revenue is not null), matched.Count,
            ];
            Assert.Equal((key, string.Join(' ', figures)), (key, string.Join(' ', Whole.Select(column => row[column]))));
            var (mean, popularity) = ((double?)Mean(films), (double?)row["popularity"]);
            Assert.True(mean == popularity || Math.Abs(mean!.Value - popularity!.Value) <= 1e-12 * Math.Abs(mean.Value), $"{key}: {mean} and {popularity}");
        }
    }

    private static decimal? Sum(List<IndependentFilm> films, Func<IndependentFilm, decimal?> amount) =>
        films.Any(film => amount(film) is not null) ? films.Sum(amount) : null;
}

public sealed class FullReports(FullLedger ledger) : RealReports(ledger), IClassFixture<FullLedger>;

public sealed class HeadReports(HeadLedger ledger) : RealReports(ledger), IClassFixture<HeadLedger>;
