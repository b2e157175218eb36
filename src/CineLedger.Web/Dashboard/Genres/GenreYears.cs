using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Films;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>One genre, year by year: what it brought, how many films of all, how popular it was and which place it took.</summary>
public sealed record GenreYears
{
    public required PageQuery Asked { get; init; }
    public required ChartView Amounts { get; init; }
    public required TableView AmountTable { get; init; }
    public required ChartView Releases { get; init; }
    public required TableView ReleaseTable { get; init; }
    public required ChartView Popularity { get; init; }
    public required ChartView Ranks { get; init; }
    public required TableView PopularityTable { get; init; }

    public static async Task<GenreYears> ReadAsync(PageRequest request, string name, CancellationToken cancellationToken)
    {
        var (state, measure) = (request.State, request.State.PopularityMeasure);
        var asked = new PageQuery
        {
            By = ["year", "genre"],
            Measures = ["releases", "revenue", "budget", "matched_profit", "revenue_known", "budget_known", "profit_known", measure, $"rank:{measure}"],
            Where = [PageQuery.Is("genre", name)],
        };
        var years = await request.Ledger.QueryAsync(asked.Request(state), cancellationToken);
        var all = (await request.Ledger.QueryAsync(new PageQuery { By = ["year"], Measures = ["releases"] }.Request(state), cancellationToken)).Rows
            .ToDictionary(row => row.Whole("year"), row => row.Whole("releases"));
        var grid = GenreGrid.Of(years, "year", [name]);
        string?[] links = [.. grid.Periods.Select(Link)];
        return new GenreYears
        {
            Asked = asked,
            Amounts = Chart(ChartKind.Lines, Unit.Money, "revenue-and-budget", "Its revenue and budget by year.", Line("Revenue", "revenue", ChartInk.Earned), Line("Budget", "budget", ChartInk.Spent)),
            AmountTable = Table(
                "Its amounts by year",
                Amount("revenue"), Amount("budget"), Amount("matched_profit")),
            Releases = Chart(
                ChartKind.Bars,
                Unit.Percent,
                "share-of-films",
                "Its films by year, in percent of all films of the year.",
                new ChartSeries("Of all films", [.. grid.Periods.Select(Share)]) { Ink = ChartInk.Ink, Notes = grid.Films(name) }),
            ReleaseTable = ReleasesOf(),
            Popularity = Chart(ChartKind.Lines, Unit.Measure, "popularity", "Its popularity by year.", Line("Popularity", measure, ChartInk.Ink)),
            Ranks = Chart(ChartKind.Bump, Unit.Count, "rank", "Its place among the genres by year, 1 at the top.", Line("Rank", $"rank_{measure}", ChartInk.Ink)),
            PopularityTable = Table(
                "Its popularity and rank by year",
                Films(measure, "Popularity", Unit.Measure),
                new DataColumn($"rank_{measure}", "Rank", Unit.Count) { Explanation = "among the genres of the year", Link = row => (state with { From = (int)row.Whole("year"), To = (int)row.Whole("year") }).Link("/genres") },
                Films("releases", "Films", Unit.Count)),
        };

        ChartView Chart(ChartKind kind, Unit unit, string file, string description, params ChartSeries[] series) =>
            new(kind, unit, grid.X, series) { Name = file, Description = description, Links = links };

        ChartSeries Line(string title, string column, ChartInk ink) => new(title, grid.Values(name, column)) { Ink = ink };

        DataColumn Amount(string measure) => (DataColumn.Of(measure) with { Link = row => Link(row.Whole("year")) }).KnownOf();

        DataColumn Films(string column, string title, Unit unit) => new(column, title, unit) { Link = row => Link(row.Whole("year")) };

        TableView Table(string caption, params DataColumn[] columns)
        {
            var table = TableView.Of(caption, years, [new DataColumn("year", "Year", Unit.Year) { Link = row => Link(row.Whole("year")) }, .. columns]);
            return table with { Rows = [.. table.Rows.Reverse()] };
        }

        TableView ReleasesOf() => new(
            "Its films by year",
            [new("Year", Unit.Year), new("Films", Unit.Count), new("All films", Unit.Count), new("Share", Unit.Percent)],
            [.. grid.Periods.Reverse().Where(year => grid.Rows.ContainsKey((year, name))).Select(year => new TableRow(
            [
                new(year) { Link = Link(year) }, new(grid.Rows[(year, name)]["releases"]) { Link = Link(year) },
                new(all[year]) { Link = FilmLinks.Behind(state, year) }, new(Share(year)),
            ]))]);

        double? Share(long year) => grid.Rows.TryGetValue((year, name), out var row) ? Figures.Share(row.Whole("releases"), all[year]) : null;

        string Link(long year) => FilmLinks.Behind(state, year, ("genre", name));
    }
}
