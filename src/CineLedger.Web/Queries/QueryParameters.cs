using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;

namespace CineLedger.Web.Queries;

/// <summary>The parameters of a query: the options of <c>cineledger query</c>.</summary>
internal static class QueryParameters
{
    public static Parameter<IReadOnlyList<string>> By { get; } = Parameter.List("by", "Group by these dimensions, with commas.") with { Example = "year,genre" };
    public static Parameter<IReadOnlyList<string>> Measures { get; } = Parameter.List(
        "measure", "These measures, with commas; with :sum, :avg, :median, :min or :max where not the usual.")
        with
    { IsRequired = true, Example = "releases,revenue" };

    public static Parameter<IReadOnlyList<string>> Where { get; } = Parameter.Texts(
        "where",
        "Only films that fulfil this; all that are given hold. `FIELD=VALUE`, `FIELD=A..B`, `FIELD>=VALUE` (also != > < <=), `FIELD is known`, `FIELD is unknown`. Several = on one field are any of them.")
        with
    { Example = "budget>=100M" };

    public static Parameter<Aggregate> Aggregate { get; } = Parameter.Word<Aggregate>("aggregate", ReportWords.Of, "What is made of amounts.");
    public static Parameter<Share> Share { get; } =
        Parameter.Word<Share>("share", ReportWords.Of, "A film's amount: full to each of its several names, or split into equal parts.");
    public static Parameter<IReadOnlyList<string>> Order { get; } = Parameter.List("order", "Order by these columns, with commas; with :desc the largest first.") with { Example = "revenue:desc" };
    public static Parameter<int?> Top { get; } = Parameter.Whole(
        "top", "The N largest by the first measure, or by `order`, within the dimensions before the last.", least: 1)
        with
    { Example = "3" };

    public static Parameter<bool> Totals { get; } = Parameter.Flag("totals", "Adds a last row of all films, each once. Such an answer has no pages.");
    public static Parameter<string?> Compare { get; } = Parameter.Word(
        "compare", ["previous-year"], "previous-year: beside each row the same names a year before, the change, and the change in percent.");
    public static Parameter<int?> Dollars { get; } = Parameter.Whole(
        "dollars", "Amounts in dollars of this year, by the US CPI-U.", ConsumerPrices.FirstYear, ConsumerPrices.LastYear)
        with
    { Example = "2017" };

    public static Parameter<int?> WeightedVotes { get; } = Parameter.Whole(
        "weighted-votes", "The m of the weighted rating: votes before a film's own mean counts for more than everybody's.", least: 1)
        with
    { Default = "434" };

    public static Parameter<decimal?> WeightedMean { get; } = Parameter.Number("weighted-mean", "The C of the weighted rating; default: the mean vote of all films.", 0, 10) with { Example = "6.1" };

    public static ParameterSet All { get; } = new(
        [By, Measures, Where, Aggregate, Share, Order, Top, Totals, Compare, Dollars, WeightedVotes, WeightedMean, .. CommonParameters.OfPages]);
}
