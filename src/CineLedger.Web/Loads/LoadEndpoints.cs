using CineLedger.Model;
using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Loads;

/// <summary>The endpoints at <c>/api/v1/loads</c>.</summary>
internal static class LoadEndpoints
{
    private const string Example =
        """{"id":"0190163d8694739b8a1f2f6fd7a1c5b0","source":"https://example.com/the-movies-dataset.zip","state":"running","requestedAt":"2024-06-01T05:59:57Z","startedAt":"2024-06-01T05:59:57Z","endedAt":null,"progress":{"stage":"loading","file":"movies_metadata.csv","records":20480,"bytes":15500000,"totalBytes":34445126},"snapshot":null,"summary":null,"error":null,"violations":[],"trigger":"request","node":"movies-1:4242","dueAt":null,"attempt":1,"seconds":null}""";

    private const string States =
        "`state` is `queued` or `running`; then `published`, `unchanged` (nothing new in the source), `gated` (a quality gate stopped it), `busy` (another load "
        + "was running), `failed`, `cancelled` (its process was stopped, or a caller canceled it) or `lost` (its process died). A dry run ends as `checked`, with the result in `dryRun`. `trigger` is what started the load: a `command`, a `request` or a "
        + "`schedule`, or a `push` or a `stream` in which a quality gate fired; `trigger` and `node` are null when only the snapshot of the load is known. `violations` lists what the quality gates found, with "
        + "`acceptedBy` if they were accepted. Only keys with the scope `load` or `admin`, and callers on the server's own machine, see `error`, `node`, the messages of violations, and the folder or host of a source.";

    public static void MapLoads(this RouteGroupBuilder api)
    {
        var loads = api.MapGroup("").WithTags("Loads");
        var handlers = api.CreateHandlers<LoadHandlers>();
        loads.MapOperation(HttpMethods.Post, "/loads", handlers.PostAsync)
            .RequireAuthorization(Policies.Load)
            .WithSummary("Starts a load of a dataset")
            .WithDescription("Returns at once; `Location` is the address of the load and its progress. While a load runs on this server, another one is rejected with 409. "
                + "Requires a key with the scope `load`.")
            .WithJsonBody(
                new(
                    "source",
                    "string",
                    "An http(s) address on the public internet, or a path below the folder of `serve --load-from`. Either this or `upload` is required.",
                    Example: "https://example.com/the-movies-dataset.zip"),
                new("upload", "string", "The ID of a file that was uploaded to this server with `POST /api/v1/uploads`."),
                new("dryRun", "boolean", "Reports what the load would do, without writing or recording anything. The result is in the load's `dryRun`."),
                new("merge", "boolean", "Adds and changes movies, and keeps movies that are missing from the source."),
                new("years", "string", "With merge: loads only movies released in these years: 2016, 2010-2016 or 2010,2012-2014."),
                new("only", "array", "Loads only these parts: movies, ratings, credits, keywords."),
                new("skip", "array", "Skips these parts."),
                new("allowShrink", "boolean", "Short for accepting the gate shrink: publishes even if many of the ledger's movies are missing."),
                new("accept", "array", $"Publishes even if these quality gates fire: {string.Join(", ", QualityGates.AllNames)}."),
                new("maxRejects", "number", "Publishes if at most this share of the records of each file, 0 to 1, is rejected. Default: 0.01, or 0.0005 for movies."))
            .WithResponse(StatusCodes.Status202Accepted, "The load is queued.", $$"""{"data":{{Example}}}""")
            .WithProblem(StatusCodes.Status400BadRequest, "The body is invalid, or its source is not allowed.")
            .WithProblem(StatusCodes.Status403Forbidden, "The server is read-only.")
            .WithProblem(StatusCodes.Status404NotFound, "The upload does not exist on this server or is no longer kept.")
            .WithProblem(StatusCodes.Status409Conflict, "Another load is running.")
            .WithProblem(StatusCodes.Status415UnsupportedMediaType, "The body is not JSON.");
        loads.MapOperation(HttpMethods.Get, "/loads", new([LoadHandlers.Outcome, LoadHandlers.Trigger, LoadHandlers.Limit, CommonParameters.Cursor]), handlers.ListAsync)
            .WithSummary("All loads, the newest first")
            .WithDescription("The ledger keeps the last 1000 loads of each trigger; older ones are derived from their snapshots. " + States)
            .WithResponse(
                StatusCodes.Status200OK, "The loads. `meta.next` is the cursor of older ones, or null.", $$$"""{"data":[{{{Example}}}],"meta":{"next":null}}""")
            .WithProblem(StatusCodes.Status400BadRequest, "A parameter is unknown or has an invalid value.")
            .WithProblem(StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at the moment.");
        loads.MapOperation(HttpMethods.Get, "/loads/{id}", new([LoadHandlers.Id]), handlers.GetAsync)
            .WithSummary("One load: its progress, and what it published or why it failed")
            .WithDescription(States)
            .WithResponse(StatusCodes.Status200OK, "The load.", $$"""{"data":{{Example}}}""")
            .WithProblem(StatusCodes.Status404NotFound, "The load does not exist or is no longer kept.")
            .WithProblem(StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at the moment.");
        loads.MapOperation(HttpMethods.Delete, "/loads/{id}", new([LoadHandlers.Id]), handlers.DeleteAsync)
            .RequireAuthorization(Policies.Load)
            .WithSummary("Cancels a load of this server that is queued or running")
            .WithDescription("Returns at once. A load can be canceled at any stage: it ends soon after, publishes nothing, and is recorded as `cancelled` with the name of the "
                + "caller's key. If it was just being published, it ends as `published`. A schedule does not retry it before its next time. Requires a key with the scope `load`.")
            .WithResponse(StatusCodes.Status202Accepted, "The load is being canceled.", $$"""{"data":{{Example}}}""")
            .WithProblem(StatusCodes.Status403Forbidden, "The server is read-only.")
            .WithProblem(StatusCodes.Status404NotFound, "The load does not exist or is no longer kept.")
            .WithProblem(StatusCodes.Status409Conflict, "The load has ended, or another process runs it.")
            .WithProblem(StatusCodes.Status503ServiceUnavailable, "The ledger cannot be read at the moment.");
    }
}
