using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Pushes;

/// <summary>The endpoint <c>POST /api/v1/movies</c>.</summary>
internal static class PushEndpoints
{
    public static void MapPushes(this RouteGroupBuilder api) => api.MapGroup("").WithTags("Movies")
        .MapOperation(HttpMethods.Post, "/movies", new(PushHandler.Accept), api.CreateHandlers<PushHandler>().PostAsync)
        .RequireAuthorization(Policies.Push)
        .WithSummary("Adds, changes and removes single movies")
        .WithDescription("""
            The body contains movies in the form of TMDB's `/movie/{id}`, one JSON object per line. Each object replaces the whole movie, so missing fields become
            unknown; `{"id": 862, "deleted": true}` removes a movie. Records are cleaned like those of a dataset, and problems become findings.
            The response is sent when the movies are in a published snapshot; pushes received within a short time share one. A push with an `Idempotency-Key` is
            written once and gets the same response, however often and to whichever node it is sent within a week. A push of twenty records or more that a quality
            gate stops publishes nothing; `accept` publishes it anyway. Requires a key with the scope `push`.
            """)
        .WithMetadata(new ApiHeader(
            LedgerHeaders.IdempotencyKey,
            $"A key that the sender chooses for this push, of at most {PushHandler.MaxKeyLength} letters, digits and `-_.:`.",
            "nightly-2024-06-01-part-7"))
        .WithBody(
            "application/x-ndjson",
            "Movies, one per line, optionally gzipped (`Content-Encoding: gzip`).",
            """
            {"id":862,"title":"Toy Story","release_date":"1995-10-30","budget":30000000,"revenue":373554033,"genres":[{"id":16,"name":"Animation"}],"production_companies":[{"id":3,"name":"Pixar Animation Studios"}]}
            {"id":863,"deleted":true}
            """)
        .WithResponse(
            StatusCodes.Status200OK,
            "The movies are in the ledger.",
            """{"data":{"id":"nightly-2024-06-01-part-7","snapshot":8,"publishedAt":"2024-06-01T06:00:02Z","published":true,"received":3,"added":0,"changed":1,"removed":1,"unchanged":0,"rejected":1,"findingCount":1,"findings":[{"line":3,"kind":"reject","rule":"invalid-json","movieId":null,"field":null,"value":"{\"id\":"}],"allFindings":"/api/v1/findings?snapshot=8&file=push%2Fnightly-2024-06-01-part-7"}}""")
        .WithProblem(StatusCodes.Status400BadRequest, "The body contains no movie, or the key is invalid.")
        .WithProblem(StatusCodes.Status403Forbidden, "The server is read-only.")
        .WithProblem(StatusCodes.Status413PayloadTooLarge, "The body or one of its lines is too large.")
        .WithProblem(StatusCodes.Status415UnsupportedMediaType, "The body is not NDJSON.")
        .WithProblem(StatusCodes.Status422UnprocessableEntity, "A quality gate stopped the push, which `violations` explains, or the key was already used with another body.")
        .WithProblem(
            StatusCodes.Status503ServiceUnavailable,
            "The ledger is being loaded, or too many pushes are waiting. Nothing was written; send the push again after `Retry-After`.");
}
