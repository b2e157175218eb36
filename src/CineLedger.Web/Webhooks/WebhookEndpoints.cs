using CineLedger.Web.Http;
using CineLedger.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CineLedger.Web.Webhooks;

/// <summary><c>/api/v1/webhooks</c>. For administrators: an address may hold a token.</summary>
internal static class WebhookEndpoints
{
    private const string Example = "\"id\":\"0190163d8694739b8a1f2f6fd7a1c5b0\",\"url\":\"https://example.com/hooks/movies\",\"createdAt\":\"2024-06-01T06:00:00Z\",\"events\":[\"snapshot.published\"]";

    private const string UnavailableText = "The ledger cannot be reached at the moment.";
    private const string NotFoundText = "There is no such webhook.";
    private const string ReadOnlyText = "The server only reads.";

    public static void MapWebhooks(this RouteGroupBuilder api)
    {
        var handlers = api.CreateHandlers<WebhookHandlers>();
        var webhooks = api.MapGroup("").RequireAuthorization(Policies.Administer).WithTags("Webhooks");
        webhooks.MapOperation(HttpMethods.Post, "/webhooks", handlers.PostAsync)
            .WithSummary("Registers an address that is told of each new snapshot, of loads that fail, or of both")
            .WithDescription("Messages are signed as Standard Webhooks has it, and tried again for a day; docs/freshness.md shows how to check them. The secret is shown in this answer alone. "
                + "Needs an administrator's key, as all of `/webhooks` does.")
            .WithJsonBody(
                new("url", "string", "An http(s) address on the public internet, to which messages are posted.", IsRequired: true, "https://example.com/hooks/movies"),
                new("secret", "string", "`whsec_` and 24 to 64 bytes in base 64. One is made where it is left out."),
                new("events", "array", "What it is told of: snapshot.published, load.failed, load.gated. Default: snapshot.published alone."))
            .WithResponse(StatusCodes.Status201Created, "It is told of what happens from now on.", $$$"""{"data":{{{{Example}}},"secret":"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"}}""")
            .WithProblem(StatusCodes.Status400BadRequest, "The body cannot be read, or the address is none that may be told.")
            .WithProblem(StatusCodes.Status403Forbidden, ReadOnlyText)
            .WithProblem(StatusCodes.Status409Conflict, "There are as many webhooks as may be.")
            .WithProblem(StatusCodes.Status415UnsupportedMediaType, "The body is not JSON.")
            .WithProblem(StatusCodes.Status503ServiceUnavailable, UnavailableText);
        webhooks.MapOperation(HttpMethods.Get, "/webhooks", handlers.ListAsync)
            .WithSummary("All webhooks, the oldest first")
            .WithResponse(StatusCodes.Status200OK, "The webhooks, without their secrets.", $$$"""{"data":[{{{{Example}}}}]}""")
            .WithProblem(StatusCodes.Status503ServiceUnavailable, UnavailableText);
        webhooks.MapOperation(HttpMethods.Get, "/webhooks/{id}", new([WebhookHandlers.Id]), handlers.OneAsync)
            .WithSummary("One webhook with its last deliveries: what arrived, what is tried again and when, what was given up")
            .WithResponse(StatusCodes.Status200OK, "The webhook.", $$$"""{"data":{{{{Example}}},"deliveries":[{"snapshot":7,"state":"pending","tries":2,"queuedAt":"2024-06-01T06:00:00Z","nextTryAt":"2024-06-01T06:00:16Z","endedAt":null,"status":503,"error":"the receiver answers 503","load":null}]}}""")
            .WithProblem(StatusCodes.Status404NotFound, NotFoundText)
            .WithProblem(StatusCodes.Status503ServiceUnavailable, UnavailableText);
        webhooks.MapOperation(HttpMethods.Delete, "/webhooks/{id}", new([WebhookHandlers.Id]), handlers.DeleteAsync)
            .WithSummary("Takes a webhook away: it is told of nothing more, what is pending included")
            .WithResponse(StatusCodes.Status204NoContent, "It is gone.")
            .WithProblem(StatusCodes.Status403Forbidden, ReadOnlyText)
            .WithProblem(StatusCodes.Status404NotFound, NotFoundText)
            .WithProblem(StatusCodes.Status503ServiceUnavailable, UnavailableText);
    }
}
