using System.Globalization;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard;

/// <summary>
/// A question of a page in the words of <c>/api/v1/query</c>: one text for what the page asks and for the addresses that its reader takes along, so
/// that a file holds what the page shows.
/// </summary>
public sealed record PageQuery
{
    public IReadOnlyList<string> By { get; init; } = [];

    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>Filters beside the span; see <see cref="FilterByName"/>.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    public IReadOnlyList<string> Order { get; init; } = [];

    public int? Top { get; init; }

    /// <summary>Rows at the most; null for all.</summary>
    public int? Limit { get; init; }

    public bool HasTotals { get; init; }

    public bool ComparesPreviousYear { get; init; }

    /// <summary>Whether the span of the page is a filter.</summary>
    public bool UsesSpan { get; init; } = true;

    /// <summary>The filter for one name, whatever is in it.</summary>
    public static string FilterByName(string field, string name) => $"{field}=\"{name}\"";

    public QueryRequest CreateRequest(PageState state) => new()
    {
        By = [.. By.Select(name => Dimensions.Find(name, "--by"))],
        Measures = [.. Measures.Select(CineLedger.Reports.Queries.Measures.Parse)],
        Where = [.. GetFilters(state).SelectMany(FilterFields.Parse)],
        Order = [.. Order.Select(QueryOrder.Parse)],
        Top = Top,
        Limit = Limit,
        Totals = HasTotals,
        ComparePreviousYear = ComparesPreviousYear,
        Aggregate = state.Aggregate,
        Share = state.Share,
        Dollars = state.Dollars,
    };

    /// <summary>The address of the same question at the API.</summary>
    /// <param name="state">The page's.</param>
    /// <param name="snapshot">As of which the page is: its files are, too.</param>
    /// <param name="format"><c>csv</c>, <c>xlsx</c>, <c>parquet</c> …; null for JSON.</param>
    public string GetApiAddress(PageState state, int snapshot, string? format = null) => (state with { From = null, To = null, Popularity = default, Snapshot = snapshot }).GetLink(
        "/api/v1/query",
        [
            ("by", string.Join(',', By)), ("measure", string.Join(',', Measures)), .. GetFilters(state).Select(filter => ("where", (string?)filter)),
            .. GetRowParameters(), ("format", format),
        ]);

    /// <summary>Beside dimensions, measures and filters: which rows, in which order.</summary>
    internal IEnumerable<(string Name, string? Value)> GetRowParameters() =>
    [
        ("order", string.Join(',', Order)), ("top", Top?.ToString(CultureInfo.InvariantCulture)), ("limit", Limit?.ToString(CultureInfo.InvariantCulture)),
        ("totals", HasTotals ? "true" : null), ("compare", ComparesPreviousYear ? "previous-year" : null),
    ];

    private IEnumerable<string> GetFilters(PageState state) => UsesSpan ? [.. state.SpanFilters, .. Where] : Where;
}
