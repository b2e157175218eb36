namespace CineLedger.Web.Dashboard.Explore;

/// <summary>A question to begin with.</summary>
/// <param name="Title">As one would ask it.</param>
/// <param name="Query">The same for the ledger.</param>
/// <param name="Dollars">The year in whose dollars; null for those of the release.</param>
public sealed record ExampleQuery(string Title, PageQuery Query, int? Dollars = null)
{
    public static IReadOnlyList<ExampleQuery> All { get; } =
    [
        new("Which genres earned what in each decade, in dollars of 2017?", new() { By = ["decade", "genre"], Measures = ["revenue", "releases"] }, 2017),
        new("Which three companies earned the most each year?", new() { By = ["year", "company"], Measures = ["revenue", "releases"], Top = 3 }),
        new("In which month does a movie earn the most?", new() { By = ["month_of_year"], Measures = ["revenue:median", "revenue:avg", "releases"], Where = ["revenue is known"] }),
        new("Which collections are worth the most?", new() { By = ["collection"], Measures = ["revenue", "budget", "releases", "revenue:avg"], Order = ["revenue:desc"], Limit = 20 }),
        new("Which genres return the most on their budgets?", new() { By = ["genre"], Measures = ["roi", "matched_profit", "profit_known"], Where = ["year>=1990"], Order = ["roi:desc"], HasTotals = true }),
        new("Whose movies are rated best, of directors that many voted on?", new() { By = ["director"], Measures = ["weighted", "releases", "vote_count"], Where = ["vote_count>=1000"], Order = ["weighted:desc"], Limit = 25 }),
        new("Did movies get longer?", new() { By = ["year"], Measures = ["runtime:median", "runtime:avg"], Where = ["runtime>=40"] }),
        new("How did each quarter compare with the year before?", new() { By = ["quarter"], Measures = ["revenue", "releases"], Where = ["year>=2005"], ComparesPreviousYear = true }),
    ];

    public string GetLink(PageState state) => new ExploreAddress
    {
        // The span of the page that one comes from narrows it, where the question has none of its own.
        State = state with { From = null, To = null, Dollars = Dollars ?? state.Dollars },
        Dimensions = Query.By,
        Measures = Query.Measures,
        Filters = [.. Query.Where, .. Query.Where.Any(filter => FilterCondition.Read(filter) is { IsSpan: true }) ? [] : state.SpanFilters],
        OtherParameters = [.. Query.GetRowParameters().Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => (pair.Name, pair.Value!))],
    }.GetLink();
}
