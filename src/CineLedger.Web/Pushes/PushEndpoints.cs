using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Pushes;

/// <summary><c>POST /api/v1/movies</c>.</summary>
internal static class PushEndpoints
{
    public static void MapPushes(this RouteGroupBuilder api) => api.MapGroup("").WithTags("Movies")
        .MapOperation(HttpMethods.Post, "/movies", api.CreateHandlers<PushHandler>().PostAsync)
        .RequireAuthorization(Policies.Administer)
        .WithSummary("Adds, changes and removes single movies")
        .WithDescription("""
            The body holds movies in the shape of TMDB's `/movie/{id}`, one JSON object a line. Each stands for the movie as a whole, so what it lacks is unknown;
            `{"id": 862, "deleted": true}` removes a movie. Every record is checked as one of a dataset is, and what is wrong with it becomes a finding.
            The answer comes when the movies are in a published snapshot; pushes of the same moments share one. With an `Idempotency-Key` a push counts once,
            and is answered alike, however often and to whichever node it is sent within a week. Needs an administrator's key.
            """)
        .WithMetadata(new ApiHeader(LedgerHeaders.IdempotencyKey, $"A name of the sender's for this push, of at most {PushHandler.LongestKey} letters, digits and `-_.:`.", "nightly-2024-06-01-part-7"))
        .WithBody(
            "application/x-ndjson",
            "Movies, one a line; it may be gzipped (`Content-Encoding: gzip`).",
            """
            {"id":862,"title":"Toy Story","release_date":"1995-10-30","budget":30000000,"revenue":373554033,"genres":[{"id":16,"name":"Animation"}],"production_companies":[{"id":3,"name":"Pixar Animation Studios"}]}
            {"id":863,"deleted":true}
            """)
        .WithResponse(
            StatusCodes.Status200OK,
            "They are in the ledger.",
            """{"data":{"id":"nightly-2024-06-01-part-7","snapshot":8,"publishedAt":"2024-06-01T06:00:02Z","published":true,"received":3,"added":0,"changed":1,"removed":1,"unchanged":0,"rejected":1,"findingCount":1,"findings":[{"line":3,"kind":"reject","rule":"invalid-json","movieId":null,"field":null,"value":"{\"id\":"}],"allFindings":"/api/v1/findings?snapshot=8&file=push%2Fnightly-2024-06-01-part-7"}}""")
        .WithProblem(StatusCodes.Status400BadRequest, "The body holds no movie, or the key cannot be one.")
        .WithProblem(StatusCodes.Status403Forbidden, "The server only reads.")
        .WithProblem(StatusCodes.Status413PayloadTooLarge, "The body, or a line of it, is too large.")
        .WithProblem(StatusCodes.Status415UnsupportedMediaType, "The body is no NDJSON.")
        .WithProblem(StatusCodes.Status422UnprocessableEntity, "The key came with another body before.")
        .WithProblem(StatusCodes.Status503ServiceUnavailable, "The ledger is being loaded, or too many pushes wait: nothing was taken, `Retry-After` says when to send it again.");
}
