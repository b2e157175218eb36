using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard;

/// <summary>The years of the ledger, from the first to the last without a gap: how many films, and of how many the revenue is known.</summary>
/// <param name="Years">In their order; a year without films has none.</param>
public sealed record Spine(IReadOnlyList<SpineYear> Years)
{
    private static readonly PageQuery Question = new() { By = ["year"], Measures = ["releases", "revenue_known"], InSpan = false };

    /// <summary>All dated films.</summary>
    public static QueryRequest Query { get; } = Question.Request(new());

    public int First => Years.Count > 0 ? Years[0].Year : 0;

    public int Last => Years.Count > 0 ? Years[^1].Year : 0;

    public static async Task<Spine> ReadAsync(PageLedger ledger, CancellationToken cancellationToken)
    {
        var films = (await ledger.QueryAsync(Query, cancellationToken)).Rows
            .ToDictionary(row => (int)row.Whole("year"), row => (Releases: row.Whole("releases"), Known: row.Whole("revenue_known")));
        return films.Count == 0
            ? new Spine([])
            : new Spine([.. Enumerable.Range(films.Keys.Min(), films.Keys.Max() - films.Keys.Min() + 1)
                .Select(year => films.TryGetValue(year, out var of) ? new SpineYear(year, of.Releases, of.Known) : new SpineYear(year, 0, 0))]);
    }
}

/// <param name="Releases">Films of the year.</param>
/// <param name="Known">Of them, those with a known revenue.</param>
public sealed record SpineYear(int Year, long Releases, long Known);
