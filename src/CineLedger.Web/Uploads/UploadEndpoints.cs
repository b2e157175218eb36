using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CineLedger.Web.Uploads;

/// <summary>The endpoints at <c>/api/v1/uploads</c>.</summary>
internal static class UploadEndpoints
{
    private const string Example =
        """{"data":{"id":"5f0c9a3e8d7b4c2190ab5cd1e2f34567","name":"movies_metadata.csv","bytes":34445126,"uploadedAt":"2024-06-01T05:59:57Z","expiresAt":"2024-06-01T06:59:57Z"}}""";

    public static void MapUploads(this RouteGroupBuilder api)
    {
        var uploads = api.MapGroup("").WithTags("Loads").RequireAuthorization(Policies.Load);
        var handlers = api.CreateHandlers<UploadHandlers>();
        uploads.MapOperation(HttpMethods.Post, "/uploads", new(UploadHandlers.Name), handlers.PostAsync)
            .WithMetadata(CreateTimeout(api))
            .WithSummary("Uploads a file to check or load")
            .WithDescription("The body is the file: a CSV, JSON lines, zip or gzip file, of at most the server's `--max-source-bytes`. "
                + "To load the file, send its ID as `upload` to `POST /api/v1/loads`, with `dryRun` to see first what the load would do. "
                + "Only this server has the file. It deletes the file after the load, after an hour, when it stops, and when four newer files have arrived. "
                + "Requires a key with the scope `load`.")
            .WithBody("application/octet-stream", "The file.", "id,title,budget,revenue,release_date,genres,production_companies\n")
            .WithResponse(StatusCodes.Status201Created, "The file is stored.", Example)
            .WithProblem(StatusCodes.Status400BadRequest, "The file is not part of a dataset, or the name is invalid.")
            .WithProblem(StatusCodes.Status403Forbidden, "The server is read-only.")
            .WithProblem(StatusCodes.Status413PayloadTooLarge, "The file is larger than `--max-source-bytes`.")
            .WithProblem(StatusCodes.Status415UnsupportedMediaType, "The media type is not that of a file, or the body has a `Content-Encoding`.")
            .WithProblem(StatusCodes.Status422UnprocessableEntity, "The file is of another kind, such as TMDB's daily ID export.")
            .WithProblem(StatusCodes.Status503ServiceUnavailable, "Too many files are arriving, or there is no space for the file.");
        uploads.MapOperation(HttpMethods.Get, "/uploads/{id}", new(UploadHandlers.Id), handlers.GetAsync)
            .WithSummary("One uploaded file")
            .WithDescription("Requires a key with the scope `load`.")
            .WithResponse(StatusCodes.Status200OK, "The upload.", Example)
            .WithProblem(StatusCodes.Status404NotFound, "The upload does not exist on this server or is no longer kept.");
        uploads.MapOperation(HttpMethods.Delete, "/uploads/{id}", new(UploadHandlers.Id), handlers.DeleteAsync)
            .WithSummary("Deletes an upload")
            .WithDescription("Requires a key with the scope `load`.")
            .WithResponse(StatusCodes.Status204NoContent, "The upload is deleted.")
            .WithProblem(StatusCodes.Status403Forbidden, "The server is read-only.")
            .WithProblem(StatusCodes.Status404NotFound, "The upload does not exist on this server or is no longer kept.")
            .WithProblem(StatusCodes.Status409Conflict, "A load is reading the upload.");
    }

    /// <summary>Creates the time limit of an endpoint that receives a file, which is the limit for fetching a source.</summary>
    public static RequestTimeoutPolicy CreateTimeout(IEndpointRouteBuilder endpoints) => new()
    {
        Timeout = endpoints.ServiceProvider.GetRequiredService<WebOptions>().Sources.FetchTimeout,
        TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
    };
}
