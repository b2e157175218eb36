namespace CineLedger.Web.Dashboard.Explore;

/// <summary>An example query on the empty Explore page.</summary>
/// <param name="Title">The query as a question.</param>
/// <param name="Query">The query.</param>
/// <param name="Dollars">The year whose dollars are used; null for the dollars of the release year.</param>
public sealed record ExampleQuery(string Title, PageQuery Query, int? Dollars = null)
{
    public static IReadOnlyList<ExampleQuery> All { get; } =
    [
        new("How much did each genre earn per decade, in 2017 dollars?", new() { By = ["decade", "genre"], Measures = ["revenue", "releases"] }, 2017),
        new("Which three companies earned the most each year?", new() { By = ["year", "company"], Measures = ["revenue", "releases"], Top = 3 }),
        new(
            "In which month do movies earn the most?",
            new() { By = ["month_of_year"], Measures = ["revenue:median", "revenue:avg", "releases"], Where = ["revenue is known"] }),
        new(
            "Which collections earned the most?",
            new() { By = ["collection"], Measures = ["revenue", "budget", "releases", "revenue:avg"], Order = ["revenue:desc"], Limit = 20 }),
        new(
            "Which genres have the best return on investment?",
            new() { By = ["genre"], Measures = ["roi", "matched_profit", "profit_known"], Where = ["year>=1990"], Order = ["roi:desc"], HasTotals = true }),
        new(
            "Which directors have the best-rated movies with at least 1,000 votes?",
            new() { By = ["director"], Measures = ["weighted", "releases", "vote_count"], Where = ["vote_count>=1000"], Order = ["weighted:desc"], Limit = 25 }),
        new(
            "Which genre grew fastest in the 2000s?",
            new() { By = ["genre"], Measures = ["cagr(revenue)", "slope(revenue)", "revenue_known"], Where = ["year=2000..2009"], Order = ["revenue_cagr:desc"] }),
        new("Are movies getting longer?", new() { By = ["year"], Measures = ["runtime:median", "runtime:avg"], Where = ["runtime>=40"] }),
        new(
            "How did each quarter compare with the previous year?",
            new() { By = ["quarter"], Measures = ["revenue", "releases"], Where = ["year>=2005"], ComparesPreviousYear = true }),
    ];

    public string GetLink(PageState state) => ExploreAddress.Create(Query, state with { Dollars = Dollars ?? state.Dollars }).GetLink();
}
