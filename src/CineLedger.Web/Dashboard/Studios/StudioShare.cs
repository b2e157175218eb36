using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>The share of a studio in the revenue of all movies, by year and in total. It is always of totals, whatever the aggregate of the page.</summary>
/// <param name="Figure">The shares by year.</param>
/// <param name="Total">The share over all years; null if unknown.</param>
public sealed record StudioShare(FigureView Figure, double? Total)
{
    public static async Task<StudioShare> ReadAsync(PageRequest request, string name, CancellationToken cancellationToken)
    {
        var state = StudioMarket.UseTotals(request.State);
        var query = new PageQuery
        {
            By = ["year", "studio"],
            Measures = ["revenue", "share(revenue)", "rank(revenue)", "releases", "revenue_known"],
            Where = [PageQuery.FilterByName("studio", name)],
        };
        var totalQuery = new PageQuery { By = ["year"], Measures = ["releases", "revenue", "revenue_known"] };
        var (studio, all) = (
            request.Ledger.QueryAsync(query.CreateRequest(state), cancellationToken), request.Ledger.QueryAsync(totalQuery.CreateRequest(state), cancellationToken));
        await Task.WhenAll(studio, all);
        var (shares, totals) = (await studio, (await all).Rows.ToDictionary(row => row.GetInteger("year")));
        var market = new StudioMarket(
            false, [], query, totalQuery, NameGrid.Create(shares, "year", "studio", [name]), totals, [StudioTotal.Create(name, shares.Rows, null)], null);
        return new(
            new FigureView("market-share", "Market share", CreateTable())
            {
                Chart = new StudioCharts(request, market, 1).CreateShares(ChartViewKind.Bars) with
                {
                    Name = "studio-share",
                    Description = $"The share of {name} in the revenue of all movies of each year.",
                    Height = ChartHeight.Default,
                },
                Query = query,
                QueryState = state,
                Notes =
                [
                    "The revenue of the studio as a percentage of the known revenue of all movies of the year, each movie counted once.",
                    "In years with few known revenues, a single movie can be decisive.",
                ],
                IsShort = true,
            },
            market.Studios[0].Revenue is { } own && market.Sum("revenue") is { } sum ? NumberFormat.GetPercent(own, sum) : null);

        TableView CreateTable() => new(
            "Share of revenue and rank by year",
            [
                new("Year", Unit.Year), new("Revenue", Unit.Money), new("Revenue of all movies", Unit.Money) { Title = "each movie counted once" },
                new("Share", Unit.Percent), new("Rank", Unit.Count) { Title = "among the studios of the year" },
            ],
            [
                .. shares.Rows.Reverse().Select(row => (Row: row, Year: row.GetInteger("year"))).Select(of => new TableViewRow(
                [
                    new(of.Year) { Link = (state with { From = (int)of.Year, To = (int)of.Year }).GetLink("/studios") },
                    new(of.Row["revenue"]) { Link = NameKind.Studio.GetMoviesLink(state, name, of.Year), Note = market.GetNote(of.Row) },
                    new(totals[of.Year]["revenue"]) { Link = MovieLinks.GetListPath(state, of.Year) },
                    new(StudioMarket.GetShare(of.Row)), new(StudioMarket.GetRank(of.Row)),
                ])),
            ]);
    }
}
