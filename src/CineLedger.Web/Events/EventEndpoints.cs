using CineLedger.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Events;

/// <summary>The stream of events at <c>/api/v1/events</c>.</summary>
internal static class EventEndpoints
{
    private const string Example = """
        id: 2
        event: snapshot
        data: {"snapshot":2,"publishedAt":"2024-06-01T06:00:00Z","source":"the-movies-dataset.zip","synthetic":false,"movies":45440,"added":8,"changed":120,"removed":1}
        """;

    public static void MapEvents(this RouteGroupBuilder api) => api.MapGroup("").WithTags("Events")
        .MapOperation(HttpMethods.Get, "/events", new([EventStream.Since]), api.CreateHandlers<EventStream>().ListenAsync)
        .DisableRequestTimeout()
        .WithSummary("New snapshots as they are published, as server-sent events")
        .WithDescription("Sends an event `snapshot` for each new snapshot. Its `id` is the snapshot's number: send it as `Last-Event-ID` or `since` to miss nothing "
            + "between two connections. A comment is sent after every 15 seconds without an event. The stream ends when the server stops.")
        .WithMetadata(new ApiResponse(StatusCodes.Status200OK, "The stream.", Example) { MediaType = "text/event-stream" })
        .WithProblem(StatusCodes.Status400BadRequest, "`since` or `Last-Event-ID` is not a snapshot number.")
        .WithProblem(StatusCodes.Status503ServiceUnavailable, "The limit of event streams is reached, or the ledger cannot be read at the moment.");
}
