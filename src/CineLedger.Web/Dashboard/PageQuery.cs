using System.Globalization;
using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard;

/// <summary>
/// A query of a page, in the parameters of <c>/api/v1/query</c>. The page and its downloads are made from the same query, so a download contains what the
/// page shows.
/// </summary>
public sealed record PageQuery
{
    public IReadOnlyList<string> By { get; init; } = [];

    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>Filters in addition to the year range; see <see cref="FilterByName"/>.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    public IReadOnlyList<string> Order { get; init; } = [];

    public int? Top { get; init; }

    /// <summary>The maximum number of rows; null for all.</summary>
    public int? Limit { get; init; }

    public bool HasTotals { get; init; }

    public bool ComparesPreviousYear { get; init; }

    /// <summary>Whether each company counts as a studio of its own.</summary>
    public bool IsAsNamed { get; init; }

    /// <summary>Whether the year range of the page is applied as a filter.</summary>
    public bool UsesYearRange { get; init; } = true;

    /// <summary>Returns the filter for a name of the ledger.</summary>
    public static string FilterByName(string field, string name) => Filter(field, ToExact(field, name));

    /// <summary>Returns the filter for a name as written by a reader. Quotes keep names with special characters intact.</summary>
    public static string Filter(string field, string name) => $"{field}=\"{name}\"";

    /// <summary>Returns the value for a name of the ledger. Only names of companies can also be short for others.</summary>
    public static string ToExact(string field, string name) => field == "company" ? $"={name}" : name;

    public QueryRequest CreateRequest(PageState state)
    {
        var query = CreateNamedRequest(state);
        return IsAsNamed ? query.WithCompaniesAsStudios() : query;
    }

    private QueryRequest CreateNamedRequest(PageState state) => new()
    {
        By = [.. By.Select(name => Dimensions.Find(name, "--by"))],
        Measures = CineLedger.Reports.Queries.Measures.ParseAll(Measures),
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

    /// <summary>Returns the address of the same query in the API.</summary>
    /// <param name="state">The state of the page.</param>
    /// <param name="snapshot">The snapshot of the page, which its downloads use as well.</param>
    /// <param name="format"><c>csv</c>, <c>xlsx</c>, <c>parquet</c> …; null for JSON.</param>
    public string GetApiAddress(PageState state, int snapshot, string? format = null) => (state.WithoutYears with { Popularity = default, Snapshot = snapshot }).GetLink(
        "/api/v1/query",
        [
            ("by", string.Join(',', By)), ("measure", string.Join(',', Measures)), .. GetFilters(state).Select(filter => ("where", (string?)filter)),
            .. GetRowParameters(), ("format", format),
        ]);

    /// <summary>Returns the parameters that select and order rows, as opposed to dimensions, measures and filters.</summary>
    internal IEnumerable<(string Name, string? Value)> GetRowParameters() =>
    [
        ("order", string.Join(',', Order)), ("top", Top?.ToString(CultureInfo.InvariantCulture)), ("limit", Limit?.ToString(CultureInfo.InvariantCulture)),
        ("totals", HasTotals ? "true" : null), ("compare", ComparesPreviousYear ? "previous-year" : null), ("as-named", IsAsNamed ? "true" : null),
    ];

    private IEnumerable<string> GetFilters(PageState state) => UsesYearRange ? [.. state.YearFilters, .. Where] : Where;
}
