using System.Globalization;
using CineLedger.Model;
using CineLedger.Reports;

namespace CineLedger.Tests.RealData;

/// <summary>Checks totals of the original dataset that other programs calculated.</summary>
public abstract class RealTotalsTests(RealLedger ledger)
{
    protected RealLedger Ledger => ledger;

    protected async Task<string> ScalarAsync(string sql)
    {
        ledger.SkipIfMissing();
        return Convert.ToString((await ledger.QueryAsync(sql))[0][0], CultureInfo.InvariantCulture)!;
    }

    protected async Task CheckAsync(
        (long Movies, long Undated) movies, (int Rows, int Companies) companies, int genreYears, int companyGenres, (string Budget, string Revenue) totals)
    {
        ledger.SkipIfMissing();
        Assert.Equal(movies, (ledger.Summary.Snapshot.Movies, ledger.Summary.Snapshot.Undated));
        var rows = await ledger.ReportAsync(new() { Report = ReportDefinition.Companies });
        Assert.Equal(companies, (rows.Count, rows.Select(row => row["company"]).Distinct().Count()));
        Assert.Equal(genreYears, (await ledger.ReportAsync(new() { Report = ReportDefinition.Genres })).Count);
        Assert.Equal(companyGenres, (await ledger.ReportAsync(new() { Report = ReportDefinition.CompanyGenres })).Count);
        Assert.Equal(totals.Budget, await ScalarAsync("SELECT CAST(SUM(budget) AS BIGINT) FROM movie"));
        Assert.Equal(totals.Revenue, await ScalarAsync("SELECT CAST(SUM(revenue) AS BIGINT) FROM movie"));
    }

    /// <summary>
    /// The totals that other programs calculated count spellings. The independent code joins those of one company, so that its totals differ from theirs only where
    /// spellings are joined.
    /// </summary>
    private protected (int Rows, int Companies, int Genres) CountIndependently(Func<IndependentMovie, IReadOnlyList<string>> read)
    {
        var years = ledger.Movies.Where(movie => movie.Year is not null).SelectMany(movie => read(movie).Select(name => (movie.Year, Name: name, movie))).ToList();
        return (
            years.Select(year => (year.Year, year.Name)).Distinct().Count(), years.Select(year => year.Name).Distinct().Count(),
            years.SelectMany(year => year.movie.Genres.Select(genre => (year.Year, year.Name, genre))).Distinct().Count());
    }

    /// <summary>Checks that the alias findings are the spellings other than the names, each once.</summary>
    protected async Task CheckAliasesAsync(int expected)
    {
        ledger.SkipIfMissing();
        var others = ledger.Movies.SelectMany(movie => movie.Spellings).Distinct().Except(ledger.Movies.SelectMany(movie => movie.Companies));
        var found = (await ledger.QueryAsync($"SELECT value FROM finding WHERE rule = '{Rules.Alias}'")).Select(row => ((string)row[0]!).Split(" → ")).ToList();
        Assert.Equal(others.Order(StringComparer.Ordinal), found.Select(spelling => spelling[0]).Order(StringComparer.Ordinal));
        Assert.All(found, spelling => Assert.Contains(ledger.Movies, movie => movie.Spellings.Contains(spelling[0]) && movie.Companies.Contains(spelling[1])));
        Assert.Equal((expected, expected), (found.Count, Count(FindingKind.Repair, Rules.Alias)));
    }

    protected async Task CheckRowAsync(ReportRequest request, double popularity, string expected)
    {
        ledger.SkipIfMissing();
        var row = Assert.Single(await ledger.ReportAsync(request));
        string[] columns = ["releases", "budget", "revenue", "profit", "budget_known", "revenue_known", "profit_known"];
        Assert.Equal(expected, string.Join(' ', columns.Select(column => row[column])));

        // The expected values come from a program that added floating-point numbers one by one, so they contain rounding errors.
        Assert.InRange((double)row["popularity"]! / popularity, 1 - 1e-12, 1 + 1e-12);
    }

    protected static ReportRequest Company(int year, string name) => new() { Report = ReportDefinition.Companies, From = year, To = year, Companies = [name] };

    protected static ReportRequest Genre(int year, string name) => new() { Report = ReportDefinition.Genres, From = year, To = year, Genres = [name] };

    /// <summary>The number of rejects, except those for ratings of unknown movies and for missing or shared links.</summary>
    protected long RejectsExceptLinks =>
        Count(FindingKind.Reject) - Count(FindingKind.Reject, Rules.UnknownMovie, Rules.UnlinkedRating, Rules.SharedLink);

    protected long Count(FindingKind kind, params string[] rules) =>
        ledger.Summary.Findings.Where(count => count.Kind == kind && (rules.Length == 0 || rules.Contains(count.Rule))).Sum(count => count.Count);
}

