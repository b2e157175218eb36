using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;

namespace CineLedger.Web.Queries;

/// <summary>The parameters of a query: the options of <c>cineledger query</c>.</summary>
internal static class QueryParameters
{
    public static Parameter<IReadOnlyList<string>> By { get; } = Parameter.List(QueryOption.By);
    public static Parameter<IReadOnlyList<string>> Measures { get; } = Parameter.List(QueryOption.Measure);
    public static Parameter<IReadOnlyList<string>> Where { get; } = Parameter.Texts(QueryOption.Where);
    public static Parameter<Aggregate> Aggregate { get; } = Parameter.Word<Aggregate>(QueryOption.Aggregate, ReportWords.Of);
    public static Parameter<Share> Share { get; } = Parameter.Word<Share>(QueryOption.Share, ReportWords.Of);
    public static Parameter<IReadOnlyList<string>> Order { get; } = Parameter.List(QueryOption.Order);
    public static Parameter<int?> Top { get; } = Parameter.Whole(QueryOption.Top);
    public static Parameter<bool> Totals { get; } = Parameter.Flag(QueryOption.Totals) with { Description = $"{QueryOption.Totals.Meaning} Such an answer has no pages." };
    public static Parameter<string?> Compare { get; } = Parameter.Word(QueryOption.Compare);
    public static Parameter<int?> Dollars { get; } = Parameter.Whole(QueryOption.Dollars);
    public static Parameter<int?> WeightedVotes { get; } = Parameter.Whole(QueryOption.WeightedVotes);
    public static Parameter<decimal?> WeightedMean { get; } = Parameter.Number(QueryOption.WeightedMean);

    public static ParameterSet All { get; } = new(
        [By, Measures, Where, Aggregate, Share, Order, Top, Totals, Compare, Dollars, WeightedVotes, WeightedMean, .. CommonParameters.OfPages]);
}
