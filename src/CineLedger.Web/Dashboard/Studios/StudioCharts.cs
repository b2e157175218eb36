using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>The charts of the largest studios by year, with their tables.</summary>
public sealed class StudioCharts
{
    /// <summary>More years make the lines of ranks unreadable.</summary>
    public const int MaxYearsRanked = 40;

    private readonly PageState _state;
    private readonly StudioMarket _market;
    private readonly NameGrid _grid;
    private readonly NameGrid _ranked;

    /// <param name="request">The request for the page.</param>
    /// <param name="market">The revenue of studios.</param>
    /// <param name="count">The number of studios.</param>
    public StudioCharts(PageRequest request, StudioMarket market, int count)
    {
        (_state, _market) = (request.State, market);
        string[] names = [.. market.Studios.Where(studio => studio.Known > 0).Take(count).Select(studio => studio.Name)];
        var known = market.Grid.Rows.Where(cell => names.Contains(cell.Key.Name) && cell.Value["revenue"] is not null).Select(cell => cell.Key.Period).ToList();
        _grid = market.Grid with
        {
            Names = names,
            Periods = known.Count == 0 ? [] : [.. market.Grid.Periods.Where(year => year >= known.Min() && year <= known.Max())],
        };
        _ranked = _grid with { Periods = [.. _grid.Periods.TakeLast(MaxYearsRanked)] };
    }

    public int Count => _grid.Names.Count;

    /// <summary>Whether years are missing from <see cref="Ranks"/>.</summary>
    public bool OmitsRanks => _grid.Periods.Count > MaxYearsRanked;

    public TableView ShareTable => _grid.CreateTable(
        "Share of revenue by year", "Year", row => StudioMarket.GetShare(row), Unit.Percent, GetMoviesLink, _market.GetNote, GetYearLink, "share(revenue)");

    public TableView RankTable => _ranked.CreateTable(
        "Rank by revenue and year", "Year", row => StudioMarket.GetRank(row), Unit.Count, GetMoviesLink, _market.GetNote, GetYearLink, "revenue");

    public ChartView Ranks => Create(_ranked, ChartViewKind.Bump, Unit.Count, StudioMarket.GetRank) with
    {
        Name = "rank-of-studios",
        Description = $"The rank by revenue of {Subject} by year, 1 at the top.",
        Height = ChartHeight.Tall,
    };

    public ChartView CreateShares(ChartViewKind kind) => Create(_grid, kind, Unit.Percent, StudioMarket.GetShare) with
    {
        Name = "market-share",
        Description = $"The share of {Subject} in the revenue of all movies of each year.",
        Height = ChartHeight.Tall,
    };

    private string Subject => $"the {Count} {(_market.IsAsNamed ? NameKind.Company : NameKind.Studio).Section} with the highest revenue";

    private ChartView Create(NameGrid grid, ChartViewKind kind, Unit unit, Func<ResultRow, double?> value) => new(
        kind,
        unit,
        grid.Labels,
        [.. grid.Names.Select(name => new ChartViewSeries(name, grid.GetValues(name, value)) { Notes = grid.GetNotes(name, _market.GetNote) })])
    {
        Description = "",
        Links = [.. grid.Periods.Select(GetYearLink)],
    };

    private string GetYearLink(long year) => (_state with { From = (int)year, To = (int)year }).GetLink("/studios", GetFilters());

    private string GetMoviesLink(long year, string name) => StudioLinks.GetMoviesLink(_state with { From = (int)year, To = (int)year }, name, _market);

    private (string Name, string? Value)[] GetFilters() =>
        [.. _market.Genres.Select(genre => ("genre", (string?)genre)), (StudioParameters.AsNamed.Name, _market.IsAsNamed ? "true" : null)];
}
