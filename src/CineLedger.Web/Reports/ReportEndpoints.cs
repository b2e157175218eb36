using CineLedger.Export;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Reports;

/// <summary>The yearly reports.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this RouteGroupBuilder api)
    {
        var reports = api.MapGroup("").WithTags("Reports");
        reports.MapDocument("/reports", new(CommonParameters.ForDocuments), ReportJson.Default.IReadOnlyListReportLink, (_, _, _, _) => Task.FromResult(ListReports()))
            .WithSummary("The available reports")
            .WithExample(
                """[{"name":"companies","path":"/api/v1/reports/companies","summary":"What each production company spent, earned and released, year by year","columns":["year","company","releases"]}]""");
        foreach (var report in ReportDefinition.All)
        {
            reports.MapTable($"/reports/{report.Name}", ReportParameters.All, values => CreateQuery(CreateRequest(report, values)))
                .WithSummary(report.Summary)
                .WithDescription("Unknown amounts are null, never 0; the columns that end in Known count the movies whose amount is known. "
                    + "Undated movies are excluded and counted in `meta.coverage`.")
                .WithExample(report.Example);
        }

        reports.MapFile("/reports/all", ReportParameters.ForWorkbook, CreateWorkbook)
            .WithSummary("All reports as an Excel workbook")
            .WithDescription("A sheet for each report, with headings in words and amounts in dollars, and a last sheet with the source, the coverage, the options and the definition of each column.")
            .WithMetadata(new ApiResponse(StatusCodes.Status200OK, "The workbook.", "") { MediaType = OutputFormatInfo.Get(OutputFormat.Xlsx).MediaType! });
    }

    private static FileQuery CreateWorkbook(ParameterValues values)
    {
        var request = ReadRequest(ReportDefinition.Companies, values);
        return new FileQuery(ResponseType.Get(OutputFormat.Xlsx), "reports", async (context, output, cancellationToken) => await ReportWorkbook.WriteAsync(
            context.Connection,
            request,
            await ReportWorkbook.CreateQueriesAsync(request, context.Resolve, cancellationToken),
            context.Snapshot,
            output,
            cancellationToken));
    }

    private static IReadOnlyList<ReportLink> ListReports() => [.. ReportDefinition.All.Select(report => new ReportLink(
        report.Name,
        $"/api/v1/reports/{report.Name}",
        report.Summary,
        [.. ReportSql.GetColumns(new ReportRequest { Report = report }).Select(column => JsonMeta.ToCamelCase(column.Name))]))];

    private static QueryRequest CreateRequest(ReportDefinition report, ParameterValues values)
    {
        var order = values.Get(ReportParameters.Order) is { } text ? QueryOrder.Parse(text) : null;
        var query = ReportSql.CreateQuery(ReadRequest(report, values) with { Order = order?.Column, IsDescending = order is { IsDescending: true } });
        QueryChecks.Check(query);
        return query;
    }

    /// <summary>Reads the parameters that all reports have.</summary>
    private static ReportRequest ReadRequest(ReportDefinition report, ParameterValues values) => new()
    {
        Report = report,
        From = values.Get(ReportParameters.From),
        To = values.Get(ReportParameters.To),
        Companies = values.Get(ReportParameters.Companies),
        Studios = values.Get(ReportParameters.Studios),
        Genres = values.Get(ReportParameters.Genres),
        Aggregate = values.Get(ReportParameters.Aggregate),
        Popularity = values.Get(ReportParameters.Popularity),
        Share = values.Get(ReportParameters.Share),
        IsAsNamed = values.Get(ReportParameters.AsNamed),
        Dollars = values.Get(ReportParameters.Dollars),
        Top = values.Get(ReportParameters.Top),
    };

    private static TableQuery CreateQuery(QueryRequest query) => new()
    {
        Query = query,
        OpenQuery = (connection, resolved, snapshot, range, cancellationToken) => ReportRunner.OpenAsync(
            connection, resolved with { Limit = range.Limit, Offset = range.Offset }, snapshot, cancellationToken),
    };
}

/// <summary>An available report.</summary>
internal sealed record ReportLink(string Name, string Path, string Summary, IReadOnlyList<string> Columns);
