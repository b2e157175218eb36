using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>A company compared with others, by year.</summary>
/// <param name="Others">The companies to compare with, known or not.</param>
/// <param name="Unknown">Those of <paramref name="Others"/> that have no movies in the year range.</param>
/// <param name="Suggestions">The largest companies of the year range, as suggestions.</param>
public sealed record CompanyComparison(
    PageQuery Query, ChartView Chart, TableView Table, IReadOnlyList<string> Others, IReadOnlyList<string> Unknown, IReadOnlyList<string> Suggestions)
{
    public const int MaxCompanies = 4;

    public static async Task<CompanyComparison> ReadAsync(PageRequest request, string company, string measure, CancellationToken cancellationToken)
    {
        var state = request.State;
        string[] others = [.. request.Values.Get(CompanyPages.CompareWith).Select(name => name.Trim()).Where(name => name != company).Distinct(StringComparer.Ordinal)];
        if (others.Length > MaxCompanies)
        {
            throw Errors.Problems.InvalidParameter("with", $"{others.Length} companies are too many: at most {MaxCompanies} can be compared.");
        }

        string[] all = [company, .. others];
        var query = new PageQuery { By = ["year", "company"], Measures = [measure, "releases"], Where = [.. all.Select(name => PageQuery.FilterByName("company", name))] };
        var rows = (await request.Ledger.QueryAsync(query.CreateRequest(state), cancellationToken)).Rows;
        var sumQuery = query with { By = ["company"], Where = [.. query.Where, "year is known"] };
        var sums = (await request.Ledger.QueryAsync(sumQuery.CreateRequest(state), cancellationToken)).Rows
            .ToDictionary(row => row.GetText("company"), StringComparer.Ordinal);
        var largestQuery = new PageQuery { By = ["company"], Measures = ["revenue"], Order = ["revenue:desc"], Limit = 10, Where = ["year is known"] };
        var largest = await request.Ledger.QueryAsync(largestQuery.CreateRequest(state), cancellationToken);
        var byYear = rows.ToDictionary(row => (Year: row.GetInteger("year"), Company: row.GetText("company")));
        var years = rows.Select(row => row.GetInteger("year")).Distinct().Order().ToList();
        return new CompanyComparison(
            query,
            new ChartView(
                ChartViewKind.Lines,
                MeasureDisplay.GetUnit(measure),
                [.. years.Select(year => NumberFormat.FormatExact(year, Unit.Year))],
                [.. all.Select(name => new ChartViewSeries(name, [.. years.Select(year => byYear.TryGetValue((year, name), out var row) ? row.GetNumber(measure) : null)]))])
            { Name = "company-comparison", Description = $"{MeasureDisplay.GetHeading(measure)} by year of {string.Join(", ", all)}." }.WithEveryYear(),
            new TableView(
                "Companies by year",
                [new TableViewColumn("Year", Unit.Year), .. all.Select(name => new TableViewColumn(Truncate(name), MeasureDisplay.GetUnit(measure)) { Title = name })],
                [
                    .. years.AsEnumerable().Reverse().Select(year => new TableViewRow(
                    [
                        new TableViewCell(year) { Link = YearLinks.Get(request, year) },
                        .. all.Select(name => byYear.TryGetValue((year, name), out var row)
                            ? new TableViewCell(row[measure]) { Link = GetMoviesLink(name, (int)year), Note = NumberFormat.FormatMovieCount(row.GetInteger("releases")) }
                            : new TableViewCell(null) { Note = "no movies" }),
                    ])),
                    new TableViewRow(
                    [
                        new TableViewCell("All years"),
                        .. all.Select(name => sums.TryGetValue(name, out var row)
                            ? new TableViewCell(row[measure]) { Link = GetMoviesLink(name, null) }
                            : new TableViewCell(null) { Note = "no movies" }),
                    ],
                    IsTotal: true),
                ]),
            others,
            [.. others.Where(name => !sums.ContainsKey(name))],
            [.. largest.Rows.Select(row => row.GetText("company")).Except(all).Take(5)]);

        string GetMoviesLink(string name, int? year) => (year is null ? state : state with { From = year, To = year }).GetLink(PageState.GetPath("companies", name)) + "#movies";

        // Headings of number columns have little room. The full name is shown on hover.
        static string Truncate(string name) => name.Length > 28 ? name[..27] + "…" : name;
    }
}
