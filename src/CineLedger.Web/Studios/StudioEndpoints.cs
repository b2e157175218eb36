using CineLedger.Loading.Studios;
using CineLedger.Reports.Studios;
using CineLedger.Web.Companies;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Studios;

/// <summary>The endpoints at <c>/api/v1/studios</c>: the studios, and the list that defines them.</summary>
internal static class StudioEndpoints
{
    private const string Line = "Disney,Pixar Animation Studios,2006-05-05,,https://example.com/pixar-2006";

    public static void MapStudios(this RouteGroupBuilder api)
    {
        var studios = api.MapGroup("").WithTags("Names");
        studios.MapTable("/studios", new([NameTable.Containing, NameTable.Order, .. CommonParameters.ForPages]), CreateNames)
            .WithSummary("Studios, with their number of companies and movies, first and last year, and revenue")
            .WithDescription("A studio is a group of companies with the years of ownership. Companies are those of the ledger that belong or belonged to the studio; a movie "
                + "counts once for the studios that owned its companies on its release date.")
            .WithExample("""[{"name":"Disney","companies":12,"movies":842,"firstYear":1937,"lastYear":2017,"revenue":58467821000}]""");
        studios.MapTable("/studios/list", new([.. CommonParameters.ForPages]), CreateLines)
            .WithSummary("The list that defines the studios: which company belonged to which studio, from when to when, with the source")
            .WithDescription("With `format=csv`, it is the file that `PUT /api/v1/studios/list` and `cineledger studios import` read.")
            .WithExample("""[{"studio":"Disney","company":"Pixar Animation Studios","from":"2006-05-05","to":null,"source":"https://example.com/pixar-2006"}]""");
        studios.MapOperation(HttpMethods.Put, "/studios/list", new(StudioHandlers.AllowUnknown, StudioHandlers.DryRun), api.CreateHandlers<StudioHandlers>().PutAsync)
            .RequireAuthorization(Policies.Administer)
            .WithSummary("Replaces the list of studios and publishes a snapshot with the same movies")
            .WithDescription($"The body is a CSV file with the columns `{string.Join(',', StudioFile.Columns)}`, of at most {StudioFile.MaxBytes >> 20} MB; only the header removes all studios. "
                + "A list with problems changes nothing, and `problems` has a sentence for each of them. A list that equals the ledger's publishes nothing. "
                + "Requires a key with the scope `admin`.")
            .WithBody("text/csv", "The list.", $"{string.Join(',', StudioFile.Columns)}\n{Line}\n")
            .WithResponse(
                StatusCodes.Status200OK,
                "The list is the ledger's, or would be. `snapshot` is the newest snapshot; `changed` says whether this request published it or would publish one.",
                """{"data":{"snapshot":8,"changed":true,"lines":412,"unsourced":3,"studios":31,"companies":377,"unknown":0}}""")
            .WithProblem(StatusCodes.Status400BadRequest, "The body is empty or not CSV.")
            .WithProblem(StatusCodes.Status403Forbidden, "The server is read-only.")
            .WithProblem(StatusCodes.Status409Conflict, "A load is running.")
            .WithProblem(StatusCodes.Status413PayloadTooLarge, "The list is too large.")
            .WithProblem(StatusCodes.Status415UnsupportedMediaType, "The body is not CSV.")
            .WithProblem(StatusCodes.Status422UnprocessableEntity, "The list has problems, which `problems` lists.")
            .WithProblem(StatusCodes.Status503ServiceUnavailable, "The ledger cannot be reached at the moment, or has no snapshot.");
    }

    private static TableQuery CreateNames(ParameterValues values)
    {
        var filter = NameTable.CreateFilter(values);
        return new()
        {
            Open = (connection, snapshot, range, cancellationToken) =>
                StudioList.OpenAsync(connection, filter with { Limit = range.Limit, Offset = range.Offset }, snapshot, cancellationToken),
        };
    }

    private static TableQuery CreateLines(ParameterValues values) => new()
    {
        Open = (connection, snapshot, range, cancellationToken) => StudioLineList.OpenAsync(connection, range.Limit, range.Offset, snapshot, cancellationToken),
    };
}
