using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;

namespace CineLedger.Web.Reports;

/// <summary>The parameters of a report: the options of <c>cineledger report</c>.</summary>
internal static class ReportParameters
{
    public static Parameter<int?> From { get; } = Parameter.Whole(QueryOption.From);
    public static Parameter<int?> To { get; } = Parameter.Whole(QueryOption.To);
    public static Parameter<IReadOnlyList<string>> Companies { get; } = Parameter.Texts(QueryOption.Company);
    public static Parameter<IReadOnlyList<string>> Genres { get; } = Parameter.Texts(QueryOption.Genre);
    public static Parameter<Aggregate> Aggregate { get; } = Parameter.Word<Aggregate>(QueryOption.Aggregate, ReportWords.Of);
    public static Parameter<Popularity> Popularity { get; } = Parameter.Word<Popularity>(QueryOption.Popularity, ReportWords.Of);
    public static Parameter<Share> Share { get; } = Parameter.Word<Share>(QueryOption.Share, ReportWords.Of);
    public static Parameter<string?> Order { get; } = Parameter.Text(QueryOption.ReportOrder);

    public static ParameterSet All { get; } = new([From, To, Companies, Genres, Aggregate, Popularity, Share, Order, .. CommonParameters.OfPages]);
}
