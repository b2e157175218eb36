using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Comparison;

/// <summary>The chart and the table of a comparison.</summary>
internal static class ComparisonTables
{
    /// <summary>Headings of number columns have little space. The full name is shown on hover.</summary>
    private const int MaxHeadingLength = 28;

    /// <param name="kind">The kind of the names.</param>
    /// <param name="use">The measure.</param>
    /// <param name="names">The names.</param>
    /// <param name="rows">The values by year and name.</param>
    /// <param name="places">The places of the names in the palette; null for those of their order.</param>
    public static ChartView CreateChart(NameKind kind, SelectedMeasure use, IReadOnlyList<string> names, IReadOnlyList<ResultRow> rows, IReadOnlyList<int>? places)
    {
        var byYear = GroupByYear(kind, rows);
        var years = GetYears(rows);
        return new ChartView(
            ChartViewKind.Lines,
            GetUnit(use),
            [.. years.Select(year => NumberFormat.FormatExact(year, Unit.Year))],
            [.. names.Select((name, i) => new ChartViewSeries(name, [.. years.Select(year => GetValue(year, name))]) { Place = places?[i] })])
        { Name = $"{kind.Dimension}-comparison", Description = $"{use.GetHeading()} by year of {string.Join(", ", names)}.", IsShareOfMovies = use.IsShareOfMovies() }.WithEveryYear();

        double? GetValue(long year, string name) => byYear.TryGetValue((year, name), out var row) ? row.GetNumber(use.Column) : null;
    }

    /// <summary>Creates a table with a row per year, the newest first, a column per name, and their totals.</summary>
    public static TableView CreateTable(
        PageRequest request, PageState state, NameKind kind, SelectedMeasure use, IReadOnlyList<string> names, IReadOnlyList<ResultRow> rows,
        IReadOnlyDictionary<string, ResultRow> sums)
    {
        var byYear = GroupByYear(kind, rows);
        var span = ReportOptionNames.ToHeading(MovieListPage.FormatSpan(state) ?? "all years");
        return new TableView(
            $"{ReportOptionNames.ToHeading(kind.Section)} by year",
            [
                new TableViewColumn("Year", Unit.Year),
                .. names.Select(name => new TableViewColumn(Truncate(name), GetUnit(use)) { Title = name, Measure = use.Applied?.ToString() ?? use.Measure.Name }),
            ],
            [
                .. GetYears(rows).Reverse().Select(year => new TableViewRow(
                [
                    new TableViewCell(year) { Link = request.GetAddress(request.State with { From = (int)year, To = (int)year }) },
                    .. names.Select(name => CreateCell(byYear.GetValueOrDefault((year, name)), name, state with { From = (int)year, To = (int)year })),
                ])),
                new TableViewRow([new TableViewCell(span), .. names.Select(name => CreateCell(sums.GetValueOrDefault(name), name, state))], IsTotal: true),
            ]);

        TableViewCell CreateCell(ResultRow? row, string name, PageState of) => row is null
            ? new TableViewCell(null) { Note = "no movies" }
            : new TableViewCell(row[use.Column]) { Link = kind.GetMoviesLink(of, name), Note = NumberFormat.FormatMovieCount(row.GetInteger("releases")) };
    }

    private static Unit GetUnit(SelectedMeasure use) => use.Measure.GetDisplayUnit();

    private static Dictionary<(long Year, string Name), ResultRow> GroupByYear(NameKind kind, IReadOnlyList<ResultRow> rows) =>
        rows.ToDictionary(row => (row.GetInteger("year"), row.GetText(kind.Dimension)));

    private static IReadOnlyList<long> GetYears(IReadOnlyList<ResultRow> rows) => [.. rows.Select(row => row.GetInteger("year")).Distinct().Order()];

    private static string Truncate(string name) => name.Length > MaxHeadingLength ? name[..(MaxHeadingLength - 1)] + "…" : name;
}
