using System.Globalization;
using System.Text;
using CineLedger.Reports;

namespace CineLedger.Tests.RealData;

/// <summary>Every row of every report against an independent computation: own CSV, own literals, own joining, LINQ and decimals.</summary>
public abstract class RealReports(RealLedger ledger)
{
    private static readonly string[] Whole = ["releases", "budget", "revenue", "profit", "matched_profit", "budget_known", "revenue_known", "profit_known"];

    [Fact]
    public async Task Every_company_and_year_agrees()
    {
        ledger.SkipIfMissing();
        var actual = await ledger.ReportAsync(new() { Report = ReportName.Companies });
        Compare(Group(film => film.Companies), actual, "company");
        Assert.Equal(actual.OrderBy(row => row["company"], CodePoints).ThenBy(row => (int)row["year"]!), actual);
    }

    [Fact]
    public async Task Every_genre_and_year_agrees()
    {
        ledger.SkipIfMissing();
        var actual = await ledger.ReportAsync(new() { Report = ReportName.Genres });
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
        var actual = await ledger.ReportAsync(new() { Report = ReportName.CompanyGenres });
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
