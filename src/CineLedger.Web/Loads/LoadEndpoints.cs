using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Loads;

/// <summary><c>/api/v1/loads</c>.</summary>
internal static class LoadEndpoints
{
    private const string Example =
        """{"id":"0190163d8694739b8a1f2f6fd7a1c5b0","source":"https://example.com/the-movies-dataset.zip","state":"running","requestedAt":"2024-06-01T05:59:57Z","startedAt":"2024-06-01T05:59:57Z","endedAt":null,"progress":{"stage":"loading","file":"movies_metadata.csv","records":20480,"bytes":15500000,"totalBytes":34445126},"snapshot":null,"summary":null,"error":null,"trigger":"request","node":"movies-1:4242","dueAt":null,"attempt":1,"seconds":null}""";

    private const string States = "`state` is `queued` or `running`; then `published`, `unchanged` (nothing new in the source), `gated` (a quality gate kept it unpublished), `busy` (something else loaded "
        + "the ledger), `failed`, `cancelled` (whoever ran it ended) or `lost` (its process died). `trigger` says what began it: a `command`, a `request` or a `schedule`; both are null where its snapshot "
        + "alone tells of it.";

    public static void MapLoads(this RouteGroupBuilder api)
    {
        var loads = api.MapGroup("").WithTags("Loads");
        var handlers = api.CreateHandlers<LoadHandlers>();
        loads.MapOperation(HttpMethods.Post, "/loads", handlers.PostAsync)
            .RequireAuthorization(Policies.Administer)
            .WithSummary("Begins to load a dataset")
            .WithDescription("The answer comes at once; `Location` tells how the load goes on. One load at a time: while one runs here the answer is 409. Needs an administrator's key.")
            .WithJsonBody(
                new("source", "string", "An http(s) address on the public internet, or a path below the folder of `serve --load-from`.", IsRequired: true, "https://example.com/the-movies-dataset.zip"),
                new("merge", "boolean", "Adds and changes movies, and leaves those that the source lacks."),
                new("years", "string", "With merge: takes movies released in these years alone: 2016, 2010-2016 or 2010,2012-2014."),
                new("only", "array", "Read these parts alone: movies, ratings, credits, keywords."),
                new("skip", "array", "Leave these parts out."),
                new("allowShrink", "boolean", "Lets more than a fifth of the movies go."),
                new("maxRejects", "number", "The largest share of rejected records that may be published, 0 to 1. Default 0.01."))
            .WithResponse(StatusCodes.Status202Accepted, "It has been taken.", $$"""{"data":{{Example}}}""")
            .WithProblem(StatusCodes.Status400BadRequest, "The body cannot be read, or names a source that may not be named here.")
            .WithProblem(StatusCodes.Status403Forbidden, "The server only reads.")
            .WithProblem(StatusCodes.Status409Conflict, "A load runs already.")
            .WithProblem(StatusCodes.Status415UnsupportedMediaType, "The body is not JSON.");
        loads.MapOperation(HttpMethods.Get, "/loads", new([LoadHandlers.Outcome, LoadHandlers.Trigger, LoadHandlers.Limit, CommonParameters.Cursor]), handlers.ListAsync)
            .WithSummary("Loads, the newest first, whatever began them and whatever became of them")
            .WithDescription("The ledger keeps the last 1000 of each trigger; of older ones its snapshots tell. " + States)
            .WithResponse(
                StatusCodes.Status200OK, "The loads, and in `meta.next` the cursor of those before, null where there are none.", $$$"""{"data":[{{{Example}}}],"meta":{"next":null}}""")
            .WithProblem(StatusCodes.Status400BadRequest, "A parameter is unknown or has a value that it cannot have.")
            .WithProblem(StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at the moment.");
        loads.MapOperation(HttpMethods.Get, "/loads/{id}", new([LoadHandlers.Id]), handlers.OneAsync)
            .WithSummary("One load: how far it is, what it published, or why it did not")
            .WithDescription(States)
            .WithResponse(StatusCodes.Status200OK, "The load.", $$"""{"data":{{Example}}}""")
            .WithProblem(StatusCodes.Status404NotFound, "There is no such load, or it is not kept any more.")
            .WithProblem(StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at the moment.");
    }
}
