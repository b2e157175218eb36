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

    /// <summary>Filters beside the span; see <see cref="Is"/>.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    public IReadOnlyList<string> Order { get; init; } = [];

    public int? Top { get; init; }

    /// <summary>Rows at the most; null for all.</summary>
    public int? Limit { get; init; }

    public bool Totals { get; init; }

    public bool ComparePreviousYear { get; init; }

    /// <summary>Whether the span of the page is a filter.</summary>
    public bool InSpan { get; init; } = true;

    /// <summary>The filter for one name, whatever is in it.</summary>
    public static string Is(string field, string name) => $"{field}=\"{name}\"";

    public QueryRequest Request(PageState state) => new()
    {
        By = [.. By.Select(name => Dimensions.Find(name, "--by"))],
        Measures = [.. Measures.Select(CineLedger.Reports.Queries.Measures.Parse)],
        Where = [.. Filters(state).SelectMany(FilterFields.Parse)],
        Order = [.. Order.Select(QueryOrder.Parse)],
        Top = Top,
        Limit = Limit,
        Totals = Totals,
        ComparePreviousYear = ComparePreviousYear,
        Aggregate = state.Aggregate,
        Share = state.Share,
        Dollars = state.Dollars,
    };

    /// <summary>The address of the same question at the API.</summary>
    /// <param name="state">The page's.</param>
    /// <param name="snapshot">As of which the page is: its files are, too.</param>
    /// <param name="format"><c>csv</c>, <c>xlsx</c>, <c>parquet</c> …; null for JSON.</param>
    public string Address(PageState state, int snapshot, string? format = null) => (state with { From = null, To = null, Popularity = default, Snapshot = snapshot }).Link(
        "/api/v1/query",
        [
            ("by", string.Join(',', By)), ("measure", string.Join(',', Measures)), .. Filters(state).Select(filter => ("where", (string?)filter)),
            .. Rest(), ("format", format),
        ]);

    /// <summary>Beside dimensions, measures and filters: which rows, in which order.</summary>
    internal IEnumerable<(string Name, string? Value)> Rest() =>
    [
        ("order", string.Join(',', Order)), ("top", Top?.ToString(CultureInfo.InvariantCulture)), ("limit", Limit?.ToString(CultureInfo.InvariantCulture)),
        ("totals", Totals ? "true" : null), ("compare", ComparePreviousYear ? "previous-year" : null),
    ];

    private IEnumerable<string> Filters(PageState state) => InSpan ? [.. state.SpanFilters, .. Where] : Where;
}
