using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The companies of a span in an order; a part of them where a text is looked for.</summary>
/// <param name="Search">The text; null for all.</param>
/// <param name="Measure">What they are ranked by; <c>company</c> for by name.</param>
/// <param name="Total">How many there are.</param>
/// <param name="First">The place of the first that is shown, from 1.</param>
/// <param name="DownloadAddress">Makes the address of the files by their format.</param>
public sealed record CompaniesModel(string? Search, string Measure, int Total, int First, TableView Table, ChartView Chart, Func<string?, string>? DownloadAddress)
{
    public const int PageSize = 50;
    private const int ChartedCompanies = 15;

    /// <summary>Servers refuse longer addresses; very long names have no file.</summary>
    private const int MaxAddressLength = 7_000;

    /// <summary>All companies are asked for at once: another part, another order and each letter of a search are then answered from memory.</summary>
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
            throw Errors.Problems.InvalidParameter("order", $"there is no measure '{order.Column}'; there are company, {string.Join(", ", CompanyMeasures.Names)}.");
        }

        var popularity = CompanyMeasures.IsPopularity(order.Column) ? order.Column : state.PopularityMeasure;
        var all = CreateQuery(popularity);
        var rows = (await request.Ledger.QueryAsync(all.CreateRequest(state), cancellationToken)).Rows
            .Where(row => search is null || row.GetText("company").Contains(search, StringComparison.OrdinalIgnoreCase));
        var ordered = Sort(rows, order).ToList();
        var first = ((values.Get(CompanyPages.PageNumber) ?? 1) - 1) * PageSize;
        if (first > 0 && first >= ordered.Count)
        {
            throw Errors.Problems.NotFound($"the list of {ordered.Count} companies ends before part {first / PageSize + 1}.");
        }

        var shown = ordered.Skip(first).Take(PageSize).ToList();
        var file = all with { Order = [order.IsDescending ? $"{order.Column}:desc" : order.Column] };
        if (search is not null)
        {
            file = file with { Where = [.. all.Where, .. shown.Select(row => PageQuery.FilterByName("company", row.GetText("company")))] };
        }

        return new CompaniesModel(
            search,
            order.Column,
            ordered.Count,
            first + 1,
            CreateTable(request, shown, order, popularity),
            CreateChart(state, [.. shown.Take(ChartedCompanies)], order.Column),
            file.GetApiAddress(state, request.Snapshot.Id, "parquet").Length > MaxAddressLength ? null : format => file.GetApiAddress(state, request.Snapshot.Id, format));
    }

    /// <summary>As SQL does it: unknown values last, whichever way; then by name.</summary>
    private static IEnumerable<ResultRow> Sort(IEnumerable<ResultRow> rows, QueryOrder order)
    {
        if (order.Column == "company")
        {
            return order.IsDescending ? rows.OrderByDescending(Name, StringComparer.Ordinal) : rows.OrderBy(Name, StringComparer.Ordinal);
        }

        var known = rows.OrderBy(row => row[order.Column] is null);
        return (order.IsDescending ? known.ThenByDescending(row => row.GetNumber(order.Column)) : known.ThenBy(row => row.GetNumber(order.Column))).ThenBy(Name, StringComparer.Ordinal);

        static string Name(ResultRow row) => row.GetText("company");
    }

    private static TableView CreateTable(PageRequest request, IReadOnlyList<ResultRow> shown, QueryOrder order, string popularity)
    {
        ResultColumn[] columns =
        [
            new("company", "Company") { Link = row => GetLink(request.State, row) },
            CreateColumn("revenue").WithKnownNote(), CreateColumn("budget").WithKnownNote(), CreateColumn("matched_profit").WithKnownNote(), CreateColumn("profit"), CreateColumn("roi").WithKnownNote(),
            CreateColumn("releases"), CreateColumn(popularity),
        ];
        return TableView.Create("Companies", shown, columns) with
        {
            EmptyText = "No company fits.",
            Order = order.IsDescending ? $"{order.Column}:desc" : order.Column,
            OrderLink = by => request.GetAddress(("order", by == "revenue:desc" ? null : by), ("page", null)),
        };

        // A number leads to the movies that it is made of.
        ResultColumn CreateColumn(string name) => ResultColumn.Of(name) with { Link = row => GetLink(request.State, row) + "#movies" };
    }

    private static ChartView CreateChart(PageState state, IReadOnlyList<ResultRow> top, string measure)
    {
        var drawn = measure == "company" ? "revenue" : measure;
        ChartViewSeries[] series = drawn is "revenue" or "budget"
            ? [CreateSeries("revenue", ChartColor.Revenue), CreateSeries("budget", ChartColor.Budget)]
            : [CreateSeries(drawn, Measures.Find(drawn).CanBeNegative ? ChartColor.GainOrLoss : ChartColor.Foreground)];
        return new ChartView(ChartViewKind.Ranking, MeasureDisplay.UnitOf(drawn), [.. top.Select(row => row.GetText("company"))], series)
        {
            Name = $"companies-{drawn}",
            Description = $"The first {top.Count} companies of the table, by {MeasureDisplay.Heading(drawn)}.",
            Links = [.. top.Select(row => GetLink(state, row))],
            Height = ChartHeight.Tall,
        };

        ChartViewSeries CreateSeries(string name, ChartColor color) => new(MeasureDisplay.Heading(name), [.. top.Select(row => row.GetNumber(name))]) { Color = color };
    }

    private static string GetLink(PageState state, ResultRow row) => state.GetLink(PageState.GetPath("companies", row.GetText("company")));
}
