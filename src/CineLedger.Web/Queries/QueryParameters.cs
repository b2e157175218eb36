using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;

namespace CineLedger.Web.Queries;

/// <summary>The parameters of a query, which match the options of <c>cineledger query</c>.</summary>
internal static class QueryParameters
{
    public static Parameter<IReadOnlyList<string>> By { get; } = Parameter.CreateList(QueryOption.By);
    public static Parameter<IReadOnlyList<string>> Measures { get; } = Parameter.CreateList(QueryOption.Measure);
    public static Parameter<string?> Pivot { get; } = Parameter.CreateText(QueryOption.Pivot);
    public static Parameter<int?> From { get; } = Parameter.CreateInteger(QueryOption.From);
    public static Parameter<int?> To { get; } = Parameter.CreateInteger(QueryOption.To);
    public static Parameter<IReadOnlyList<string>> Where { get; } = Parameter.CreateTexts(QueryOption.Where);
    public static Parameter<Aggregate> Aggregate { get; } = Parameter.CreateEnum<Aggregate>(QueryOption.Aggregate, ReportOptionNames.GetName);
    public static Parameter<Share> Share { get; } = Parameter.CreateEnum<Share>(QueryOption.Share, ReportOptionNames.GetName);
    public static Parameter<bool> AsNamed { get; } = Parameter.CreateFlag(QueryOption.AsNamed);
    public static Parameter<IReadOnlyList<string>> Order { get; } = Parameter.CreateList(QueryOption.Order);
    public static Parameter<int?> Top { get; } = Parameter.CreateInteger(QueryOption.Top);
    public static Parameter<bool> Totals { get; } = Parameter.CreateFlag(QueryOption.Totals) with
    {
        Description = $"{QueryOption.Totals.Meaning} The response then has no pages.",
    };

    public static Parameter<string?> Compare { get; } = Parameter.CreateEnum(QueryOption.Compare);
    public static Parameter<int?> CompareSnapshot { get; } = Parameter.CreateInteger(QueryOption.CompareSnapshot);
    public static Parameter<int?> MinMovies { get; } = Parameter.CreateInteger(QueryOption.MinMovies);
    public static Parameter<int?> Dollars { get; } = Parameter.CreateInteger(QueryOption.Dollars);
    public static Parameter<int?> WeightedVotes { get; } = Parameter.CreateInteger(QueryOption.WeightedVotes);
    public static Parameter<decimal?> WeightedMean { get; } = Parameter.CreateNumber(QueryOption.WeightedMean);

    public static ParameterSet All { get; } = new(
    [
        By, Measures, Pivot, From, To, Where, Aggregate, Share, AsNamed, Order, Top, Totals, Compare, CompareSnapshot, MinMovies, Dollars, WeightedVotes, WeightedMean,
        .. CommonParameters.ForPages,
    ]);
}
