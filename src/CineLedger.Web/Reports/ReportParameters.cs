using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;

namespace CineLedger.Web.Reports;

/// <summary>The parameters of a report, which match the options of <c>cineledger report</c>.</summary>
internal static class ReportParameters
{
    public static Parameter<int?> From { get; } = Parameter.CreateInteger(QueryOption.From);
    public static Parameter<int?> To { get; } = Parameter.CreateInteger(QueryOption.To);
    public static Parameter<IReadOnlyList<string>> Companies { get; } = Parameter.CreateTexts(QueryOption.Company);
    public static Parameter<IReadOnlyList<string>> Studios { get; } = Parameter.CreateTexts(QueryOption.Studio);
    public static Parameter<IReadOnlyList<string>> Genres { get; } = Parameter.CreateTexts(QueryOption.Genre);
    public static Parameter<Aggregate> Aggregate { get; } = Parameter.CreateEnum<Aggregate>(QueryOption.Aggregate, ReportOptionNames.GetName);
    public static Parameter<Popularity> Popularity { get; } = Parameter.CreateEnum<Popularity>(QueryOption.Popularity, ReportOptionNames.GetName);
    public static Parameter<Share> Share { get; } = Parameter.CreateEnum<Share>(QueryOption.Share, ReportOptionNames.GetName);
    public static Parameter<bool> AsNamed { get; } = Parameter.CreateFlag(QueryOption.AsNamed);
    public static Parameter<int?> Dollars { get; } = Parameter.CreateInteger(QueryOption.Dollars);
    public static Parameter<int?> Top { get; } = Parameter.CreateInteger(QueryOption.Top);
    public static Parameter<string?> Order { get; } = Parameter.CreateText(QueryOption.ReportOrder);

    /// <summary>Gets the format of the workbook of all reports.</summary>
    public static Parameter<string?> WorkbookFormat { get; } = Parameter.CreateEnum("format", ["xlsx"], "The format of the response, which is always an Excel workbook.") with
    {
        AffectsShape = true,
        Default = "xlsx",
    };

    /// <summary>Gets the parameters of the workbook of all reports, whose columns differ from sheet to sheet.</summary>
    public static ParameterSet ForWorkbook { get; } = new(
        [From, To, Companies, Studios, Genres, Aggregate, Popularity, Share, AsNamed, Dollars, Top, CommonParameters.Snapshot, CommonParameters.Seen, WorkbookFormat]);

    public static ParameterSet All { get; } = new(
        [From, To, Companies, Studios, Genres, Aggregate, Popularity, Share, AsNamed, Dollars, Order, Top, .. CommonParameters.ForPages]);
}