public sealed class FullTotalsTests(FullLedger ledger) : RealTotalsTests(ledger), IClassFixture<FullLedger>
{
    [Fact]
    public async Task All_totals_agree()
    {
        Ledger.SkipIfMissing();
        Assert.Equal((14_971, 7_606, 46_025), CountIndependently(movie => movie.Spellings));
        var (rows, companies, genres) = CountIndependently(movie => movie.Companies);
        Assert.Equal(7_606 - 22, companies);
        await CheckAsync((45_433, 84), (rows, companies), 2_021, genres, ("169988917329", "483834159095"));
    }

    [Fact]
    public Task Other_spellings_of_companies_agree() => CheckAliasesAsync(22);

    [Fact]
    public Task Pixar_1995_agrees() => CheckRowAsync(Company(1995, "Pixar Animation Studios"), 21.946943, "1 30000000 373554033 343554033 1 1 1");

    [Fact]
    public Task Warner_1999_agrees() => CheckRowAsync(Company(1999, "Warner Bros."), 10.4877466875, "16 783000000 1655188038 872188038 13 11 11");

    [Fact]
    public Task Drama_1995_agrees() => CheckRowAsync(Genre(1995, "Drama"), 3.589620587591241, "274 1394204463 3782469925 2388265462 63 66 48");

    [Theory]
    [InlineData(1995, "598")]
    [InlineData(2000, "788")]
    [InlineData(2010, "1501")]
    [InlineData(2014, "1974")]
    [InlineData(2016, "1604")]
    public async Task Movies_per_year_agree(int year, string movies) =>
        Assert.Equal(movies, await ScalarAsync($"SELECT COUNT(*) FROM movie WHERE release_year = {year}"));

    [Theory]
    [InlineData("SELECT COUNT(*) FROM genre", "20")]
    [InlineData("SELECT COUNT(*) FROM movie_genre", "91015")]
    [InlineData("SELECT COUNT(*) FROM movie WHERE genre_count = 0", "2442")]
    [InlineData("SELECT MIN(release_year) FROM movie", "1874")]
    [InlineData("SELECT MAX(release_year) FROM movie", "2020")]
    [InlineData("SELECT COUNT(*) FROM movie_genre l JOIN genre g ON g.genre_id = l.genre_id WHERE g.name = 'Drama'", "20244")]
    [InlineData("SELECT COUNT(*) FROM movie_genre l JOIN genre g ON g.genre_id = l.genre_id WHERE g.name = 'Action'", "6592")]
    [InlineData("SELECT COUNT(*) FROM movie WHERE movie_id IN (82663, 122662, 249260) AND overview LIKE '%' || CHR(10) || '%'", "3")]
    public async Task Counts_of_the_ledger_agree(string sql, string expected) => Assert.Equal(expected, await ScalarAsync(sql));

    [Fact]
    public void Findings_agree()
    {
        Ledger.SkipIfMissing();
        Assert.Equal((3 + 22, 30, 0), (Count(FindingKind.Repair), Count(FindingKind.Drop), RejectsExceptLinks));
        Assert.Equal((17, 13, 3), (Count(FindingKind.Drop, Rules.DuplicateRecord), Count(FindingKind.Drop, Rules.ConflictingDuplicate),
            Count(FindingKind.Repair, Rules.SplitRecord)));
    }
}

public sealed class HeadTotalsTests(HeadLedger ledger) : RealTotalsTests(ledger), IClassFixture<HeadLedger>
{
    [Fact]
    public async Task All_totals_agree()
    {
        Ledger.SkipIfMissing();
        Assert.Equal((5_935, 3_311, 18_074), CountIndependently(movie => movie.Spellings));
        var (rows, companies, genres) = CountIndependently(movie => movie.Companies);
        await CheckAsync((4_629, 4), (rows, companies), 1_146, genres, ("47010029261", "139911950357"));
    }

    [Fact]
    public Task Other_spellings_of_companies_agree() => CheckAliasesAsync(10);

    [Fact]
    public Task Drama_1995_agrees() => CheckRowAsync(Genre(1995, "Drama"), 4.505309370967742, "186 1390204413 3782080339 2391875926 61 64 46");

    [Fact]
    public async Task Paramount_1995_by_genre_agrees()
    {
        Ledger.SkipIfMissing();
        var rows = await Ledger.ReportAsync(new() { Report = ReportDefinition.CompanyGenres, From = 1995, To = 1995, Companies = ["Paramount Pictures"] });
        Assert.Equal(
            "Comedy 7, Drama 6, Romance 5, Thriller 4, Action 3, Adventure 2, Crime 2, Mystery 2, Science Fiction 2, Family 1, Fantasy 1, Horror 1",
            string.Join(", ", rows.OrderByDescending(row => row["releases"]).ThenBy(row => row["genre"]).Select(row => $"{row["genre"]} {row["releases"]}")));
    }

    [Fact]
    public void Findings_agree()
    {
        Ledger.SkipIfMissing();
        Assert.Equal((3 + 10, 1, 0), (Count(FindingKind.Repair), Count(FindingKind.Drop), RejectsExceptLinks));
    }
}
