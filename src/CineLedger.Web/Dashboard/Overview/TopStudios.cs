using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Studios;

namespace CineLedger.Web.Dashboard.Overview;

/// <summary>The studios with the largest revenue: their market shares by year, and their sums.</summary>
public sealed record TopStudios(StudioMarket Market, ChartView Shares, TableView ShareTable, ChartView Chart, TableView Table)
{
    /// <summary>The studios with the highest revenue, with their shares.</summary>
    public FigureView CreateFigure(PageRequest request) => new("top-studios", "Top studios by revenue", Table)
    {
        Chart = Chart,
        Query = Market.SumQuery,
        QueryState = StudioMarket.UseTotals(request.State),
        Notes = ["Companies grouped by the studio that owned them on the day of a movie's release.", FigureNotes.GetShare(request.State, "studios")],
        Links = [new("All studios", request.State.GetLink("/studios"))],
    };

    /// <summary>Returns null if the ledger has no studios, or none of their movies has a known revenue in the year range.</summary>
    public static async Task<TopStudios?> ReadAsync(PageRequest request, int maxRows, CancellationToken cancellationToken)
    {
        if ((await request.Ledger.ReadStudiosAsync(cancellationToken)).Lines.Count == 0)
        {
            return null;
        }

        var state = request.State;
        var market = await StudioMarket.ReadAsync(request, isAsNamed: false, [], cancellationToken);
        StudioTotal[] top = [.. market.Studios.Where(studio => studio.Known > 0).Take(maxRows)];
        if (top.Length == 0)
        {
            return null;
        }

        var charts = new StudioCharts(request, market, StudioMarket.MaxLines);
        var all = market.Sum("revenue") ?? 0;
        return new(
            market,
            charts.CreateShares(StudioParameters.GetDefaultKind(state)),
            charts.ShareTable,
            new ChartView(
                ChartViewKind.Ranking,
                Unit.Money,
                [.. top.Select(studio => studio.Name)],
                [new ChartViewSeries("Revenue", [.. top.Select(studio => (double?)studio.Revenue)]) { Color = ChartColor.Revenue }])
            {
                Name = "top-studios",
                Description = "The studios with the largest revenue.",
                Links = [.. top.Select(studio => NameKind.Studio.GetLink(state, studio.Name))],
                Height = ChartHeight.Tall,
            },
            new TableView(
                "The studios with the largest revenue",
                [new("Studio"), new("Revenue", Unit.Money), new("Share", Unit.Percent) { Title = "of the revenue of all movies, each counted once" }, new("Movies", Unit.Count)],
                [
                    .. top.Select(studio => new TableViewRow(
                    [
                        new(studio.Name) { Link = NameKind.Studio.GetLink(state, studio.Name) },
                        new(studio.Revenue) { Link = StudioLinks.GetMoviesLink(state, studio.Name, market), Note = studio.KnownNote },
                        new(NumberFormat.GetPercent(studio.Revenue ?? 0, all)),
                        new(studio.Releases) { Link = StudioLinks.GetMoviesLink(state, studio.Name, market) },
                    ])),
                ]));
    }
}
