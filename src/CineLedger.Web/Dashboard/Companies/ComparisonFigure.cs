using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>A company beside others, year by year.</summary>
/// <param name="Others">Those that were chosen, known or not.</param>
/// <param name="Unknown">Of them, those that have no film in the span.</param>
/// <param name="Offered">Large companies of the span to choose from.</param>
public sealed record ComparisonFigure(PageQuery Asked, ChartView Chart, TableView Table, IReadOnlyList<string> Others, IReadOnlyList<string> Unknown, IReadOnlyList<string> Offered)
{
    public const int Most = 4;

    public static async Task<ComparisonFigure> ReadAsync(PageRequest request, string company, string measure, CancellationToken cancellationToken)
    {
        var state = request.State;
        string[] others = [.. request.Values.Get(CompanyPages.With).Select(name => name.Trim()).Where(name => name != company).Distinct(StringComparer.Ordinal)];
        if (others.Length > Most)
        {
            throw Errors.Problems.BadParameter("with", $"stands there for {others.Length} companies: {Most} are the most that can be told apart.");
        }

        string[] all = [company, .. others];
        var asked = new PageQuery { By = ["year", "company"], Measures = [measure, "releases"], Where = [.. all.Select(name => PageQuery.Is("company", name))] };
        var rows = (await request.Ledger.QueryAsync(asked.Request(state), cancellationToken)).Rows;
        var sums = (await request.Ledger.QueryAsync((asked with { By = ["company"], Where = [.. asked.Where, "year is known"] }).Request(state), cancellationToken)).Rows
            .ToDictionary(row => row.Text("company"), StringComparer.Ordinal);
        var large = await request.Ledger.QueryAsync(new PageQuery { By = ["company"], Measures = ["revenue"], Order = ["revenue:desc"], Limit = 10, Where = ["year is known"] }.Request(state), cancellationToken);
        var byYear = rows.ToDictionary(row => (Year: row.Whole("year"), Company: row.Text("company")));
        var years = rows.Select(row => row.Whole("year")).Distinct().Order().ToList();
        return new ComparisonFigure(
            asked,
            new ChartView(
                ChartKind.Lines,
                MeasureDisplay.UnitOf(measure),
                [.. years.Select(year => Figures.Exact(year, Unit.Year))],
                [.. all.Select(name => new ChartSeries(name, [.. years.Select(year => byYear.TryGetValue((year, name), out var row) ? row.Number(measure) : null)]))])
            { Name = "company-comparison", Description = $"{MeasureDisplay.Heading(measure)} by year of {string.Join(", ", all)}." }.WithEveryYear(),
            new TableView(
                "Companies by year",
                [new TableColumn("Year", Unit.Year), .. all.Select(name => new TableColumn(Shortened(name), MeasureDisplay.UnitOf(measure)) { Title = name })],
                [
                    .. years.AsEnumerable().Reverse().Select(year => new TableRow(
                    [
                        new Cell(year) { Link = YearLinks.Of(request, year) },
                        .. all.Select(name => byYear.TryGetValue((year, name), out var row)
                            ? new Cell(row[measure]) { Link = Films(name, (int)year), Note = Figures.Films(row.Whole("releases")) }
                            : new Cell(null) { Note = "no film" }),
                    ])),
                    new TableRow([new Cell("All years"), .. all.Select(name => sums.TryGetValue(name, out var row) ? new Cell(row[measure]) { Link = Films(name, null) } : new Cell(null) { Note = "no film" })], IsTotal: true),
                ]),
            others,
            [.. others.Where(name => !sums.ContainsKey(name))],
            [.. large.Rows.Select(row => row.Text("company")).Except(all).Take(5)]);

        string Films(string name, int? year) => (year is null ? state : state with { From = year, To = year }).Link(PageState.Named("companies", name)) + "#films";

        // A heading of a column of numbers has little room; the whole name stands there on hover.
        static string Shortened(string name) => name.Length > 28 ? name[..27] + "…" : name;
    }
}
