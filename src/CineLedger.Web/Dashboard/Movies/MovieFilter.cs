using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Queries;
using CineLedger.Web.Reports;

namespace CineLedger.Web.Dashboard.Movies;

/// <summary>The filters of the movie list.</summary>
public sealed record MovieFilter(IReadOnlyList<string> Companies, IReadOnlyList<string> Genres, IReadOnlyList<string> Where)
{
    public static MovieFilter Create(PageRequest request) =>
        new(request.Values.Get(ReportParameters.Companies), request.Values.Get(ReportParameters.Genres), request.Values.Get(QueryParameters.Where));

    public bool IsEmpty => Companies.Count + Genres.Count + Where.Count == 0;

    /// <summary>The filters of queries, in addition to the year range.</summary>
    public IReadOnlyList<string> Conditions =>
        [.. Companies.Select(name => PageQuery.Filter("company", name)), .. Genres.Select(name => PageQuery.Filter("genre", name)), .. Where];

    /// <summary>
    /// The query for the totals of these movies, as in reports. If the filter is one company, studio, genre …, or one of each, the query groups by that name, so that amounts
    /// are split among names as in reports. A genre among the conditions only selects movies.
    /// </summary>
    public PageQuery SumQuery => new()
    {
        By = [.. GetSelectedNames()],
        Measures = ["releases", "revenue", "budget", "matched_profit", "revenue_known", "budget_known", "profit_known"],
        Where = Conditions,
    };

    /// <summary>Returns the dimensions in which the conditions select one name.</summary>
    private IEnumerable<string> GetSelectedNames() => Conditions.SelectMany(FilterFields.Parse)
        .Where(filter => filter.Field.IsMultiValued && (filter.Field.Name != NameKind.Genre.Dimension || Genres.Count > 0))
        .GroupBy(filter => filter.Field.Name).Where(filters => filters.ToList() is [{ Operator: FilterOperator.Equal }]).Select(filters => filters.Key);

    public QueryRequest CreateRequest(PageState state) => MovieList.CreateQuery([.. state.YearFilters.Concat(Conditions).SelectMany(FilterFields.Parse)], state.Dollars);

    /// <summary>The filters as parameters of an address.</summary>
    public IEnumerable<(string Name, string? Value)> Pairs =>
    [
        .. Companies.Select(name => ("company", (string?)name)), .. Genres.Select(name => ("genre", (string?)name)), .. Where.Select(text => ("where", (string?)text)),
    ];
}
