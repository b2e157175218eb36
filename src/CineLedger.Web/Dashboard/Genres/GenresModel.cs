using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Films;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>All genres over the span: how popular each was in each year, which place it took, what it brought.</summary>
public sealed record GenresModel
{
    /// <summary>Longer spans are ranked by decade: lines that cross every year for a century show nothing.</summary>
    private const int MostYearsRanked = 40;

    public required TableView Table { get; init; }
    public required PageQuery TableAsked { get; init; }
    public required ChartView Popularity { get; init; }
    public required TableView PopularityTable { get; init; }
    public required PageQuery YearsAsked { get; init; }
    public required bool IsByDecade { get; init; }
    public required ChartView Ranks { get; init; }
    public required TableView RankTable { get; init; }
    public required PageQuery RanksAsked { get; init; }
    public required ChartView Amounts { get; init; }
    public required TableView AmountTable { get; init; }

    public static async Task<GenresModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (state, popularity) = (request.State, request.State.PopularityMeasure);
        string[] measures = ["releases", popularity, $"rank:{popularity}", "revenue", "budget", "matched_profit", "revenue_known", "budget_known", "profit_known"];
        var all = new PageQuery { By = ["genre"], Measures = measures, Where = ["year is known"], Order = [$"{popularity}:desc"] };
        var byYear = new PageQuery { By = ["year", "genre"], Measures = measures };
        var genres = await request.Ledger.QueryAsync(all.Request(state), cancellationToken);
        var years = await request.Ledger.QueryAsync(byYear.Request(state), cancellationToken);
        string[] names = [.. genres.Rows.Select(row => row.Text("genre"))];
        var grid = GenreGrid.Of(years, "year", names);
        var isByDecade = grid.Periods.Count > MostYearsRanked;
        var byDecade = byYear with { By = ["decade", "genre"], Measures = ["releases", popularity, $"rank:{popularity}"] };
        var ranks = isByDecade ? GenreGrid.Of(await request.Ledger.QueryAsync(byDecade.Request(state), cancellationToken), "decade", names) : grid;
        var heat = new PopularityFigure(state, grid);
        var ranked = new RankFigure(state, ranks, isByDecade);
        var amounts = new GenreAmounts(request, grid, genres);
        return new GenresModel
        {
            Table = TableOf(state, genres),
            TableAsked = all,
            Popularity = heat.Chart,
            PopularityTable = heat.Table,
            YearsAsked = byYear,
            IsByDecade = isByDecade,
            Ranks = ranked.Chart,
            RankTable = ranked.Table,
            RanksAsked = isByDecade ? byDecade : byYear,
            Amounts = amounts.Chart,
            AmountTable = amounts.Table,
        };
    }

    private static TableView TableOf(PageState state, ResultTable genres)
    {
        return TableView.Of(
            "Genres of the span",
            genres,
            new DataColumn("genre", "Genre") { Link = row => state.Link(PageState.Named("genres", row.Text("genre"))) },
            DataColumn.Of("releases") with { Link = row => Films(row) },
            new DataColumn(state.PopularityMeasure, "Popularity", Unit.Measure) { Explanation = "the mean over its films", Link = row => Films(row) },
            new DataColumn($"rank_{state.PopularityMeasure}", "Rank", Unit.Count) { Explanation = "its place by popularity" },
            Amount("revenue"),
            Amount("budget"),
            Amount("matched_profit")) with
        {
            Order = $"{state.PopularityMeasure}:desc",
        };

        DataColumn Amount(string measure) =>
            (DataColumn.Of(measure) with { Link = row => Films(row, $"{(measure == "matched_profit" ? "revenue" : measure)}:desc") }).KnownOf();

        string Films(ResultRow row, string? order = null) => FilmLinks.Behind(state, ("genre", row.Text("genre")), FilmLinks.Dated(state), ("order", order));
    }
}
