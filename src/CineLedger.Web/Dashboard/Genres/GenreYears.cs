using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>One genre by year: amounts, share of all movies, popularity and rank.</summary>
public sealed record GenreYears
{
    public required PageQuery Query { get; init; }
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
        var query = new PageQuery
        {
            By = ["year", "genre"],
            Measures = ["releases", "revenue", "budget", "matched_profit", "revenue_known", "budget_known", "profit_known", measure, $"rank:{measure}"],
            Where = [PageQuery.FilterByName("genre", name)],
        };
        var years = await request.Ledger.QueryAsync(query.CreateRequest(state), cancellationToken);
        var all = (await request.Ledger.QueryAsync(new PageQuery { By = ["year"], Measures = ["releases"] }.CreateRequest(state), cancellationToken)).Rows
            .ToDictionary(row => row.GetInteger("year"), row => row.GetInteger("releases"));
        var grid = NameGrid.Create(years, "year", "genre", [name]);
        string?[] links = [.. grid.Periods.Select(Link)];
        return new GenreYears
        {
            Query = query,
            Amounts = CreateChart(
                ChartViewKind.Lines,
                Unit.Money,
                "revenue-and-budget",
                "Revenue and budget of the genre by year.",
                CreateLine("Revenue", "revenue", ChartColor.Revenue),
                CreateLine("Budget", "budget", ChartColor.Budget)),
            AmountTable = CreateTable(
                "Amounts by year",
                CreateAmount("revenue"), CreateAmount("budget"), CreateAmount("matched_profit")),
            Releases = CreateChart(
                ChartViewKind.Bars,
                Unit.Percent,
                "share-of-movies",
                "Movies of the genre by year, as a percentage of all movies of the year.",
                new ChartViewSeries("Share of all movies", [.. grid.Periods.Select(GetShare)]) { Color = ChartColor.Foreground, Notes = grid.GetMovieCounts(name) }),
            ReleaseTable = CreateReleaseTable(),
            Popularity = CreateChart(ChartViewKind.Lines, Unit.Measure, "popularity", "Popularity of the genre by year.", CreateLine("Popularity", measure, ChartColor.Foreground)),
            Ranks = CreateChart(ChartViewKind.Bump, Unit.Count, "rank", "Rank of the genre by year, 1 at the top.", CreateLine("Rank", $"rank_{measure}", ChartColor.Foreground)),
            PopularityTable = CreateTable(
                "Popularity and rank by year",
                CreateMovies(measure, "Popularity", Unit.Measure),
                new ResultColumn($"rank_{measure}", "Rank", Unit.Count)
                {
                    Explanation = "among the genres of the year",
                    Link = row => (state with { From = (int)row.GetInteger("year"), To = (int)row.GetInteger("year") }).GetLink("/genres"),
                },
                CreateMovies("releases", "Movies", Unit.Count)),
        };

        ChartView CreateChart(ChartViewKind kind, Unit unit, string file, string description, params ChartViewSeries[] series) =>
            new(kind, unit, grid.Labels, series) { Name = file, Description = description, Links = links };

        ChartViewSeries CreateLine(string title, string column, ChartColor color) => new(title, grid.GetValues(name, column)) { Color = color };

        ResultColumn CreateAmount(string measure) => (ResultColumn.Create(measure) with { Link = row => Link(row.GetInteger("year")) }).WithKnownNote();

        ResultColumn CreateMovies(string column, string title, Unit unit) => new(column, title, unit) { Link = row => Link(row.GetInteger("year")) };

        TableView CreateTable(string caption, params ResultColumn[] columns)
        {
            var table = TableView.Create(caption, years, [new ResultColumn("year", "Year", Unit.Year) { Link = row => Link(row.GetInteger("year")) }, .. columns]);
            return table with { Rows = [.. table.Rows.Reverse()] };
        }

        TableView CreateReleaseTable() => new(
            "Movies by year",
            [new("Year", Unit.Year), new("Movies", Unit.Count), new("All movies", Unit.Count), new("Share", Unit.Percent)],
            [.. grid.Periods.Reverse().Where(year => grid.Rows.ContainsKey((year, name))).Select(year => new TableViewRow(
            [
                new(year) { Link = Link(year) }, new(grid.Rows[(year, name)]["releases"]) { Link = Link(year) },
                new(all[year]) { Link = MovieLinks.GetListPath(state, year) }, new(GetShare(year)),
            ]))]);

        double? GetShare(long year) => grid.Rows.TryGetValue((year, name), out var row) ? NumberFormat.GetPercent(row.GetInteger("releases"), all[year]) : null;

        string Link(long year) => MovieLinks.GetListPath(state, year, ("genre", name));
    }
}
