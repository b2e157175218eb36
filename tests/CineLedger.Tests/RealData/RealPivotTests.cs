using System.Globalization;
using CineLedger.Export;
using CineLedger.Tests.Export;
using CineLedger.Tests.Reports;

namespace CineLedger.Tests.RealData;

public sealed class RealPivotTests(FullLedger ledger) : IClassFixture<FullLedger>
{
    [Fact]
    public async Task Every_cell_of_a_workbook_of_revenue_by_genre_and_year_agrees()
    {
        ledger.SkipIfMissing();
        var movies = ledger.Movies.Where(movie => movie.Year is not null && movie.Genres.Count > 0).ToList();
        var rows = new Workbook(await ledger.ExportAsync(QueryText.ReadPivoted("year,genre", "year", "revenue") with { Totals = true }, OutputFormat.Xlsx)).Rows("Result");
        Assert.Equal(
            ["genre", .. movies.Select(movie => movie.Year!.Value).Distinct().Order().Select(year => year.ToString(CultureInfo.InvariantCulture))],
            rows[0].Values.Select(cell => cell.Value));
        Assert.Equal(movies.SelectMany(movie => movie.Genres).Distinct().Order(StringComparer.Ordinal), rows.Skip(1).SkipLast(1).Select(row => row["A"].Value));
        foreach (var (row, place) in rows.Skip(1).Select((row, place) => (row, place)))
        {
            var ofRow = movies.Where(movie => place == rows.Count - 2 || movie.Genres.Contains(row["A"].Value));
            Assert.Equal(
                ofRow.Where(movie => movie.Revenue is not null).GroupBy(movie => movie.Year!.Value).OrderBy(year => year.Key)
                    .Select(year => $"{year.Key} {year.Sum(movie => movie.Revenue):0}"),
                row.Where(cell => cell.Key != "A").Select(cell => $"{rows[0][cell.Key].Value} {decimal.Parse(cell.Value.Value, CultureInfo.InvariantCulture):0}"));
        }
    }

    [Fact]
    public async Task The_largest_rows_are_those_over_all_columns()
    {
        ledger.SkipIfMissing();
        var movies = ledger.Movies.Where(movie => movie.Year is >= 2000 and <= 2016).ToList();
        var largest = movies.SelectMany(movie => movie.Companies.Distinct().Select(company => (company, movie.Revenue))).GroupBy(pair => pair.company, pair => pair.Revenue ?? 0)
            .OrderByDescending(company => company.Sum()).Take(5).Select(company => company.Key).ToList();
        var query = QueryText.ReadPivoted("year,company", "year", "revenue", "year=2000..2016") with { Top = 5 };
        Assert.Equal(largest, (await ledger.QueryAsync(query)).Select(row => (string)row["company"]!));
        Assert.Equal(largest.Order(StringComparer.Ordinal), (await ledger.QueryAsync(query with { Order = [new("company", IsDescending: false)] })).Select(row => (string)row["company"]!));
    }
}
