using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Genres;

/// <summary>All genres in the year range: popularity, rank and amounts by year.</summary>
public sealed record GenresModel
{
    /// <summary>Longer ranges are ranked by decade, as lines that cross every year for a century are unreadable.</summary>
    private const int MaxYearsRanked = 40;

    public required TableView Table { get; init; }
    public required PageQuery TableQuery { get; init; }
    public required ChartView Popularity { get; init; }
    public required TableView PopularityTable { get; init; }
    public required PageQuery YearsQuery { get; init; }
    public required bool IsByDecade { get; init; }
    public required ChartView Ranks { get; init; }
    public required TableView RankTable { get; init; }
    public required PageQuery RanksQuery { get; init; }
    public required ChartView Amounts { get; init; }
    public required TableView AmountTable { get; init; }

    public static async Task<GenresModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (state, popularity) = (request.State, request.State.PopularityMeasure);
        string[] measures = ["releases", popularity, $"rank:{popularity}", "revenue", "budget", "matched_profit", "revenue_known", "budget_known", "profit_known"];
        var all = new PageQuery { By = ["genre"], Measures = measures, Where = ["year is known"], Order = [$"{popularity}:desc"] };
        var byYear = new PageQuery { By = ["year", "genre"], Measures = measures };
        var readGenres = request.Ledger.QueryAsync(all.CreateRequest(state), cancellationToken);
        var readYears = request.Ledger.QueryAsync(byYear.CreateRequest(state), cancellationToken);
        await Task.WhenAll(readGenres, readYears);
        var (genres, years) = (await readGenres, await readYears);
        string[] names = [.. genres.Rows.Select(row => row.GetText("genre"))];
        var grid = NameGrid.Create(years, "year", "genre", names);
        var isByDecade = grid.Periods.Count > MaxYearsRanked;
        var byDecade = byYear with { By = ["decade", "genre"], Measures = ["releases", popularity, $"rank:{popularity}"] };
        var ranks = isByDecade ? NameGrid.Create(await request.Ledger.QueryAsync(byDecade.CreateRequest(state), cancellationToken), "decade", "genre", names) : grid;
        var heat = new GenrePopularity(request, grid);
        var ranked = new GenreRanks(state, ranks, isByDecade);
        var amounts = new GenreAmounts(request, grid, genres);
        return new GenresModel
        {
            Table = CreateTable(state, genres),
            TableQuery = all,
            Popularity = heat.Chart,
            PopularityTable = heat.Table,
            YearsQuery = byYear,
            IsByDecade = isByDecade,
            Ranks = ranked.Chart,
            RankTable = ranked.Table,
            RanksQuery = isByDecade ? byDecade : byYear,
            Amounts = amounts.Chart,
            AmountTable = amounts.Table,
        };
    }

    private static TableView CreateTable(PageState state, ResultTable genres)
    {
        return TableView.Create(
            "All genres",
            genres,
            new ResultColumn("genre", "Genre") { Link = row => state.GetLink(PageState.GetPath("genres", row.GetText("genre"))) },
            ResultColumn.Create("releases") with { Link = row => GetMoviesLink(row) },
            new ResultColumn(state.PopularityMeasure, "Popularity", Unit.Measure) { Explanation = "the average over the movies of the genre", Link = row => GetMoviesLink(row) },
            new ResultColumn($"rank_{state.PopularityMeasure}", "Rank", Unit.Count) { Explanation = "the rank by popularity" },
            CreateAmount("revenue"),
            CreateAmount("budget"),
            CreateAmount("matched_profit")) with
        {
            Order = $"{state.PopularityMeasure}:desc",
        };

        ResultColumn CreateAmount(string measure) =>
            (ResultColumn.Create(measure) with { Link = row => GetMoviesLink(row, $"{(measure == "matched_profit" ? "revenue" : measure)}:desc") }).WithKnownNote();

        string GetMoviesLink(ResultRow row, string? order = null) =>
            MovieLinks.GetListPath(state, ("genre", row.GetText("genre")), MovieLinks.GetDatedFilter(state), ("order", order));
    }
}
