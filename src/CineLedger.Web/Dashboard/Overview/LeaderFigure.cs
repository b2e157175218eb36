using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Films;

namespace CineLedger.Web.Dashboard.Overview;

/// <summary>The companies, or the genres, that earned the most.</summary>
public sealed record LeaderFigure(PageQuery Asked, ChartView Chart, TableView Table)
{
    /// <param name="request">Of the page.</param>
    /// <param name="dimension"><c>company</c> or <c>genre</c>.</param>
    /// <param name="section">Where a name's own page is.</param>
    /// <param name="places">How many.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <param name="where">Filters beside the span.</param>
    public static async Task<LeaderFigure> ReadAsync(
        PageRequest request, string dimension, string section, int places, CancellationToken cancellationToken, params IReadOnlyList<string> where)
    {
        var asked = new PageQuery
        {
            By = [dimension],
            Measures = ["revenue", "budget", "matched_profit", "releases", "revenue_known", "budget_known", "profit_known"],
            Where = where,
            Order = ["revenue:desc"],
            Limit = places,
        };
        var rows = await request.Ledger.QueryAsync(asked.Request(request.State), cancellationToken);
        var hasPage = DashboardPages.Has(section);
        var title = dimension == "company" ? "Company" : "Genre";
        return new LeaderFigure(
            asked,
            new ChartView(
                ChartKind.Ranking,
                Unit.Money,
                [.. rows.Rows.Select(row => row.Text(dimension))],
                [
                    new ChartSeries("Revenue", [.. rows.Rows.Select(row => row.Number("revenue"))]) { Ink = ChartInk.Earned },
                    new ChartSeries("Budget", [.. rows.Rows.Select(row => row.Number("budget"))]) { Ink = ChartInk.Spent },
                ])
            {
                Name = $"top-{section}",
                Description = $"The {section} with the largest revenue, with their budgets.",
                Links = hasPage ? [.. rows.Rows.Select(Link)] : null,
                Height = ChartHeight.Tall,
            },
            TableView.Of(
                $"The {section} with the largest revenue",
                rows,
                new DataColumn(dimension, title) { Link = hasPage ? Link : null },
                Column("revenue").KnownOf(),
                Column("budget").KnownOf(),
                Column("matched_profit").KnownOf(),
                Column("releases")));

        DataColumn Column(string measure) => DataColumn.Of(measure) with { Link = Films };

        string Films(ResultRow row) => FilmLinks.Behind(
            request.State, [(dimension, row.Text(dimension)), .. where.Select(text => ("where", (string?)text)), FilmLinks.Dated(request.State)]);

        string? Link(ResultRow row) => request.State.Link(PageState.Named(section, row.Text(dimension)));
    }
}
