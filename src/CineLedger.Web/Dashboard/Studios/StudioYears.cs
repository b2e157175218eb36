using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Studios;

/// <summary>The amounts of a studio by year, and its share of the revenue of all movies.</summary>
/// <param name="TotalShare">The share over all years; null if unknown.</param>
public sealed record StudioYears(
    string Name, PageQuery Query, ChartView Amounts, TableView AmountTable, PageQuery ShareQuery, ChartView Shares, TableView ShareTable, double? TotalShare)
{
    public static async Task<StudioYears> ReadAsync(PageRequest request, string name, CancellationToken cancellationToken)
    {
        var state = request.State;
        var totalState = StudioMarket.UseTotals(state);
        var where = PageQuery.FilterByName("studio", name);
        var query = new PageQuery
        {
            By = ["year", "studio"],
            Measures = ["releases", "revenue", "budget", "matched_profit", "revenue_known", "budget_known", "profit_known"],
            Where = [where],
        };
        var shareQuery = query with { Measures = ["revenue", "share(revenue)", "rank(revenue)", "releases", "revenue_known"] };
        var totalQuery = new PageQuery { By = ["year"], Measures = ["releases", "revenue", "revenue_known"] };
        var years = await request.Ledger.QueryAsync(query.CreateRequest(state), cancellationToken);
        var shares = await request.Ledger.QueryAsync(shareQuery.CreateRequest(totalState), cancellationToken);
        var totals = (await request.Ledger.QueryAsync(totalQuery.CreateRequest(totalState), cancellationToken)).Rows.ToDictionary(row => row.GetInteger("year"));
        var market = new StudioMarket(
            false, [], shareQuery, totalQuery, NameGrid.Create(shares, "year", "studio", [name]), totals, [StudioTotal.Create(name, shares.Rows, null)], null);
        var charts = new StudioCharts(request, market, 1);
        var amounts = AmountsByYear.Create(years, "studio-amounts", name, Link);
        return new StudioYears(
            name,
            query,
            amounts.Chart,
            amounts.Table,
            shareQuery,
            charts.CreateShares(ChartViewKind.Bars) with
            {
                Name = "studio-share",
                Description = $"The share of {name} in the revenue of all movies of each year.",
                Height = ChartHeight.Default,
            },
            CreateShareTable(),
            market.Studios[0].Revenue is { } own && market.Sum("revenue") is { } all ? NumberFormat.GetPercent(own, all) : null);

        string? Link(ResultRow row) => GetLink(row.GetInteger("year"));

        string GetLink(long year) => NameKind.Studio.GetMoviesLink(state with { From = (int)year, To = (int)year }, name);

        TableView CreateShareTable() => new(
            "Share of revenue and rank by year",
            [
                new("Year", Unit.Year), new("Revenue", Unit.Money), new("Revenue of all movies", Unit.Money) { Title = "each movie counted once" },
                new("Share", Unit.Percent), new("Rank", Unit.Count) { Title = "among the studios of the year" },
            ],
            [
                .. shares.Rows.Reverse().Select(row => new TableViewRow(
                [
                    new(row["year"]) { Link = (state with { From = (int)row.GetInteger("year"), To = (int)row.GetInteger("year") }).GetLink("/studios") },
                    new(row["revenue"]) { Link = NameKind.Studio.GetMoviesLink(totalState, name, row.GetInteger("year")), Note = market.GetNote(row) }, new(totals[row.GetInteger("year")]["revenue"]) { Link = MovieLinks.GetListPath(totalState, row.GetInteger("year")) },
                    new(StudioMarket.GetShare(row)), new(StudioMarket.GetRank(row)),
                ])),
            ]);
    }
}
