using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The ranked companies of the year range, or those that match a search.</summary>
/// <param name="Search">The search text; null for all companies.</param>
/// <param name="Measure">The measure of the ranking; <c>company</c> orders by name.</param>
/// <param name="Total">The number of companies on all pages.</param>
/// <param name="First">The position of the first company on the page, from 1.</param>
/// <param name="DownloadAddress">Returns the address of the download in a format; null for no downloads.</param>
public sealed record CompaniesModel(string? Search, string Measure, int Total, int First, TableView Table, ChartView Chart, Func<string?, string>? DownloadAddress)
{
    /// <summary>The studios that match the search; empty without one.</summary>
    public IReadOnlyList<string> Studios { get; init; } = [];

    public const int PageSize = 25;
    private const int ChartedCompanies = 15;

    /// <summary>The number of movies that a return or a mean needs to be ranked before the others.</summary>
    public const int MinMovies = QueryRequest.DefaultMinMovies;

    /// <summary>Servers reject longer addresses, so a search that finds very long names has no downloads.</summary>
    private const int MaxAddressLength = 7_000;

    /// <summary>The query for all companies.</summary>
    private static PageQuery CreateQuery(string popularity) => new()
    {
        By = ["company"],
        Measures = ["revenue", "budget", "matched_profit", "profit", "roi", "releases", popularity, "revenue_known", "budget_known", "profit_known"],
        Where = ["year is known"],
    };

    public static async Task<CompaniesModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (state, values) = (request.State, request.Values);
        var search = values.Get(CompanyPages.Search)?.Trim();
        var order = QueryOrder.Parse(values.Get(CompanyPages.Order) ?? "revenue:desc");
        if (order.Column != "company" && !CompanyMeasures.Names.Contains(order.Column))
        {
            throw Errors.Problems.InvalidParameter("order", $"there is no measure '{order.Column}'; use company, {string.Join(", ", CompanyMeasures.Names)}.");
        }

        var popularity = CompanyMeasures.IsPopularity(order.Column) ? order.Column : state.PopularityMeasure;
        var all = CreateQuery(popularity);
        var named = all with { Order = [order.IsDescending ? $"{order.Column}:desc" : order.Column] };
        var first = ((values.Get(CompanyPages.PageNumber) ?? 1) - 1) * PageSize;
        var query = named.CreateRequest(state) with { SearchText = search, Limit = PageSize, Offset = first, MeansNeedMovies = true };
        var (rows, count) = (request.Ledger.QueryAsync(query, cancellationToken), request.Ledger.CountRowsAsync(query, cancellationToken));
        var studios = search is null ? null : request.Ledger.ReadStudiosAsync(cancellationToken);
        await Task.WhenAll([rows, count, studios ?? Task.CompletedTask]);
        var (shown, total) = ((await rows).Rows, await count);
        if (first > 0 && first >= total)
        {
            throw Errors.Problems.NotFound($"there is no page {first / PageSize + 1}: the list has {total} companies, {PageSize} per page.");
        }

        var file = named;
        if (search is not null)
        {
            file = file with { Where = [.. all.Where, .. shown.Select(row => PageQuery.FilterByName("company", row.GetText("company")))] };
        }

        return new CompaniesModel(
            search,
            order.Column,
            total,
            first + 1,
            CreateTable(request, shown, order, popularity),
            CreateChart(state, [.. shown.Take(ChartedCompanies)], order.Column),
            file.GetApiAddress(state, request.Snapshot.Id, "parquet").Length > MaxAddressLength ? null : format => file.GetApiAddress(state, request.Snapshot.Id, format))
        {
            Studios = studios is null ? [] : [.. (await studios).Names.Where(name => name.Contains(search!, StringComparison.OrdinalIgnoreCase))],
        };
    }

    private static TableView CreateTable(PageRequest request, IReadOnlyList<ResultRow> shown, QueryOrder order, string popularity)
    {
        ResultColumn[] columns =
        [
            new("company", "Company") { Link = row => GetLink(request.State, row) },
            CreateColumn("revenue").WithKnownNote(), CreateColumn("budget").WithKnownNote(), CreateColumn("matched_profit").WithKnownNote(),
            CreateColumn("profit"), CreateColumn("roi").WithKnownNote(), CreateColumn("releases"), CreateColumn(popularity),
        ];
        return TableView.Create("Companies", shown, columns) with
        {
            EmptyText = "No matching companies.",
            Order = order.IsDescending ? $"{order.Column}:desc" : order.Column,
            OrderLink = by => request.GetAddress(("order", by == "revenue:desc" ? null : by), ("page", null)),
        };

        // Each number links to the movies behind it.
        ResultColumn CreateColumn(string name) => ResultColumn.Create(name) with { Link = row => NameKind.Company.GetMoviesLink(request.State, row.GetText("company")) };
    }

    private static ChartView CreateChart(PageState state, IReadOnlyList<ResultRow> top, string measure)
    {
        var drawn = measure == "company" ? "revenue" : measure;
        ChartViewSeries[] series = drawn is "revenue" or "budget"
            ? [CreateSeries("revenue", ChartColor.Revenue), CreateSeries("budget", ChartColor.Budget)]
            : [CreateSeries(drawn, Measures.Find(drawn).CanBeNegative ? ChartColor.GainOrLoss : ChartColor.Foreground)];
        return new ChartView(ChartViewKind.Ranking, MeasureDisplay.GetUnit(drawn), [.. top.Select(row => row.GetText("company"))], series)
        {
            Name = $"companies-{drawn}",
            Description = $"The first {NumberFormat.FormatCount(top.Count, "company", "companies")} of the table, by {MeasureDisplay.GetHeading(drawn)}.",
            Links = [.. top.Select(row => GetLink(state, row))],
            Height = ChartHeight.Tall,
        };

        ChartViewSeries CreateSeries(string name, ChartColor color) => new(MeasureDisplay.GetHeading(name), [.. top.Select(row => row.GetNumber(name))]) { Color = color };
    }

    private static string GetLink(PageState state, ResultRow row) => state.GetLink(PageState.GetPath("companies", row.GetText("company")));
}
