using CineLedger.Charts;
using CineLedger.Reports;
using CineLedger.Reports.Queries;
using CineLedger.Web.Errors;
using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static CineLedger.Web.Queries.ChartParameters;

namespace CineLedger.Web.Queries;

/// <summary>Queries as images, drawn as <c>cineledger chart query</c> draws them.</summary>
internal static class ChartEndpoints
{
    public static void MapCharts(this RouteGroupBuilder api)
    {
        var charts = api.MapGroup("").WithTags("Queries");
        foreach (var (type, format) in new[] { (ResponseType.Svg, ImageFormat.Svg), (ResponseType.Png, ImageFormat.Png) })
        {
            charts.MapFile($"/chart.{type.Name}", All, values => CreateQuery(values, type, format))
                .WithSummary($"A query as a chart, in the format {type.Name.ToUpperInvariant()}")
                .WithDescription("Draws the first measure and the others with the same unit, with a title, the source, the snapshot and the coverage. Periods become the horizontal axis.")
                .WithMetadata(new ApiResponse(StatusCodes.Status200OK, "The image.", "") { MediaType = type.ContentType.Split(';')[0] });
        }
    }

    private static FileQuery CreateQuery(ParameterValues values, ResponseType type, ImageFormat format)
    {
        var query = QueryEndpoints.CreateRequest(values);
        var spec = Read(values);
        return new FileQuery(type, "chart", async (context, output, cancellationToken) =>
        {
            var resolved = await context.Resolve(query, cancellationToken);
            var filters = values.Get(QueryParameters.Where).Concat(YearSpan.FormatFilters(values.Get(QueryParameters.From), values.Get(QueryParameters.To)));
            var drawn = spec.ForQuery(resolved.Query, filters, resolved.Notes);
            var info = context.Info with { Coverage = await context.Coverage(resolved.Query, cancellationToken) };
            var years = resolved.Query.IsTimeBased ? await LedgerYears.ReadAsync(context.Connection, context.Snapshot, cancellationToken) : null;
            await using var result = await ReportRunner.OpenAsync(context.Connection, resolved.Query, context.Snapshot, cancellationToken);
            try
            {
                var data = await ChartReader.ReadAsync(resolved.Query, result.Rows, drawn, getDefaultKind: null, years, cancellationToken);
                ChartImage.Write(data, drawn, info, format, output);
            }
            catch (NothingToDrawException error)
            {
                throw Problems.NotFound(error.Message);
            }
        });
    }
}
