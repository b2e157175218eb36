using CineLedger.Reports.Queries;

namespace CineLedger.Web.Dashboard;

/// <summary>All years of the ledger from the first to the last, with their numbers of movies and of known revenues.</summary>
/// <param name="Years">The years in order, including those without movies.</param>
public sealed record YearTimeline(IReadOnlyList<TimelineYear> Years)
{
    private static readonly PageQuery YearQuery = new() { By = ["year"], Measures = ["releases", "revenue_known"], UsesYearRange = false };

    /// <summary>The query over all dated movies.</summary>
    public static QueryRequest Query { get; } = YearQuery.CreateRequest(new());

    public int First => Years.Count > 0 ? Years[0].Year : 0;

    public int Last => Years.Count > 0 ? Years[^1].Year : 0;

    public static async Task<YearTimeline> ReadAsync(PageLedger ledger, CancellationToken cancellationToken)
    {
        var movies = (await ledger.QueryAsync(Query, cancellationToken)).Rows
            .ToDictionary(row => (int)row.GetInteger("year"), row => (Releases: row.GetInteger("releases"), Known: row.GetInteger("revenue_known")));
        return movies.Count == 0
            ? new YearTimeline([])
            : new YearTimeline([.. Enumerable.Range(movies.Keys.Min(), movies.Keys.Max() - movies.Keys.Min() + 1)
                .Select(year => movies.TryGetValue(year, out var of) ? new TimelineYear(year, of.Releases, of.Known) : new TimelineYear(year, 0, 0))]);
    }
}

/// <param name="Releases">The movies released in the year.</param>
/// <param name="KnownRevenues">The movies of the year with a known revenue.</param>
public sealed record TimelineYear(int Year, long Releases, long KnownRevenues);
