using CineLedger.Reports.Queries;
using CineLedger.Web.Dashboard.Charts;

namespace CineLedger.Web.Dashboard.Companies;

/// <summary>The companies of a span in an order; a part of them where a text is looked for.</summary>
/// <param name="Wanted">The text; null for all.</param>
/// <param name="Measure">What they are ranked by; <c>company</c> for by name.</param>
/// <param name="Found">How many there are.</param>
/// <param name="First">The place of the first that is shown, from 1.</param>
/// <param name="FileAddress">Makes the address of the files by their format.</param>
public sealed record RankingModel(string? Wanted, string Measure, int Found, int First, TableView Table, ChartView Chart, Func<string?, string>? FileAddress)
{
    public const int PartSize = 50;
    private const int Drawn = 15;

    /// <summary>Servers refuse longer addresses; very long names have no file.</summary>
    private const int LongestAddress = 7_000;

    /// <summary>All companies are asked for at once: another part, another order and each letter of a search are then answered from memory.</summary>
    private static PageQuery All(string popularity) => new()
    {
        By = ["company"],
        Measures = ["revenue", "budget", "matched_profit", "profit", "roi", "releases", popularity, "revenue_known", "budget_known", "profit_known"],
        Where = ["year is known"],
    };

    public static async Task<RankingModel> ReadAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (state, values) = (request.State, request.Values);
        var wanted = values.Get(CompanyPages.Containing)?.Trim();
        var order = QueryOrder.Parse(values.Get(CompanyPages.Order) ?? "revenue:desc");
        if (order.Column != "company" && !CompanyMeasures.Names.Contains(order.Column))
        {
            throw Errors.Problems.BadParameter("order", $"there is no measure '{order.Column}'; there are company, {string.Join(", ", CompanyMeasures.Names)}.");
        }

        var popularity = CompanyMeasures.IsPopularity(order.Column) ? order.Column : state.PopularityMeasure;
        var all = All(popularity);
        var rows = (await request.Ledger.QueryAsync(all.Request(state), cancellationToken)).Rows
            .Where(row => wanted is null || row.Text("company").Contains(wanted, StringComparison.OrdinalIgnoreCase));
        var ordered = Ordered(rows, order).ToList();
        var first = ((values.Get(CompanyPages.Part) ?? 1) - 1) * PartSize;
        if (first > 0 && first >= ordered.Count)
        {
            throw Errors.Problems.NotFound($"the list of {ordered.Count} companies ends before part {first / PartSize + 1}.");
        }

        var shown = ordered.Skip(first).Take(PartSize).ToList();
        var file = all with { Order = [order.Descending ? $"{order.Column}:desc" : order.Column] };
        if (wanted is not null)
        {
            file = file with { Where = [.. all.Where, .. shown.Select(row => PageQuery.Is("company", row.Text("company")))] };
        }

        return new RankingModel(
            wanted,
            order.Column,
            ordered.Count,
            first + 1,
            TableOf(request, shown, order, popularity),
            ChartOf(state, [.. shown.Take(Drawn)], order.Column),
            file.Address(state, request.Snapshot.Id, "parquet").Length > LongestAddress ? null : format => file.Address(state, request.Snapshot.Id, format));
    }

    /// <summary>As SQL does it: unknown values last, whichever way; then by name.</summary>
    private static IEnumerable<ResultRow> Ordered(IEnumerable<ResultRow> rows, QueryOrder order)
    {
        if (order.Column == "company")
        {
            return order.Descending ? rows.OrderByDescending(Name, StringComparer.Ordinal) : rows.OrderBy(Name, StringComparer.Ordinal);
        }

        var known = rows.OrderBy(row => row[order.Column] is null);
        return (order.Descending ? known.ThenByDescending(row => row.Number(order.Column)) : known.ThenBy(row => row.Number(order.Column))).ThenBy(Name, StringComparer.Ordinal);

        static string Name(ResultRow row) => row.Text("company");
    }

    private static TableView TableOf(PageRequest request, IReadOnlyList<ResultRow> shown, QueryOrder order, string popularity)
    {
        DataColumn[] columns =
        [
            new("company", "Company") { Link = row => Link(request.State, row) },
            Column("revenue").KnownOf(), Column("budget").KnownOf(), Column("matched_profit").KnownOf(), Column("profit"), Column("roi").KnownOf(),
            Column("releases"), Column(popularity),
        ];
        return TableView.Of("Companies", shown, columns) with
        {
            Empty = "No company fits.",
            Order = order.Descending ? $"{order.Column}:desc" : order.Column,
            OrderLink = by => request.Here(("order", by == "revenue:desc" ? null : by), ("page", null)),
        };

        // A number leads to the films that it is made of.
        DataColumn Column(string name) => DataColumn.Of(name) with { Link = row => Link(request.State, row) + "#films" };
    }

    private static ChartView ChartOf(PageState state, IReadOnlyList<ResultRow> top, string measure)
    {
        var drawn = measure == "company" ? "revenue" : measure;
        ChartSeries[] series = drawn is "revenue" or "budget"
            ? [Series("revenue", ChartInk.Earned), Series("budget", ChartInk.Spent)]
            : [Series(drawn, Measures.Find(drawn).CanBeNegative ? ChartInk.GainOrLoss : ChartInk.Ink)];
        return new ChartView(ChartKind.Ranking, MeasureDisplay.UnitOf(drawn), [.. top.Select(row => row.Text("company"))], series)
        {
            Name = $"companies-{drawn}",
            Description = $"The first {top.Count} companies of the table, by {MeasureDisplay.Heading(drawn)}.",
            Links = [.. top.Select(row => Link(state, row))],
            Height = ChartHeight.Tall,
        };

        ChartSeries Series(string name, ChartInk ink) => new(MeasureDisplay.Heading(name), [.. top.Select(row => row.Number(name))]) { Ink = ink };
    }

    private static string Link(PageState state, ResultRow row) => state.Link(PageState.Named("companies", row.Text("company")));
}
