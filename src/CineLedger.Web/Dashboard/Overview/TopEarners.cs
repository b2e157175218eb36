using CineLedger.Reports;
using CineLedger.Web.Dashboard.Charts;
using CineLedger.Web.Dashboard.Movies;

namespace CineLedger.Web.Dashboard.Overview;

/// <summary>The companies or genres with the largest revenue.</summary>
public sealed record TopEarners(PageQuery Query, ChartView Chart, TableView Table)
{
    public FigureView CreateFigure(string id, string title, string note) => new(id, title, Table) { Chart = Chart, Query = Query, Notes = [note] };

    /// <param name="request">The request for the page.</param>
    /// <param name="kind">The kind of the names.</param>
    /// <param name="maxRows">The maximum number of rows.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <param name="of">The company, genre … whose movies are counted; null for all movies.</param>
    public static async Task<TopEarners> ReadAsync(
        PageRequest request, NameKind kind, int maxRows, CancellationToken cancellationToken, (NameKind Kind, string Name)? of = null)
    {
        var (dimension, section) = (kind.Dimension, kind.Section);
        string[] where = of is var (owner, name) ? [PageQuery.FilterByName(owner.Dimension, name)] : [];
        var query = new PageQuery
        {
            By = [.. of is { } whole ? [whole.Kind.Dimension] : Array.Empty<string>(), dimension],
            Measures = ["revenue", "budget", "matched_profit", "releases", "revenue_known", "budget_known", "profit_known"],
            Where = [.. where, "year is known"],
            Order = ["revenue:desc"],
            Limit = maxRows,
        };
        var rows = await request.Ledger.QueryAsync(query.CreateRequest(request.State), cancellationToken);
        var hasPage = DashboardPages.HasPage(section);
        return new TopEarners(
            query,
            new ChartView(
                ChartViewKind.Ranking,
                Unit.Money,
                [.. rows.Rows.Select(row => row.GetText(dimension))],
                [
                    new ChartViewSeries("Revenue", [.. rows.Rows.Select(row => row.GetNumber("revenue"))]) { Color = ChartColor.Revenue },
                    new ChartViewSeries("Budget", [.. rows.Rows.Select(row => row.GetNumber("budget"))]) { Color = ChartColor.Budget },
                ])
            {
                Name = $"top-{section}",
                Description = $"The {section} with the largest revenue, and their budgets.",
                Links = hasPage ? [.. rows.Rows.Select(Link)] : null,
                Height = ChartHeight.Tall,
            },
            TableView.Create(
                $"The {section} with the largest revenue",
                rows,
                new ResultColumn(dimension, ReportOptionNames.ToHeading(dimension)) { Link = hasPage ? Link : null },
                Column("revenue").WithKnownNote(),
                Column("budget").WithKnownNote(),
                Column("matched_profit").WithKnownNote(),
                Column("releases")) with
            { EmptyText = $"No movie of these years has a {dimension}." });

        ResultColumn Column(string measure) => ResultColumn.Create(measure) with { Link = GetMoviesLink };

        string GetMoviesLink(ResultRow row) => MovieLinks.GetListPath(
            request.State,
            [
                kind.GetFilter(row.GetText(dimension)), .. of is { } whole ? [whole.Kind.GetFilter(whole.Name)] : Array.Empty<(string, string?)>(),
                MovieLinks.GetDatedFilter(request.State),
            ]);

        string? Link(ResultRow row) => request.State.GetLink(PageState.GetPath(section, row.GetText(dimension)));
    }
}
